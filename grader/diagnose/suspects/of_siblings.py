"""The result is a simple summary of what another function of the assignment returns."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import permutations
from typing import Any, Final

import numpy as np

from grader.diagnose.bench import Bench
from grader.diagnose.evidence import ordinal
from grader.diagnose.formulas import formula
from grader.diagnose.perform import perform
from grader.diagnose.relation import Words
from grader.diagnose.suspect import Suspect, suspects

_OF_ONE: Final = ("mean(x)", "sum(x)", "median(x)", "max(x)", "min(x)")
_OF_TWO: Final = (
    "trapezoid(y, x)",
    "-trapezoid(y, x)",
    "sum(diff(x) * y[:-1])",
    "sum(diff(x) * y[1:])",
    "-sum(diff(x) * y[:-1])",
    "-sum(diff(x) * y[1:])",
    "sum(y * x)",
)


@suspects(1)
def summaries_of_siblings(bench: Bench) -> Iterator[Suspect]:
    """Sums, means and areas of siblings that take the same arguments and return arrays."""
    args = bench.ordinary(0).args
    if not isinstance(bench.ordinary(0).wanted.value, float):
        return
    for name, sibling in bench.siblings.items():
        result = None if name == bench.function else perform(sibling, args).value
        parts = result if isinstance(result, tuple) else (result,)
        arrays = [i for i, part in enumerate(parts) if isinstance(part, np.ndarray) and part.ndim]
        for i in arrays[:3]:
            for text in _OF_ONE:
                variant = "of-part" if len(parts) > 1 else "of-sibling"
                params = {"formula": text, "sibling": name, "x": ordinal(i)}
                call = partial(_summarised, sibling, formula(text, "x"), (i,))
                yield Suspect(Words(f"statistic.{variant}", params), 16.4, call)
        for i, j in permutations(arrays[:3], 2):
            for text in _OF_TWO:
                params = {"formula": text, "sibling": name, "x": ordinal(j), "y": ordinal(i)}
                call = partial(_summarised, sibling, formula(text, "y", "x"), (i, j))
                yield Suspect(Words("statistic.of-parts", params), 16.2, call)


@np.errstate(all="ignore")
def _summarised(
    sibling: Callable[..., Any], summary: Callable[..., Any], places: tuple[int, ...], *args: Any
) -> float:
    result = sibling(*args)
    parts = result if isinstance(result, tuple) else (result,)
    return float(summary(*(parts[i] for i in places)))
