"""A domain whose arguments nothing can be tried on is told, as is a reference that does not answer for them."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.authoring.inputs import check_inputs, ratio
from grader.domains import Domain, Size

Draw = Callable[[np.random.Generator, Size], tuple[Any, ...]]
DRAWN = np.random.default_rng(1)


def total(v: Any) -> Any:
    return np.sum(v)


def vector(rng: np.random.Generator, size: Size) -> tuple[Any, ...]:
    return (rng.normal(size=size.n),)


def of_every_sort(rng: np.random.Generator, size: Size) -> tuple[Any, ...]:
    more = {"name": "a", "parts": [1, 2.5, None]}
    return rng.normal(size=size.n), rng.integers(5), rng, more, np.array(["a"])


def refusing_whole_numbers(v: Any) -> Any:
    if v.size == 2:
        raise ValueError("too few")
    return v.sum()


def problems(drawer: Draw, function: Callable[..., Any], tolerance: str | None = "T0") -> list[str]:
    return check_inputs(Domain("total", drawer, tolerance), function)


@pytest.mark.parametrize(
    ("drawer", "function"),
    [(vector, total), (of_every_sort, lambda v, *others: total(v))],
    ids=["a vector", "everything"],
)
def test_a_domain_that_a_generator_determines_has_no_problem(
    drawer: Draw, function: Callable[..., Any]
) -> None:
    assert problems(drawer, function) == []


def numbered(rng: np.random.Generator, size: Size) -> tuple[Any, ...]:
    return (DRAWN.normal(size=size.n),)


def of_varying_length(rng: np.random.Generator, size: Size) -> tuple[Any, ...]:
    return (rng.normal(size=size.n), *[1.0] * int(DRAWN.integers(1, 1000)))


def of_varying_type(rng: np.random.Generator, size: Size) -> tuple[Any, ...]:
    return rng.normal(size=size.n), 1.0 if next(TURN) else "one"


def otherwise_advanced(rng: np.random.Generator, size: Size) -> tuple[Any, ...]:
    return rng.normal(size=size.n), np.random.default_rng(int(DRAWN.integers(10**9)))


TURN = iter([*[True, False] * 50])


@pytest.mark.parametrize(
    "drawer", [numbered, of_varying_length, of_varying_type, otherwise_advanced]
)
def test_arguments_that_an_equal_generator_does_not_repeat_are_told(drawer: Draw) -> None:
    said = "the domain of total draws other arguments from an equal generator"
    assert problems(drawer, lambda v, *others: total(v))[0] == said


def test_a_domain_that_cannot_draw_is_told_with_its_error() -> None:
    found = problems(lambda rng, size: (rng.normal(size=size.n // 0),), total)
    told = "the domain of total cannot draw its arguments: ZeroDivisionError: "
    assert found[0].startswith(told)


def test_a_domain_that_returns_its_only_argument_bare_is_told_what_to_write() -> None:
    def bare(rng: np.random.Generator, size: Size) -> Any:
        return rng.normal(size=size.n)

    (problem, _) = problems(bare, total)
    assert "must return a tuple" in problem
    assert "`return (x,)`; it returned ndarray" in problem


def test_arguments_that_the_reference_refuses_are_told() -> None:
    assert problems(vector, refusing_whole_numbers) == [
        "the reference refuses small whole-numbered arguments of total: ValueError: too few"
    ]


def test_a_reference_that_changes_its_arguments_is_told() -> None:
    found = problems(vector, lambda v: v.sort())
    assert set(found) == {"the reference changes its arguments in total"}


def test_a_reference_that_answers_differently_is_told_unless_its_results_are_random() -> None:
    def noisy(v: Any) -> Any:
        return total(v) + DRAWN.normal()

    said = "the reference of total gives two results for equal arguments"
    assert set(problems(vector, noisy)) == {said}
    assert problems(vector, noisy, tolerance=None) == []


def test_a_domain_that_ignores_its_generator_is_told() -> None:
    assert problems(lambda rng, size: (np.ones(size.n),), total) == [
        "the domain of total draws the same arguments whatever the generator"
    ]


def test_a_domain_that_draws_from_the_global_generator_is_told() -> None:
    def drawer(rng: np.random.Generator, size: Size) -> tuple[Any, ...]:
        np.random.random()  # noqa: NPY002  # what must not be
        return vector(rng, size)

    said = "the domain of total draws from numpy's global generator"
    assert problems(drawer, total) == [said]


@pytest.mark.parametrize(
    ("actual", "expected", "apart"),
    [
        (1.0, 1.0, 0.0),
        (np.array([1.0, np.nan]), np.array([1.0, np.nan]), 0.0),
        ([1.0, "a"], [1.0, "b"], 0.0),
        ([1.0], [1.0, 2.0], None),
        (np.zeros(2), np.zeros(3), None),
        (1.0, 1j, None),
        (1.0, np.inf, None),
    ],
)
def test_only_what_can_be_compared_lies_so_many_tolerances_apart(
    actual: Any, expected: Any, apart: float | None
) -> None:
    assert ratio(actual, expected, "T0") == apart
