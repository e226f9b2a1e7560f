"""The numbers that stand in the arguments of a call, under the names by which a sentence can call them."""

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final

import numpy as np

from grader.diagnose.answers import numbers
from grader.diagnose.bench import Bench, Case
from grader.diagnose.formulas import formula
from grader.diagnose.sentences import inner

#: Numbers that people know by name.
CONSTANTS: Final[dict[str, float]] = {
    "2": 2.0,
    "3": 3.0,
    "4": 4.0,
    "10": 10.0,
    "100": 100.0,
    "1000": 1000.0,
    "ln(2)": math.log(2),
    "ln(10)": math.log(10),
    "pi": math.pi,
    "pi / 180": math.pi / 180,
    "sqrt(2)": math.sqrt(2),
    "sqrt(2 * pi)": math.sqrt(2 * math.pi),
    "e": math.e,
    "0.1": 0.1,
    "0.9": 0.9,
}

#: What is made of a named number, likelier forms first; `{}` stands for its name.
FORMS: Final = (
    "{}",
    "1 / {}",
    "sqrt({})",
    "1 / sqrt({})",
    "{}**2",
    "1 / {}**2",
    "({} - 1)",
    "({} + 1)",
    "(1 - {})",
    "1 / (1 - {})",
    "1 / (1 + {})",
    "1 / ({} - 1)",
    "{0} / ({0} - 1)",
    "({0} - 1) / {0}",
    "{0} / ({0} + 1)",
    "({0} + 1) / {0}",
    "2 * {}",
    "{} / 2",
    "2 / {}",
    "1 / (2 * {})",
    "sqrt({0} / ({0} - 1))",
    "sqrt(({0} - 1) / {0})",
)


@np.errstate(all="ignore")
def quantities(bench: Bench, case: Case) -> dict[str, float]:
    """The named numbers of a case: sizes, parameters, products of sizes, and simple statistics of its arrays."""
    found: dict[str, float] = {}

    def add(name: str, value: float) -> None:
        if math.isfinite(value) and name not in found:
            found[name] = float(value)

    arrays = [
        (name, array)
        for parameter, value in zip(bench.parameters, case.args, strict=False)
        for name, array in _arrays(parameter.name, value)
    ]
    sizes = _sizes(case, arrays)
    for name, value in sizes.items():
        add(name, value)
    for parameter, value in zip(bench.parameters, case.args, strict=False):
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            add(parameter.name, float(value))
    scalars = [
        (parameter.name, float(value))
        for parameter, value in zip(bench.parameters, case.args, strict=False)
        if isinstance(value, (int, float)) and not isinstance(value, bool)
    ]
    for i, (one, a) in enumerate(scalars):
        for other, b in scalars[i + 1 :]:
            add(f"{one} * {other}", a * b)
            add(f"{one} + {other}", a + b)
            add(f"{one} - {other}", a - b)
            if b and a and a + b:
                add(f"{one} / {other}", a / b)
                add(f"{other} / {one}", b / a)
                add(f"{one} / ({one} + {other})", a / (a + b))
                add(f"{other} / ({one} + {other})", b / (a + b))
    letters = [name for name in ("n", "d", "k") if name in sizes]
    for i, one in enumerate(letters):
        for other in letters[i + 1 :]:
            add(f"{one} * {other}", sizes[one] * sizes[other])
            add(f"{one} / {other}", sizes[one] / sizes[other])
            add(f"{other} / {one}", sizes[other] / sizes[one])
    for name, array in arrays:
        for said, value in _statistics(array):
            add(said.format(name), value)
            if "n" in sizes and value:
                add(f"n / {said.format(name)}", sizes["n"] / value)
    return found


def form_value(form: str, value: Any) -> Any:
    """What a form makes of a number, or of an array of them; NaN or infinity where it makes nothing."""
    return _made(form)(np.asarray(value, dtype=float))


