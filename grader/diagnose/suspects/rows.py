"""The result is right for other examples: without the first or last one, or for all pairs of them."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

import numpy as np

from grader.diagnose.bench import Bench
from grader.diagnose.formulas import formula
from grader.diagnose.relation import Words
from grader.diagnose.suspect import Suspect, suspects

#: What may have been made of the examples x of every argument.
_ROWS: Final = {
    "without-last": "x[:-1]",
    "without-first": "x[1:]",
    "first": "x[:1]",
    "last": "x[-1:]",
    "every-second": "x[::2]",
}


@suspects(1)
def other_examples(bench: Bench) -> Iterator[Suspect]:
    """Fewer examples, and all pairs of two vectors."""
    for which, text in _ROWS.items():
        call = partial(_with_rows, bench.reference, formula(text, "x"))
        yield Suspect(Words(f"other-examples.{which}"), 15.0, call)
    for scaled in (False, True):
        call = partial(_with_pairs, bench.reference, scaled)
        yield Suspect(Words("all-pairs"), 13.0 + scaled, call)


def _vectors(args: tuple[Any, ...]) -> list[int]:
    """The positions of the arguments that hold one entry, or row, per example."""
    arrays = [i for i, value in enumerate(args) if isinstance(value, np.ndarray) and value.ndim]
    if not arrays:
        raise TypeError
    return [i for i in arrays if len(args[i]) == len(args[arrays[0]])]


def _with_rows(function: Callable[..., Any], change: Callable[[Any], Any], *args: Any) -> Any:
    moved = list(args)
    for i in _vectors(args):
        moved[i] = change(args[i])
    return function(*moved)


def _with_pairs(function: Callable[..., Any], scaled: bool, *args: Any) -> Any:
    vectors = _vectors(args)
    if len(vectors) != 2 or any(args[i].ndim != 1 for i in vectors):
        raise TypeError
    n = len(args[vectors[0]])
    moved = list(args)
    moved[vectors[0]] = np.repeat(args[vectors[0]], n)
    moved[vectors[1]] = np.tile(args[vectors[1]], n)
    result = function(*moved)
    return result / n if scaled else result
