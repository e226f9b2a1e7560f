"""What no rule explains is not explained, and what is right is not found fault with."""

from typing import Any

import numpy as np
import pytest

from grader.domains import Size
from tests.diagnose.asked import findings, judge


def table(rng: np.random.Generator, size: Size) -> tuple[Any, ...]:
    X = rng.normal(size=(size.n, size.d))
    return (np.rint(3 * X) if size.integers else X, float(rng.uniform(1, 2)))


def rows(X: Any, a: Any) -> Any:
    return a * np.sum(X**2, axis=1)


def total(X: Any, a: Any) -> Any:
    return float(a * np.sum(X**2))


def grid(X: Any, a: Any) -> Any:
    return X**2 + a


RIGHT = {function.__name__: judge(function, table, "T1") for function in (rows, total, grid)}
#: What takes the place of the right numbers; each draws from a stream that the input seeds.
NOISE = {
    "normal": lambda rng, shape: rng.normal(size=shape),
    "positive": lambda rng, shape: rng.exponential(size=shape),
    "between 0 and 1": lambda rng, shape: rng.uniform(size=shape),
    "whole": lambda rng, shape: rng.integers(-50, 50, shape).astype(float),
}


@pytest.mark.parametrize("noise", NOISE)
@pytest.mark.parametrize("name", RIGHT)
def test_random_arrays_are_met_with_silence(name: str, noise: str) -> None:
    judged = RIGHT[name]
    for number in range(4):

        def wrong(X: Any, a: Any, number: int = number) -> Any:
            seed = [number, *X.tobytes(), *np.float64(a).tobytes()]
            want = judged.bench.reference(X, a)
            made = NOISE[noise](np.random.default_rng(seed), np.shape(want))
            return made if np.ndim(want) else float(made)

        found = findings(judged, wrong)
        assert not found, found[0].message


@pytest.mark.parametrize(
    "right",
    [
        lambda X, a: (X * X) @ np.full(X.shape[1], a),
        lambda X, a: np.einsum("ij,ij->i", X, X) * a,
        lambda X, a: np.array([a * sum(x * x for x in row) for row in X.tolist()]),
        lambda X, a: a * np.linalg.norm(X, axis=1) ** 2,
    ],
)
def test_another_right_solution_has_no_finding(right: Any) -> None:
    assert not findings(RIGHT["rows"], right)


def test_two_wrong_answers_are_too_few() -> None:
    seen: list[int] = []

    def wrong(X: Any, a: Any) -> Any:
        seen.append(len(seen))
        return -rows(X, a) if len(seen) <= 2 else rows(X, a)

    assert not findings(RIGHT["rows"], wrong)


def test_a_rule_that_holds_of_most_answers_only_is_no_explanation() -> None:
    def wrong(X: Any, a: Any) -> Any:
        return rows(X, a) * (2 if X[0, 0] > -1 else 3.7 + X[0, 0] ** 2)

    assert not findings(RIGHT["rows"], wrong)


def shuffled(n: Any, rng: Any) -> Any:
    return rng.permutation(n) + 0.5


def test_other_random_numbers_are_no_fault() -> None:
    def drawer(rng: np.random.Generator, size: Size) -> tuple[Any, ...]:
        return 3 * size.n, np.random.default_rng(int(rng.integers(1 << 30)))

    judged = judge(shuffled, drawer, None)
    assert not findings(judged, lambda n, rng: np.argsort(rng.random(n)) + 0.5)
    assert not findings(judged, lambda n, rng: shuffled(n, rng)[::-1])
    assert findings(judged, lambda n, rng: 2 * shuffled(n, rng))
