"""The result is another rate that can be counted in two vectors of labels: specificity for recall, and the like."""

from collections.abc import Iterator
from functools import partial
from itertools import combinations
from typing import Any, Final

import numpy as np

from grader.diagnose.bench import Bench
from grader.diagnose.formulas import compute
from grader.diagnose.relation import Words
from grader.diagnose.sentences import inner
from grader.diagnose.suspect import Suspect, suspects

#: True class, predicted class.
_CELLS: Final = {"TN": (0, 0), "FP": (0, 1), "FN": (1, 0), "TP": (1, 1)}
#: Those that have a name.
_NAMED: Final = {
    "TP / (FN + TP)": "recall",
    "TP / (FP + TP)": "precision",
    "TN / (TN + FP)": "specificity",
    "FP / (TN + FP)": "false-positive-rate",
    "FN / (FN + TP)": "miss-rate",
    "FP / (FP + TP)": "false-discovery-rate",
    "FN / (TN + FN)": "false-omission-rate",
    "TN / (TN + FN)": "negative-predictive-value",
    "(TN + TP) / n": "accuracy",
    "(FP + FN) / n": "error-rate",
}
#: What is made of several: p and r are precision and recall, p0 and r0 those of the other class.
_MADE: Final = (
    "(p + r) / 2",
    "(p + beta**2 * r) / (1 + beta**2)",
    "sqrt(p * r)",
    "p * r",
    "minimum(p, r)",
    "maximum(p, r)",
    "(r + r0) / 2",
    "r + r0 - 1",
    "2 * p * r / (p + r)",
    "(1 + beta) * p * r / (beta * p + r)",
    "(1 + beta**2) * p * r / (p + beta**2 * r)",
    "(1 + beta**2) * p0 * r0 / (beta**2 * p0 + r0)",
    "((1 + beta**2) * p * r / (beta**2 * p + r) + (1 + beta**2) * p0 * r0 / (beta**2 * p0 + r0)) / 2",
    "(p + p0) / 2",
)


@suspects(1)
def other_rates(bench: Bench) -> Iterator[Suspect]:
    """For functions of two vectors of labels 0 and 1 that return a number."""
    case = bench.ordinary(0)
    vectors = [value for value in case.args[:2] if isinstance(value, np.ndarray)]
    if len(vectors) != 2 or not isinstance(case.wanted.value, float):
        return
    if any(not np.isin(vector, (0, 1)).all() or vector.ndim != 1 for vector in vectors):
        return
    for text in _rates():
        params = {"formula": text}
        if text in _NAMED:
            words = Words("other-rate.named", {**params, "name": inner(f"rate-{_NAMED[text]}")})
            yield Suspect(words, 11.2, partial(_rate, text))
        else:
            yield Suspect(Words("other-rate", params), 14.5, partial(_rate, text))
    for text in _MADE:
        yield Suspect(Words("other-rate.made", {"formula": text}), 12.5, partial(_rate, text))


def _rates() -> Iterator[str]:
    """All quotients of sums of cells, and the sums themselves."""
    sums = [
        "n" if size == 4 else names[0] if size == 1 else f"({' + '.join(names)})"
        for size in (1, 2, 3, 4)
        for names in combinations(_CELLS, size)
    ]
    yield from (f"{above} / {below}" for above in sums[:-1] for below in sums if above != below)
    yield from sums


def _rate(text: str, *args: Any) -> float:
    one, other = np.asarray(args[0]), np.asarray(args[1])
    names: dict[str, float] = {
        name: int(np.count_nonzero((one == a) & (other == b))) for name, (a, b) in _CELLS.items()
    }
    tn, fp, fn, tp = names.values()
    beta = args[2] if len(args) > 2 else 1.0
    if "p" in text or "r" in text:
        names |= {
            "p": tp / (tp + fp),
            "r": tp / (tp + fn),
            "p0": tn / (tn + fn),
            "r0": tn / (tn + fp),
        }
    return float(compute(text, {**names, "n": len(one), "beta": beta}))
