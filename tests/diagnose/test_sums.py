"""What a result adds up or multiplies otherwise than it should is told by the names of the arguments."""

from typing import Any

import numpy as np
import pytest

from grader.domains import Size
from tests.diagnose.asked import findings, judge_of, only


def step(w: Any, g: Any, rate: Any) -> Any:
    return w - rate * g


def two_vectors_and_a_rate(rng: np.random.Generator, size: Size) -> tuple[Any, ...]:
    return rng.normal(size=size.n), rng.normal(size=size.n), float(rng.uniform(0.1, 0.9))


def momentum(w: Any, g: Any, v: Any, rate: Any, beta: Any) -> Any:
    v = beta * v + g
    return w - rate * v, v


def three_vectors_and_two_rates(rng: np.random.Generator, size: Size) -> tuple[Any, ...]:
    return (
        *rng.normal(size=(3, size.n)),
        float(rng.uniform(0.1, 0.4)),
        float(rng.uniform(0.6, 0.9)),
    )


def cubed(p: Any, y: Any) -> Any:
    return p**3 * y + 1


def shares_and_values(rng: np.random.Generator, size: Size) -> tuple[Any, ...]:
    return rng.uniform(0.1, 0.9, size=size.n), rng.normal(size=size.n)


def wave(x: Any, a: Any, b: Any) -> Any:
    return np.sin(x * a) + b


def vector_and_two_numbers(rng: np.random.Generator, size: Size) -> tuple[Any, ...]:
    return rng.normal(size=size.n), float(rng.uniform(1, 2)), float(rng.uniform(3, 4))


def distance(fpr: Any, y: Any) -> float:
    return float(np.mean(y) ** 2 + fpr**3)


def rate_and_vector(rng: np.random.Generator, size: Size) -> tuple[Any, ...]:
    return float(rng.uniform(0.1, 0.9)), rng.normal(size=size.n)


STEP = (step, two_vectors_and_a_rate)
MOMENTUM = (momentum, three_vectors_and_two_rates)
CUBED = (cubed, shares_and_values)
WAVE = (wave, vector_and_two_numbers)
DISTANCE = (distance, rate_and_vector)


def with_momentum(a: Any, b: Any) -> Any:
    """The right first value for v = a(beta) * v + b(beta) * g, and that v."""

    def wrong(w: Any, g: Any, v: Any, rate: Any, beta: Any) -> Any:
        v = a(beta) * v + b(beta) * g
        return w - rate * v, v

    return wrong


WRONG: list[tuple[str, Any, Any, str]] = [
    (
        "no rate",
        STEP,
        lambda w, g, rate: w - g,
        "In your result, g counts 1 / rate times what it should.",
    ),
    (
        "up the slope",
        STEP,
        lambda w, g, rate: w + rate * g,
        "In your result, g enters with the wrong sign.",
    ),
    (
        "the step alone",
        STEP,
        lambda w, g, rate: -rate * g,
        "In your result, w does not count at all.",
    ),
    (
        "an average",
        MOMENTUM,
        with_momentum(lambda beta: beta, lambda beta: 1 - beta),
        "In the first returned value, g counts (1 - beta) times what it should.",
    ),
    (
        "nothing remembered",
        MOMENTUM,
        with_momentum(lambda beta: 0, lambda beta: 1),
        "In the first returned value, v does not count at all.",
    ),
    (
        "one too many",
        MOMENTUM,
        lambda w, g, v, rate, beta: (w - rate * (beta * v + g), beta * v + g + w),
        "In the second returned value, w enters the sum, where it should not.",
    ),
    (
        "a factor at each place",
        CUBED,
        lambda p, y: p * (1 - p) * cubed(p, y),
        "Your result is the right one times p * (1 - p), entry by entry.",
    ),
    ("a multiple of an argument", WAVE, lambda x, a, b: x * a, "Your result is a * x."),
    ("a shifted argument", WAVE, lambda x, a, b: x + b, "Your result is x + b."),
    ("a constant multiple", WAVE, lambda x, a, b: -2.7 * x, "Your result is -2.7 * x."),
    ("a number of the call", DISTANCE, lambda fpr, y: 1 - fpr, "Your result is (1 - fpr)."),
]


@pytest.mark.parametrize(
    ("right", "wrong", "message"), [pytest.param(*rest, id=name) for name, *rest in WRONG]
)
def test_a_wrong_sum_or_product_is_told_by_its_terms(right: Any, wrong: Any, message: str) -> None:
    assert only(findings(judge_of(*right), wrong)).message == message


def test_a_multiple_of_a_rate_is_not_called_too_large() -> None:
    found = only(findings(judge_of(*DISTANCE), lambda fpr, y: fpr * distance(fpr, y)))
    assert found.message.startswith("Your result is the right one times fpr (fpr = 0.")


def test_a_result_divided_by_a_rate_is_not_called_too_small() -> None:
    found = only(findings(judge_of(*DISTANCE), lambda fpr, y: distance(fpr, y) / fpr))
    assert found.message.startswith("Your result is the right one times 1 / fpr (fpr = 0.")


def test_the_example_keeps_a_number_that_matters_from_becoming_zero() -> None:
    found = only(findings(judge_of(*DISTANCE), lambda fpr, y: fpr * distance(fpr, y)))
    assert "distance(0.0," not in found.params["example"]["call"]
