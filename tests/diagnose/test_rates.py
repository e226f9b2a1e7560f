"""A rate of another kind, and a summary of what another function returns, are told by their formulas."""

from typing import Any

import numpy as np
import pytest

from grader.domains import Size
from tests.diagnose.asked import findings, judge, judge_of, only


def recall(y: Any, p: Any) -> float:
    return float(np.sum((y == 1) & (p == 1)) / np.sum(y == 1))


def precision(y: Any, p: Any) -> float:
    return recall(p, y)


def labels(rng: np.random.Generator, size: Size) -> tuple[Any, ...]:
    y, p = rng.integers(0, 2, (2, 3 * size.n))
    y[:4], p[:4] = (0, 0, 1, 1), (0, 1, 0, 1)
    return y, p


@pytest.mark.parametrize(
    ("wrong", "text", "formula"),
    [
        (lambda y, p: float(np.mean(y == p)), "other-rate.named", "(TN + TP) / n"),
        (lambda y, p: recall(1 - y, p), "other-rate.named", "FP / (TN + FP)"),
        (lambda y, p: (precision(y, p) + recall(y, p)) / 2, "other-rate.made", "(p + r) / 2"),
        (
            lambda y, p: float(np.sum((y == 1) & (p == 1)) / np.sum(p == 0)),
            "other-rate",
            "TP / (TN + FN)",
        ),
    ],
    ids=["accuracy", "false positives", "a mean of two", "one without a name"],
)
def test_another_rate_is_told_by_what_it_counts(wrong: Any, text: str, formula: str) -> None:
    found = only(findings(judge_of(recall, labels), wrong))
    assert (found.params["text"], found.params["formula"]) == (text, formula)


def curve(x: Any, y: Any) -> Any:
    return np.cumsum(np.abs(x)), y**2


def powers(x: Any, y: Any) -> Any:
    return np.abs(x) ** 3 + y


def area(x: Any, y: Any) -> float:
    along, up = curve(x, y)
    return float(np.sum(np.diff(along) * (up[1:] + up[:-1]) / 2) + np.max(x))


def vectors(rng: np.random.Generator, size: Size) -> tuple[Any, ...]:
    return rng.normal(size=size.n), rng.normal(size=size.n)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (
            lambda x, y: float(np.sum(np.diff(curve(x, y)[0]) * curve(x, y)[1][1:])),
            "sum(diff(x) * y[1:])",
        ),
        (lambda x, y: float(np.median(curve(x, y)[0])), "median(x)"),
        (lambda x, y: float(np.max(powers(x, y))), "max(x)"),
    ],
    ids=["of two parts", "of one part", "of a whole"],
)
def test_a_summary_of_a_sibling_is_told_by_its_formula(wrong: Any, message: str) -> None:
    judged = judge(area, vectors, siblings={"curve": curve, "powers": powers, "area": area})
    found = only(findings(judged, wrong))
    assert found.params["formula"] == message


def test_the_result_of_another_function_of_the_assignment_is_told_by_its_name() -> None:
    judged = judge(curve, vectors, siblings={"curve": curve, "powers": powers})
    found = only(findings(judged, powers))
    assert (found.params["text"], found.params["sibling"]) == ("sibling", "powers")