@cache
def _made(form: str) -> Callable[[Any], Any]:
    return formula(form.format("q"), "q")


def matching(
    named: Mapping[str, float], forms: Sequence[str], target: float
) -> Iterator[tuple[float, str, str]]:
    """The sign, form and name of all numbers that are the target, up to rounding."""
    names, values = list(named), np.array(list(named.values()), dtype=float)
    for form in forms:
        made = np.atleast_1d(form_value(form, values))
        with np.errstate(all="ignore"):
            near = np.abs(np.abs(made) - abs(target)) <= 1e-7 * np.abs(made)
        for place in np.flatnonzero(near & np.isfinite(made) & (made != 0)).tolist():
            yield math.copysign(1.0, made[place] * target), form, names[place]


def spell(form: str, name: str) -> str:
    """A form with the name in its place, in brackets where that needs them."""
    enclosed = form in ("sqrt({})", "1 / sqrt({})") or (form == "{}" and not _SUM.search(name))
    if not enclosed and not _ATOM.fullmatch(name):
        name = f"({name})"
    return form.format(name)


def plain(name: str) -> bool:
    """Whether a name stands for a size or a parameter, not for a statistic of an array."""
    return not _STATISTIC.search(name)


def here(quantities: Mapping[str, float], name: str) -> dict[str, Any]:
    """What a named number is in the case that is shown, for the end of a sentence."""
    if name not in quantities:
        return inner("nothing")
    return inner("here", name=name, value=quantities[name])


_SUM: Final = re.compile(r" [+-] ")
_STATISTIC: Final = re.compile(r"\b(?!len\b|ln\b|sqrt\b)[a-z]+\(")
#: What needs no brackets: a name, a number, a call.
_ATOM: Final = re.compile(r"[\w.]+(\([^()]*\)|\[[^\]]*\])*")


def _arrays(name: str, value: Any) -> Iterator[tuple[str, np.ndarray[Any, Any]]]:
    """The arrays in an argument."""
    if isinstance(value, np.ndarray):
        if value.dtype.kind in "biuf":
            yield name, value
    elif isinstance(value, (list, tuple)) and value:
        made = numbers(value) if isinstance(value, list) else None
        if made is not None:
            yield name, made
        else:
            for index, item in enumerate(value[:6]):
                yield from _arrays(f"{name}[{index}]", item)


def _sizes(case: Case, arrays: list[tuple[str, np.ndarray[Any, Any]]]) -> dict[str, float]:
    """n, d and k where some array has such an axis, and the lengths of the others by the array's name."""
    lengths = {length for _, array in arrays for length in array.shape}
    letters = {"n": case.size.n, "d": case.size.d, "k": case.size.k}
    sizes: dict[str, float] = {
        letter: length for letter, length in letters.items() if length in lengths
    }
    first = next((array for _, array in arrays if array.ndim), None)
    if first is not None and "n" not in sizes:
        sizes["n"] = len(first)
    for name, array in arrays:
        if array.ndim == 1:
            sizes.setdefault(f"len({name})", len(array))
        elif array.ndim == 2:
            sizes.setdefault(f"len({name})", len(array))
            sizes.setdefault(f"{name}.shape[1]", array.shape[1])
    return sizes


def _statistics(array: np.ndarray[Any, Any]) -> Iterator[tuple[str, float]]:
    if not array.size or array.size > 10_000:
        return
    values = array.astype(float)
    if array.dtype.kind in "bi" and bool(((values == 0) | (values == 1)).all()):
        yield "sum({} == 1)", float(values.sum())
        yield "sum({} == 0)", float(values.size - values.sum())
        return
    yield "sum({})", float(values.sum())
    yield "mean({})", float(values.mean())
    yield "max({})", float(values.max())
    yield "min({})", float(values.min())
    yield "std({})", float(values.std())
    yield "norm({})", float(np.sqrt((values * values).sum()))
