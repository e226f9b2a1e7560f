"""Walks through nested containers and decides, part by part, what differs from the expected value.

The expected side is usually ours, but a property test compares two results of one student: either side may be
hostile, and neither may make the comparison raise, recurse without end or take more than linear time.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from grader.compare._difference import Difference, Kind, Path, outline
from grader.compare._numbers import allows_kind, arrays_agree, as_number, numbers_agree
from grader.compare._survey import Tally, excerpt, mismatch, nearly, survey
from grader.compare._tolerances import Tolerance, resolve

_DEPTH: Final = 100
_ALSO: Final = 4
_KEYS: Final = 5


def difference(
    actual: object,
    expected: object,
    tolerance: str = "T0",
    *,
    rtol: float | None = None,
    atol: float | None = None,
    exact: bool = False,
) -> Difference | None:
    """What differs between a result and the expected one, or None if they are equal.

    Tuples, lists and dicts must have the same type and length and are compared part by part. An array is wanted as an
    array of the same shape; a 0-d array counts as a number, as which any scalar passes. Real numbers of any kind are
    compared by value, complex ones only with complex ones; `exact` wants integers as integers and bools as bools.
    """
    allowed = resolve("EXACT" if exact else tolerance, rtol, atol)
    found = _walk(actual, expected, allowed, (), _Budget())
    first = next(found, None)
    if first is None:
        return None
    also = tuple(other.path for other in islice(found, _ALSO))
    return replace(first, also=also) if also else first


@dataclass(slots=True)
class _Budget:
    """How much may still be compared: a list that holds one other list a million times is small on the wire only."""

    left: int = 1_000_000

    def spend(self, value: object) -> bool:
        """Take the cost of one value; False when nothing is left."""
        cost = 1
        if isinstance(value, np.ndarray):
            cost += value.size // 100
        elif isinstance(value, list | tuple | dict):
            cost += len(value) // 10
        elif isinstance(value, str | bytes):
            cost += len(value) // 1000
        elif isinstance(value, int):
            cost += value.bit_length() // 8000
        self.left -= cost
        return self.left >= 0


def _walk(
    actual: Any, expected: Any, tolerance: Tolerance, path: Path, budget: _Budget
) -> Iterator[Difference]:
    """The differing parts in order, each compared only when it is asked for."""
    if len(path) > _DEPTH or not budget.spend(expected):
        yield _refusal("limit", actual, expected, tolerance, path)
    elif not isinstance(expected, list | tuple | dict):
        found = _leaf(actual, expected, tolerance, path)
        if found is not None:
            yield found
    elif outline(actual).noun != outline(expected).noun:
        yield _refusal(_sort_of_mismatch(actual, expected), actual, expected, tolerance, path)
    elif isinstance(expected, dict):
        yield from _dicts(actual, expected, tolerance, path, budget)
    elif len(actual) != len(expected):
        yield _refusal("length", actual, expected, tolerance, path)
    else:
        yield from _sequences(actual, expected, tolerance, path, budget)


def _sequences(
    actual: Any, expected: Any, tolerance: Tolerance, path: Path, budget: _Budget
) -> Iterator[Difference]:
    left, right = _as_vector(actual), _as_vector(expected)
    if left is not None and right is not None:
        found = _arrays(left, right, tolerance, path)
        if found is not None:
            yield replace(found, got=outline(actual), wanted=outline(expected))
        return
    for i, (a, e) in enumerate(zip(actual, expected, strict=True)):
        yield from _walk(a, e, tolerance, (*path, i), budget)


def _dicts(
    actual: Any, expected: Any, tolerance: Tolerance, path: Path, budget: _Budget
) -> Iterator[Difference]:
    missing = [key for key in expected if key not in actual]
    unexpected = [key for key in actual if key not in expected]
    if tolerance.exact and not missing:
        # True, 1 and 1.0 are one key; which of them it is, is a difference of kind.
        own = {key: key for key in actual}
        for key in expected:
            if next(_walk(own[key], key, tolerance, (), budget), None) is not None:
                missing.append(key)
                unexpected.append(own[key])
    if missing or unexpected:
        found = _refusal("keys", actual, expected, tolerance, path)
        yield replace(
            found, missing=tuple(missing[:_KEYS]), unexpected=tuple(unexpected[:_KEYS])
        )
        return
    for key, e in expected.items():
        yield from _walk(actual[key], e, tolerance, (*path, key), budget)


def _leaf(actual: Any, expected: Any, tolerance: Tolerance, path: Path) -> Difference | None:
    """What differs in a part that is no container of Python's."""
    wants_array = isinstance(expected, np.ndarray) and expected.ndim > 0
    if wants_array and isinstance(actual, np.ndarray) and actual.shape == expected.shape:
        return _arrays(np.asarray(actual), np.asarray(expected), tolerance, path)
    number, wanted = as_number(actual), as_number(expected)
    if number is not None and wanted is not None:
        if not allows_kind(number[1], wanted[1], tolerance):
            return _refusal("dtype", actual, expected, tolerance, path)
        if numbers_agree(number[0], wanted[0], tolerance):
            return None
        return _numbers(actual, expected, tolerance, path)
    if expected is None and actual is None:
        return None
    for text in (str, bytes):
        if isinstance(expected, text) and isinstance(actual, text):
            return None if actual == expected else _text(actual, expected, tolerance, path)
    kind = _sort_of_mismatch(actual, expected)
    return _refusal(kind, actual, expected, tolerance, path)


