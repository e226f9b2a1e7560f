"""A fault that some inputs or some parts of a result show is told with what these have in common."""

from typing import Any

import numpy as np
import pytest

from grader.domains import Size
from tests.diagnose.asked import findings, judge, judge_of, mistake_of, only
from tests.diagnose.test_relations import one_vector


def blended(x: Any) -> Any:
    return x / 2 + np.sum(x) / 3


def floats_or_integers(rng: np.random.Generator, size: Size) -> tuple[Any, ...]:
    x = rng.normal(size=size.n)
    return (np.rint(3 * x).astype(int) if rng.random() < 0.5 else x,)


def weighted(x: Any, w: Any = None) -> float:
    return float(np.sum(x**2 if w is None else w * x**2))


def with_or_without_weights(rng: np.random.Generator, size: Size) -> tuple[Any, ...]:
    x = rng.normal(size=size.n)
    return (x,) if rng.random() < 0.5 else (x, rng.uniform(size=size.n))


def summary(x: Any) -> Any:
    return {"mean": float(np.mean(x)), "largest": float(np.max(x))}


def positive(x: Any) -> Any:
    return x[x > 0]


BLENDED = (blended, floats_or_integers)

FAULTS: list[tuple[str, Any, Any, str]] = [
    (
        "integers",
        BLENDED,
        lambda x: -blended(x) if x.dtype.kind == "i" else blended(x),
        "Where x holds integers, your result has the wrong sign.",
    ),
    (
        "floats",
        BLENDED,
        lambda x: -blended(x) if x.dtype.kind == "f" else blended(x),
        "Where x holds floats, your result has the wrong sign.",
    ),
    (
        "without an argument",
        (weighted, with_or_without_weights),
        lambda x, w=None: weighted(x, w) * (2 if w is None else 1),
        "Without w, your result is twice the right one.",
    ),
    (
        "a named part",
        (summary, one_vector),
        lambda x: {**summary(x), "mean": -float(np.mean(x))},
        "The part mean has the wrong sign.",
    ),
    (
        "some of the entries",
        (positive, one_vector),
        lambda x: positive(x)[::2],
        "Your result only holds some of the entries that are wanted.",
    ),
    (
        "above a bound",
        (blended, one_vector),
        lambda x: np.minimum(blended(x), 0.4),
        "Your result never exceeds 0.4; the right one does.",
    ),
    (
        "by very little",
        (blended, one_vector),
        lambda x: blended(x) * (1 + 1e-7 * np.sin(x)),
        "Your result is nearly right, but the error is larger than rounding explains.",
    ),
]


@pytest.mark.parametrize(
    ("right", "wrong", "message"), [pytest.param(*rest, id=name) for name, *rest in FAULTS]
)
def test_a_fault_is_told_where_it_shows(right: Any, wrong: Any, message: str) -> None:
    assert only(findings(judge_of(*right), wrong)).message == message


def ordered(x: Any) -> Any:
    return np.sort(x)


def sorting(x: Any) -> Any:
    x.sort()
    return -x


def test_a_listed_mistake_that_spoils_its_argument_is_known_by_that_and_its_result() -> None:
    judged = judge(ordered, one_vector, mistakes=[mistake_of(sorting, "M3", "ordered")])

    def wrong(x: Any) -> Any:
        x[:] = np.sort(x)
        return 0 - x

    found = only(findings(judged, wrong))
    assert (found.kind, found.params["mistake"]) == ("known-mistake", "M3")
