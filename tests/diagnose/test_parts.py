"""Parts of a result that are exchanged, missing, too many or made of each other are told, as are other shapes."""

from typing import Any

import numpy as np
import pytest

from tests.diagnose.asked import findings, judge_of, only
from tests.diagnose.test_relations import MSE, mean_squared_error, one_table, one_vector


def three(x: Any) -> Any:
    return float(x.min()), float(np.median(x)), float(x.max())


def powers(x: Any) -> Any:
    return x**2, float(np.sum(x**3))


def folds(x: Any) -> Any:
    return [x[i::3] for i in range(3)]


def cubes(x: Any) -> Any:
    return x**3


def classes(scores: Any) -> Any:
    return np.argmax(scores, axis=1)


def order(x: Any) -> Any:
    return np.argsort(x)


def lowest(x: Any) -> int:
    return int(np.argmin(x))


def rises(x: Any) -> bool:
    return bool(np.mean(x) > 0)


def direction(x: Any) -> str:
    return "up" if np.mean(x) > 0 else "down"


THREE = (three, one_vector)
POWERS = (powers, one_vector)
FOLDS = (folds, one_vector)
CUBES = (cubes, one_vector)
DIRECTION = (direction, one_vector)

WRONG: list[tuple[str, Any, Any, str]] = [
    (
        "another order",
        THREE,
        lambda x: (three(x)[1], three(x)[2], three(x)[0]),
        "Your function returns the right values in the wrong order.",
    ),
    (
        "one less",
        THREE,
        lambda x: three(x)[:2],
        "Your function returns 1 fewer than is wanted, at the end.",
    ),
    (
        "the first two missing",
        THREE,
        lambda x: three(x)[2:],
        "Your function returns 2 fewer than is wanted, at the start.",
    ),
    (
        "one more",
        THREE,
        lambda x: (*three(x), 1.0),
        "Your function returns 1 more than is wanted, at the end.",
    ),
    (
        "too much besides",
        MSE,
        lambda y, p: (mean_squared_error(y, p), len(y)),
        "Your function returns several values; only the first of them is wanted.",
    ),
    (
        "a list",
        THREE,
        lambda x: list(three(x)),
        "Your result holds the right values in a list; a tuple is wanted.",
    ),
    (
        "a part of a part",
        POWERS,
        lambda x: (x**2, float(np.sum(x**2))),
        "The second returned value is the sum of the first.",
    ),
    (
        "one part twice",
        POWERS,
        lambda x: (x**2, x**2),
        "The second returned value is the same as the first.",
    ),
    (
        "too few parts",
        FOLDS,
        lambda x: [x[i::2] for i in range(2)],
        "Your result has too few parts: 2 here, 3 are wanted.",
    ),
    (
        "too many parts",
        FOLDS,
        lambda x: [x[i::4] for i in range(4)],
        "Your result has too many parts: 4 here, 3 are wanted.",
    ),
    (
        "another shape",
        CUBES,
        lambda x: np.outer(x, x) ** 2,
        "Your result has shape (n, n); (n,) is wanted.",
    ),
    (
        "the highest scores",
        (classes, one_table),
        lambda scores: scores.max(axis=1),
        "Your result holds values of scores; their positions are wanted.",
    ),
    (
        "sorted values",
        (order, one_vector),
        np.sort,
        "Your result holds values of x; their positions are wanted.",
    ),
    (
        "the lowest value",
        (lowest, one_vector),
        lambda x: float(x.min()),
        "Your result holds values of x; their positions are wanted.",
    ),
    ("ones", CUBES, np.ones_like, "Your result holds nothing but 1."),
    ("always true", (rises, one_vector), lambda x: True, "Your result is always True."),
    ("always the same word", DIRECTION, lambda x: "up", "Your result is always 'up'."),
    (
        "too often the same word",
        DIRECTION,
        lambda x: "up" if np.mean(x) > -0.2 else "down",
        "Wherever your result is wrong, it is up where down is right.",
    ),
    (
        "other words for one",
        DIRECTION,
        lambda x: "up" if np.mean(x) > 0 else "same" if x[0] > 0 else "equal",
        "Wherever your result is wrong, down is right.",
    ),
]


@pytest.mark.parametrize(
    ("right", "wrong", "message"), [pytest.param(*rest, id=name) for name, *rest in WRONG]
)
def test_a_result_of_the_wrong_form_is_told(right: Any, wrong: Any, message: str) -> None:
    assert only(findings(judge_of(*right), wrong)).message == message
