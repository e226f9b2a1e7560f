"""The result is right for an argument that was changed before: negated, sorted, one step less, the default instead."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

import numpy as np

from grader.diagnose.bench import Bench
from grader.diagnose.formulas import formula, renamed
from grader.diagnose.relation import Words
from grader.diagnose.suspect import Suspect, suspects

#: What may have happened to an array of floats x.
_ARRAYS: Final = (
    "-x",
    "1 - x",
    "2 * x",
    "x / 2",
    "1 / x",
    "abs(x)",
    "maximum(x, 0)",
    "x**2",
    "sqrt(x)",
    "log(x)",
    "exp(x)",
    "sigmoid(x)",
    "softmax(x)",
    "tanh(x)",
    "rint(x)",
    "trunc(x)",
    "where(x >= 0.5, 1.0, 0.0)",
    "where(x >= 0, 1.0, 0.0)",
    "2 * x - 1",
    "deg2rad(x)",
    "pi * x",
    "clip(x, 0, 1)",
    "round(x, 8)",
    "cumsum(x, axis=0)",
    "sort(x, axis=0)",
    "x[::-1]",
    "roll(x, 1, axis=0)",
    "roll(x, -1, axis=0)",
    "x - mean(x, axis=0)",
    "x / norm(x)",
    "x / sum(x)",
    "x / max(x)",
    "x / std(x, axis=0)",
    "(x - mean(x, axis=0)) / std(x, axis=0)",
    'x.astype("float32").astype(float64)',
)
#: To an array of labels or whole numbers.
_LABELS: Final = (
    "1 - x",
    "2 * x - 1",
    "x - 1",
    "x + 1",
    "mod(x, 256)",
    "sort(x)",
    "x[::-1]",
    "minimum(x, 1)",
)
#: To a matrix.
_TABLES: Final = ("x.T", "x[:, ::-1]", "x - mean(x, axis=1, keepdims=True)")
#: To a number, and to a whole number.
_NUMBERS: Final = ("-x", "x**2", "sqrt(x)", "1 / x", "1 - x", "2 * x", "x / 2", "exp(x)", "log(x)")
_COUNTS: Final = ("x - 1", "x + 1", "2 * x", "x // 2")

Change = Callable[[Any], Any]


@suspects(1)
def changed_arguments(bench: Bench) -> Iterator[Suspect]:
    """Every change of every argument that makes sense for what the domain draws."""
    samples = [bench.ordinary(number).args for number in range(4)]
    for index, parameter in enumerate(bench.parameters[:8]):
        values = [args[index] for args in samples if len(args) > index]
        if not values:
            continue
        for text in _changes(values[0]):
            yield Suspect(
                Words(
                    "changed-argument.sign" if text == "-x" else "changed-argument",
                    {"argument": parameter.name, "as_if": renamed(text, "x", parameter.name)},
                ),
                13.9 if text == "round(x, 8)" else 14.0,
                partial(_with, bench.reference, index, formula(text, "x")),
            )
        default = parameter.default
        if default not in (parameter.empty, None):
            yield _instead(bench, index, default, 13.0)
        for value in _values(values):
            if isinstance(value, str) or value != default:
                yield _instead(bench, index, value, 14.0)


@suspects(1)
def constant_arguments(bench: Bench) -> Iterator[Suspect]:
    """Arrays of which only the shape is used."""
    for index, (parameter, value) in enumerate(
        zip(bench.parameters[:8], bench.ordinary(0).args, strict=False)
    ):
        if isinstance(value, np.ndarray) and value.ndim:
            for text in ("zeros_like(x)", "ones_like(x)"):
                params = {"argument": parameter.name, "as_if": renamed(text, "x", parameter.name)}
                call = partial(_with, bench.reference, index, formula(text, "x"))
                yield Suspect(Words("ignored-argument", params), 14.0, call)


def _instead(bench: Bench, index: int, value: Any, rank: float) -> Suspect:
    """One value, whatever is passed."""
    return Suspect(
        Words(
            "ignored-argument",
            {"argument": bench.parameters[index].name, "as_if": repr(value)},
        ),
        rank,
        partial(_with, bench.reference, index, partial(_value, value)),
    )


def _changes(first: Any) -> Iterator[str]:
    """The formulas that make sense for such an argument."""
    if isinstance(first, np.ndarray) and first.ndim:
        if first.dtype.kind == "f":
            yield from _ARRAYS
        elif first.dtype.kind in "iub":
            yield from _LABELS
        if first.ndim == 2:
            yield from _TABLES
    elif isinstance(first, bool):
        yield "not x"
    elif isinstance(first, int):
        yield from _COUNTS
    elif isinstance(first, float):
        yield from _NUMBERS
    elif isinstance(first, (list, tuple)) and len(first) > 1:
        yield from ("x[::-1]", "x[:-1]", "x[1:]")


def _values(values: list[Any]) -> Iterator[Any]:
    """What may have been put in place of such arguments."""
    first = values[0]
    if isinstance(first, bool):
        yield from (True, False)
    elif isinstance(first, int):
        yield from (0, 1)
    elif isinstance(first, float):
        yield from (0.0, 1.0, 0.5)
    elif isinstance(first, str):
        yield from sorted({value for value in values if isinstance(value, str)})


def _value(value: Any, given: Any) -> Any:
    return value


@np.errstate(all="ignore")
def _with(function: Callable[..., Any], index: int, change: Change, *args: Any) -> Any:
    """Call the function with one argument changed."""
    if len(args) <= index:
        raise TypeError
    return function(*args[:index], change(args[index]), *args[index + 1 :])
