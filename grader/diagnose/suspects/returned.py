"""The result is an argument, or a simple statistic of one or of the difference of two."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import combinations
from typing import Any, Final

import numpy as np

from grader.diagnose.bench import Bench
from grader.diagnose.formulas import formula, renamed
from grader.diagnose.relation import Words
from grader.diagnose.suspect import Suspect, suspects

#: Of an array x; an axis may stand in the place of `{}`.
_STATISTICS: Final = (
    "sum(x{})",
    "mean(x{})",
    "1 - mean(x{})",
    "median(x{})",
    "max(x{})",
    "min(x{})",
    "std(x{})",
    "var(x{})",
    "argmax(x{})",
    "argmin(x{})",
    "norm(x{})",
    "sum(abs(x){})",
    "mean(abs(x){})",
    "median(abs(x){})",
    "max(abs(x){})",
    "abs(mean(x{}))",
    "abs(sum(x{}))",
    "sum(x**2{})",
    "mean(x**2{})",
    "median(x**2{})",
    "sqrt(mean(x**2{}))",
    "mean(x{})**2",
    "sum(x{})**2",
)
_COUNTS: Final = ("size(x)", "count_nonzero(x)")


@suspects(1)
def an_argument(bench: Bench) -> Iterator[Suspect]:
    """Each argument."""
    for index, parameter in enumerate(bench.parameters[:8]):
        words = Words("returns-argument", {"argument": parameter.name})
        yield Suspect(words, 9.0, partial(_pick, index))


def _pick(index: int, *args: Any) -> Any:
    return args[index]


@suspects(1)
def simple_statistics(bench: Bench) -> Iterator[Suspect]:
    """Statistics of each array among the arguments, along each axis of tables, and of differences."""
    args = bench.ordinary(0).args
    arrays = [i for i, value in enumerate(args) if isinstance(value, np.ndarray) and value.ndim]
    names = [parameter.name for parameter in bench.parameters]
    for text in (*_STATISTICS, *_COUNTS):
        for i in arrays[:4]:
            axes = ("", ", axis=0", ", axis=1") if args[i].ndim == 2 and "{}" in text else ("",)
            for each in (text.format(axis) for axis in axes):
                words = Words("statistic.of", {"formula": renamed(each, "x", names[i])})
                yield Suspect(words, 16.0, partial(_of_one, formula(each, "x"), i))
        for i, j in combinations(arrays[:4], 2):
            if args[i].shape == args[j].shape:
                each = text.format("")
                said = renamed(each, "x", f"{names[i]} - {names[j]}")
                words = Words("statistic.of", {"formula": said})
                yield Suspect(words, 15.5, partial(_of_difference, formula(each, "x"), i, j))


def _of_one(statistic: Callable[..., Any], i: int, *args: Any) -> Any:
    return statistic(np.asarray(args[i], dtype=float))


def _of_difference(statistic: Callable[..., Any], i: int, j: int, *args: Any) -> Any:
    return statistic(np.asarray(args[i], dtype=float) - np.asarray(args[j], dtype=float))
