"""Each finding comes with a small call that anybody may see, and that shows the same fault."""

from typing import Any

import numpy as np
import pytest

from grader.diagnose.paste import Unwritable, written
from grader.domains import Size
from tests.diagnose.asked import findings, judge, only


def mean_of_rows(X: Any, a: Any) -> Any:
    return a * np.asarray(X, dtype=float).mean(axis=1)


def table(rng: np.random.Generator, size: Size) -> tuple[Any, ...]:
    if size.integers:
        return rng.integers(-3, 4, (size.n, size.d)).astype(float), 2.0
    return rng.normal(size=(size.n, size.d)), float(rng.uniform(1, 3))


def sum_of_rows(X: Any, a: Any) -> Any:
    return a * np.asarray(X, dtype=float).sum(axis=1)


def test_the_example_is_small_and_of_whole_numbers() -> None:
    example = only(findings(judge(mean_of_rows, table), sum_of_rows)).params["example"]
    X, a = eval(example["call"].removeprefix("mean_of_rows"))  # what we wrote is pasted
    assert np.shape(X) == (1, 2)
    assert all(isinstance(number, int) for number in (*X[0], a))


def test_the_example_can_be_pasted_and_is_true() -> None:
    example = only(findings(judge(mean_of_rows, table), sum_of_rows)).params["example"]
    names = {"np": np, "nan": np.nan, "inf": np.inf}
    for function, text in ((sum_of_rows, example["got"]), (mean_of_rows, example["expected"])):
        result = eval(example["call"], {**names, "mean_of_rows": function})  # as above
        np.testing.assert_allclose(result, eval(text, dict(names)), rtol=1e-5)


def test_results_are_written_with_as_many_digits_as_tell_them_apart() -> None:
    def off(X: Any, a: Any) -> Any:
        return mean_of_rows(X, a) + 1e-8

    example = only(findings(judge(mean_of_rows, table), off)).params["example"]
    assert example["got"] != example["expected"]


def test_what_cannot_be_written_has_no_example() -> None:
    def applied(f: Any, x: Any) -> Any:
        return np.array([f(value) for value in x])

    def drawer(rng: np.random.Generator, size: Size) -> tuple[Any, ...]:
        return np.sin, rng.normal(size=size.n)

    found = only(findings(judge(applied, drawer), lambda f, x: -applied(f, x)))
    assert found.params["text"] == "sign"
    assert "example" not in found.params


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (np.array([[1.0, 2.5]]), "[[1, 2.5]]"),
        (np.array([1, 2], dtype=np.uint8), "np.array([1, 2], dtype=np.uint8)"),
        (np.zeros((0, 3)), "np.zeros((0, 3))"),
        ((np.float64(2), True, None, "a"), "(2, True, None, 'a')"),
        (float("nan"), "nan"),
        ({"b": [1.5]}, "{'b': [1.5]}"),
    ],
)
def test_values_are_written_as_a_person_would(value: Any, text: str) -> None:
    assert written(value) == text


def test_a_long_array_is_not_written() -> None:
    with pytest.raises(Unwritable):
        written(np.zeros(1000))
