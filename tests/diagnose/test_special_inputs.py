"""What goes wrong on special inputs alone is told with what is special about them."""

from typing import Any

import numpy as np
import pytest

from grader.diagnose.judge import Judge
from grader.domains import Size
from tests.diagnose.asked import findings, judge, judge_of, only, told_of
from tests.diagnose.test_relations import one_vector


def average(x: Any) -> float:
    return float(np.mean(x))


def rises(x: Any) -> bool:
    return bool(np.mean(x) > 0)


def ordered(x: Any) -> Any:
    return np.sort(x)


def log_sum_exp(x: Any) -> float:
    largest = np.max(x)
    return float(largest + np.log(np.sum(np.exp(x - largest))))


def softmax(x: Any) -> Any:
    powers = np.exp(x - np.max(x))
    return powers / powers.sum()


def quotient(a: Any, b: Any) -> Any:
    if b == 0:
        raise ValueError("b must not be 0")
    return a / b


def quietly_refused(a: Any, b: Any) -> Any:
    if b == 0:
        raise ValueError("a bad value")
    return a / b


def two_numbers(rng: np.random.Generator, size: Size) -> tuple[Any, ...]:
    return float(rng.uniform(1, 2)), float(rng.uniform(1, 2))


def dividing(a: Any, b: Any) -> Any:
    return float(np.float64(a) / b)


def sorting(x: Any) -> Any:
    x.sort()
    return x.copy()


AVERAGE = judge_of(average, one_vector)
RISES = judge_of(rises, one_vector)
ORDERED = judge_of(ordered, one_vector)
LARGE = np.array([1000.0, 999.0])


def read_only(*values: float) -> Any:
    made = np.array(values)
    made.flags.writeable = False
    return made


CASES: list[tuple[str, Judge, Any, tuple[Any, ...], str]] = [
    (
        "numpy's own truth value",
        RISES,
        lambda x: np.mean(x) > 0,
        (np.ones(2),),
        "The values are right, but your result is np.bool; bool is wanted.",
    ),
    (
        "another error",
        judge_of(quotient, two_numbers),
        lambda a, b: a / b,
        (1.0, 0.0),
        "your function ends with ZeroDivisionError: float division by zero",
    ),
    (
        "no error",
        judge_of(quotient, two_numbers),
        dividing,
        (1.0, 0.0),
        "When b is 0, ValueError with a message that names 'b' should be raised",
    ),
    (
        "no error where the message names nothing",
        judge_of(quietly_refused, two_numbers),
        dividing,
        (1.0, 0.0),
        "When b is 0, ValueError should be raised; your function returns a result.",
    ),
    (
        "an infinite number",
        judge_of(log_sum_exp, one_vector),
        lambda x: float(np.log(np.sum(np.exp(x)))),
        (LARGE,),
        "When x holds numbers around 1000, your result is inf, the right one is ",
    ),
    (
        "NaN in an array",
        judge_of(softmax, one_vector),
        lambda x: np.exp(x) / np.exp(x).sum(),
        (LARGE,),
        "your result holds NaN, the right one is finite. A step in between overflows.",
    ),
    (
        "an array that must not be written to",
        ORDERED,
        sorting,
        (read_only(3.0, 1.0, 2.0),),
        "Your function changes x, which belongs to the caller.",
    ),
    (
        "a wrong value",
        AVERAGE,
        lambda x: average(x) if len(set(x)) > 1 else 0.0,
        (np.full(3, 2.0),),
        "When all entries of x are equal, your result is not right.",
    ),
]


@pytest.mark.parametrize(
    ("judged", "wrong", "args", "message"), [pytest.param(*rest, id=name) for name, *rest in CASES]
)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_a_special_input_is_named(
    judged: Judge, wrong: Any, args: tuple[Any, ...], message: str
) -> None:
    assert message in only(told_of(judged, wrong, *args)).message


def test_none_on_some_inputs_is_told() -> None:
    found = only(findings(AVERAGE, lambda x: None if x[0] > 0 else average(x)))
    assert found.message == "On some inputs your function returns None."


def test_a_generator_from_which_nothing_is_drawn_is_told_even_where_the_numbers_are_free() -> None:
    def noise(rng: Any, n: Any) -> Any:
        return rng.normal(size=n)

    def drawer(rng: np.random.Generator, size: Size) -> tuple[Any, ...]:
        return np.random.default_rng(int(rng.integers(1000))), size.n

    def wrong(rng: Any, n: Any) -> Any:
        return np.random.default_rng(0).normal(size=n)

    found = only(told_of(judge(noise, drawer, tolerance=None), wrong, np.random.default_rng(3), 3))
    assert found.message == "Your function draws nothing from rng."
