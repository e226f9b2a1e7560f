"""Walks through nested containers and decides, part by part, what differs from the expected value.

The expected side is usually ours, but a property test compares two results of one student: either side may be
hostile, and neither may make the comparison raise, recurse without end or take more than linear time.
"""

from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from grader.compare._difference import Difference, Index, Kind, Number, Path, outline
from grader.compare._numbers import (
    allows_kind,
    arrays_agree,
    as_number,
    is_infinite,
    is_nan,
    numbers_agree,
)
from grader.compare._survey import excerpt, mismatch, nearly_number, survey
from grader.compare._tolerances import Tolerance, resolve

_DEPTH: Final = 100
_PARTS: Final = 5
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
    if type(actual) is float and type(expected) is float:
        # The commonest of all, by the shortest way.
        agree = numbers_agree(actual, expected, allowed)
        return None if agree else _numbers(actual, expected, allowed, ())
    if not isinstance(expected, list | tuple | dict):
        return _leaf(actual, expected, allowed, ())
    walk = _Walk(allowed)
    walk.visit(actual, expected, ())
    if not walk.found:
        return None
    first, *others = walk.found
    return replace(first, also=tuple(other.path for other in others)) if others else first


@dataclass(slots=True)
class _Walk:
    """Goes through both sides in order and collects the first few parts that differ.

    What may be compared is limited: a list that holds another one a million times is small on the wire only.
    """

    tolerance: Tolerance
    found: list[Difference] = field(default_factory=list)
    budget: int = 200_000

    def visit(self, actual: Any, expected: Any, path: Path) -> None:
        """Compare one part and what is in it."""
        self.budget -= _cost(expected)
        if self.budget < 0 or len(path) > _DEPTH:
            self._refuse("limit", actual, expected, path)
        elif not isinstance(expected, list | tuple | dict):
            found = _leaf(actual, expected, self.tolerance, path)
            if found is not None:
                self.found.append(found)
        elif not isinstance(actual, _base(expected)):
            self._refuse(_sort_of_mismatch(actual, expected), actual, expected, path)
        elif isinstance(expected, dict):
            self._visit_dicts(actual, expected, path)
        elif len(actual) != len(expected):
            self._refuse("length", actual, expected, path)
        else:
            self._visit_sequences(actual, expected, path)

    def _visit_sequences(self, actual: Any, expected: Any, path: Path) -> None:
        left, right = _as_vector(actual), _as_vector(expected)
        if left is not None and right is not None:
            found = _arrays(left, right, self.tolerance, path)
            if found is not None:
                got = replace(outline(actual), dtype=found.got.dtype)
                wanted = replace(outline(expected), dtype=found.wanted.dtype)
                self.found.append(replace(found, got=got, wanted=wanted))
            return
        for i, (a, e) in enumerate(zip(actual, expected, strict=True)):
            self.visit(a, e, (*path, i))
            if len(self.found) >= _PARTS:
                return

    def _visit_dicts(self, actual: Any, expected: Any, path: Path) -> None:
        missing = [key for key in expected if key not in actual]
        unexpected = [key for key in actual if key not in expected]
        if self.tolerance.exact and not missing:
            # True, 1 and 1.0 are one key; which of them it is, is a difference of kind.
            own = {key: key for key in actual}
            wrong = [key for key in expected if difference(own[key], key, exact=True) is not None]
            missing += wrong
            unexpected += [own[key] for key in wrong]
        if missing or unexpected:
            found = _refusal("keys", actual, expected, self.tolerance, path)
            few, extra = tuple(missing[:_KEYS]), tuple(unexpected[:_KEYS])
            self.found.append(replace(found, missing=few, unexpected=extra))
            return
        for key, e in expected.items():
            self.visit(actual[key], e, (*path, key))
            if len(self.found) >= _PARTS:
                return

    def _refuse(self, kind: Kind, actual: object, expected: object, path: Path) -> None:
        self.found.append(_refusal(kind, actual, expected, self.tolerance, path))


def _cost(value: Any) -> int:
    """What comparing with this value takes, its parts apart, in units of about a microsecond."""
    if isinstance(value, np.ndarray):
        return 1 + value.size // 500
    if isinstance(value, list | tuple | dict):
        return 1 + len(value) // 50
    if isinstance(value, str | bytes):
        return 1 + len(value) // 5000
    return 1 + value.bit_length() // 40_000 if isinstance(value, int) else 1


def _base(expected: object) -> type[Any]:
    """The container that is wanted; a named tuple of ours is a tuple after the wire."""
    if isinstance(expected, list):
        return list
    return tuple if isinstance(expected, tuple) else dict


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
    tally, nearly = survey(a, e, tolerance)
    if not tally.differing:
        return None
    told = [*tally.first, tally.worst]
    *first, worst = map(
        mismatch, _indices(told, actual.shape), _plain_list(a[told]), _plain_list(e[told])
    )
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
        first=tuple(first),
        worst=worst,
        nearly=nearly,
        excerpt_at=begin,
        actual=shown,
        expected=wanted,
    )


def _numbers(actual: Any, expected: Any, tolerance: Tolerance, path: Path) -> Difference:
    """How a number differs from the expected one, of which is known that it does."""
    only = mismatch((), _plain(actual), _plain(expected))
    lost, gained = is_nan(only.actual), is_nan(only.expected)
    infinite = not (lost or gained) and (is_infinite(only.actual) or is_infinite(only.expected))
    return Difference(
        "nan" if lost or gained else "inf" if infinite else "values",
        path,
        tolerance,
        outline(actual),
        outline(expected),
        differing=1,
        total=1,
        nan_returned=int(lost),
        nan_missing=int(gained),
        infinite=int(infinite),
        first=(only,),
        worst=only,
        nearly=None if lost or gained or infinite else nearly_number(actual, only, tolerance),
        actual=only.actual,
        expected=only.expected,
    )


def _text(actual: Any, expected: Any, tolerance: Tolerance, path: Path) -> Difference:
    """Where two strings, or two byte strings, begin to differ."""
    low, high = 0, min(len(actual), len(expected))
    while low < high:
        middle = (low + high + 1) // 2
        if actual[low:middle] == expected[low:middle]:
            low = middle
        else:
            high = middle - 1
    return replace(_refusal("text", actual, expected, tolerance, path), excerpt_at=(low,))


def _as_vector(values: Any) -> NDArray[Any] | None:
    """A list or tuple of numbers of one type as an array, so that they are counted together; None for any other."""
    if not values or not isinstance(values[0], int | float | complex | np.generic):
        return None
    types = set(map(type, values))
    if types <= {float, np.float64}:
        return np.array(values, dtype=np.float64)
    only = types.pop()
    if types or not issubclass(only, bool | int | complex | np.number | np.bool_):
        return None
    vector = np.array(values)
    # Integers beyond 64 bits become objects, and some mixtures near that limit become floats.
    whole = only is not bool and issubclass(only, int | np.integer)
    return vector if whole == (vector.dtype.kind in "iu") else None


def _indices(flat: list[int], shape: Index) -> list[Index]:
    return list(zip(*(axis.tolist() for axis in np.unravel_index(flat, shape)), strict=True))


def _plain_list(values: NDArray[Any]) -> list[Number]:
    return [_plain(value) for value in values.tolist()]


def _plain(value: object) -> Number:
    number = as_number(value)
    if number is None:
        raise TypeError(f"{type(value).__name__} is not a number")
    return number[0]