def _sort_of_mismatch(actual: object, expected: object) -> Kind:
    """Why two values that are not even of the same sort cannot agree."""
    got, wanted = outline(actual), outline(expected)
    if got.noun == "None":
        return "nothing"
    if "handle" in (got.noun, wanted.noun):
        return "handle"
    if got.shape is not None and wanted.shape is not None:
        return "shape" if got.shape != wanted.shape else "dtype"
    containers = ("list", "tuple", "dict", "array")
    return "container" if got.noun in containers and wanted.noun in containers else "type"


def _refusal(
    kind: Kind, actual: object, expected: object, tolerance: Tolerance, path: Path
) -> Difference:
    """A difference that shows before any number is compared."""
    return Difference(
        kind, path, tolerance, outline(actual), outline(expected), actual=actual, expected=expected
    )


def _arrays(
    actual: NDArray[Any], expected: NDArray[Any], tolerance: Tolerance, path: Path
) -> Difference | None:
    """How an array differs from the expected one of the same shape."""
    if not allows_kind(actual.dtype.kind, expected.dtype.kind, tolerance):
        return _refusal("dtype", actual, expected, tolerance, path)
    if actual.size == 0 or arrays_agree(actual, expected, tolerance):
        return None
    a, e = actual.reshape(-1), expected.reshape(-1)
    tally = survey(a, e, tolerance)
    if not tally.differing:
        return None
    shape = actual.shape
    first = tuple(mismatch(_index(i, shape), a[i].item(), e[i].item()) for i in tally.first)
    worst = mismatch(_index(tally.worst, shape), a[tally.worst].item(), e[tally.worst].item())
    shown, wanted, begin = excerpt(actual, expected, worst.index)
    return Difference(
        tally.kind,
        path,
        tolerance,
        outline(actual),
        outline(expected),
        differing=tally.differing,
        total=actual.size,
        nan_returned=tally.nan_returned,
        nan_missing=tally.nan_missing,
        infinite=tally.infinite,
        first=first,
        worst=worst,
        nearly=nearly(a, e, tolerance) if tally.finite else None,
        excerpt_at=begin,
        actual=shown,
        expected=wanted,
    )


def _numbers(actual: Any, expected: Any, tolerance: Tolerance, path: Path) -> Difference:
    """How a number differs from the expected one, of which is known that it does."""
    a, e = np.asarray(actual).reshape(1), np.asarray(expected).reshape(1)
    if a.dtype.kind == "O" or e.dtype.kind == "O":
        # Integers beyond 64 bits: there is nothing to survey.
        tally = Tally(differing=1)
    else:
        tally = survey(a, e, tolerance)
    plain = Difference()
