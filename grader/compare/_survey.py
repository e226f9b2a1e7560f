"""Counts where numbers differ, finds the first and the worst positions, and judges whether it is nearly right.

This is the long way, taken when the short one of `_numbers` did not pass; it is vectorised too, in pieces, so that
eight million elements need no eight million temporaries.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from grader.compare._difference import Index, Kind, Mismatch, Nearly, Number
from grader.compare._numbers import PIECE
from grader.compare._tolerances import Tolerance

_POSITIONS: Final = 5
_WHOLE: Final = 12
_WINDOW: Final = 3
#: What rounding in another order makes of a number of size 1, in double precision.
_ROUNDING: Final = 64.0 * float(np.finfo(np.float64).eps)
_EPS_SINGLE: Final = float(np.finfo(np.float32).eps)


@dataclass(slots=True)
class Tally:
    """Where two flat arrays differ: counts, the first positions and the worst one, as flat indices."""

    differing: int = 0
    nan_returned: int = 0
    nan_missing: int = 0
    infinite: int = 0
    first: list[int] = field(default_factory=list)
    worst: int = -1
    _score: float = -1.0

    @property
    def kind(self) -> Kind:
        """What the differing positions have in common."""
        nans = self.nan_returned + self.nan_missing
        if nans == self.differing:
            return "nan"
        return "inf" if nans + self.infinite == self.differing else "values"

    @property
    def finite(self) -> bool:
        """Whether the numbers are finite at all differing positions."""
        return not (self.nan_returned or self.nan_missing or self.infinite)

    def add(self, piece: "_Piece") -> None:
        """Count the wrong positions of one more piece."""
        found = np.flatnonzero(piece.wrong)
        if not found.size:
            return
        self.differing += found.size
        room = _POSITIONS - len(self.first)
        self.first += [piece.start + int(i) for i in found[:room]]
        gap, bound = piece.gap[found], piece.bound[found]
        # How many times the tolerance; where there is none, the plain distance.
        score = np.where(bound > 0.0, gap / bound, gap if not piece.bound.any() else np.inf)
        if not np.isfinite(gap).all():
            score[self._not_finite(piece.actual[found], piece.expected[found])] = -0.5
        best = int(np.argmax(score))
        if score[best] > self._score:
            self._score = float(score[best])
            self.worst = piece.start + int(found[best])

    def _not_finite(self, actual: NDArray[Any], expected: NDArray[Any]) -> NDArray[np.bool_]:
        """Count wrong positions that are not finite, and say which they are: none of them is worse than another."""
        lost, gained = np.isnan(actual), np.isnan(expected)
        neither = ~(lost | gained)
        infinite = neither & (np.isinf(actual) | np.isinf(expected))
        self.nan_returned += int(np.count_nonzero(lost))
        self.nan_missing += int(np.count_nonzero(gained))
        self.infinite += int(np.count_nonzero(infinite))
        odd: NDArray[np.bool_] = infinite | ~neither
        return odd


@dataclass(slots=True)
class _Piece:
    """A stretch of both arrays in float64 or complex128, with gap and bound per element."""

    start: int
    actual: NDArray[Any]
    expected: NDArray[Any]
    gap: NDArray[np.float64]
    bound: NDArray[np.float64]
    wrong: NDArray[np.bool_]


@np.errstate(all="ignore")
def survey(
    actual: NDArray[Any], expected: NDArray[Any], tolerance: Tolerance
) -> tuple[Tally, Nearly | None]:
    """Count what differs between two flat arrays of one length, and say which small cause explains all of it."""
    tally, closeness = Tally(), _Closeness(actual, expected, tolerance)
    for piece in _pieces(actual, expected, tolerance):
        tally.add(piece)
        if tally.finite:
            closeness.add(piece)
    return tally, closeness.cause() if tally.finite else None


def mismatch(index: Index, actual: Number, expected: Number) -> Mismatch:
    """Two numbers that differ and by how much, computed without rounding where both are integers."""
    try:
        absolute = float(abs(actual - expected))
        relative = float(absolute / abs(expected)) if expected else float("inf")
    except OverflowError:
        absolute = relative = float("inf")
    return Mismatch(index, actual, expected, absolute, relative)


def excerpt(
    actual: NDArray[Any], expected: NDArray[Any], worst: Index
) -> tuple[NDArray[Any], NDArray[Any], Index | None]:
    """Copies of both arrays if they are small, else of the row around the worst position and where that row begins."""
    if actual.size <= _WHOLE:
        return actual.copy(), expected.copy(), None
    axis = max(axis for axis, length in enumerate(actual.shape) if length > 1)
    begin = max(0, worst[axis] - _WINDOW)
    row: tuple[Any, ...] = (
        *worst[:axis],
        slice(begin, worst[axis] + _WINDOW + 1),
        *worst[axis + 1 :],
    )
    return actual[row].copy(), expected[row].copy(), (*worst[:axis], begin, *worst[axis + 1 :])


class _Closeness:
    """Whether a small numerical cause explains every difference between two flat arrays.

    Single precision is claimed only if the values carry its mark: they all fit float32, and not just because
    they are round. Without the mark an error of that size has too many other causes.
    """

    def __init__(self, actual: NDArray[Any], expected: NDArray[Any], tolerance: Tolerance) -> None:
        self._floats = actual.dtype.kind == "f" and expected.dtype.kind != "c"
        self._tenfold = not tolerance.zero
        self._fits = self._floats
        self._marked = actual.dtype == np.float32
        self._scale = self._widest = self._beyond_single = 0.0

    def add(self, piece: _Piece) -> None:
        """Take one more piece into account."""
        a, size = piece.actual, np.abs(piece.expected)
        size = np.where(np.isfinite(size), size, 0.0)
        gap = np.where(piece.wrong, piece.gap, 0.0)
        self._scale = max(self._scale, float(size.max()))
        self._widest = max(self._widest, float(gap.max()))
        self._tenfold = self._tenfold and bool((gap <= 10.0 * piece.bound).all())
        beyond = np.where(gap > 64.0 * _EPS_SINGLE * size, gap, 0.0)
        self._beyond_single = max(self._beyond_single, float(beyond.max()))
        self._fits = self._fits and bool(((a.astype(np.float32) == a) | np.isnan(a)).all())
        self._marked = self._marked or (self._fits and _uses_many_digits(a))

    def cause(self) -> Nearly | None:
        """What explains all that was added, if one cause does."""
        if self._floats and self._widest <= _ROUNDING * self._scale:
            return "summation order"
        near_single = self._beyond_single <= 4.0 * _EPS_SINGLE * self._scale
        if self._fits and self._marked and near_single:
            return "float32"
        return "within 10x tolerance" if self._tenfold else None


@np.errstate(over="ignore")
def nearly_number(actual: Any, only: Mismatch, tolerance: Tolerance) -> Nearly | None:
    """Which small cause explains that one number differs, finite on both sides; `actual` is as it came."""
    size, gap = abs(only.expected), only.absolute
    try:
        if isinstance(only.actual, float) and not isinstance(only.expected, complex):
            if gap <= _ROUNDING * size:
                return "summation order"
            mantissa = math.frexp(only.actual)[0] * 65536.0
            marked = isinstance(actual, np.float32) or mantissa != round(mantissa)
            fits = marked and float(np.float32(only.actual)) == only.actual
            if fits and gap <= 64.0 * _EPS_SINGLE * size:
                return "float32"
        near = gap <= 10.0 * (tolerance.atol + tolerance.rtol * size)
    except OverflowError:
        # An integer beyond the range of floats.
        return None
    return "within 10x tolerance" if near and not tolerance.zero else None


def _uses_many_digits(values: NDArray[np.float64]) -> bool:
    """Whether some value needs more than 16 of the 24 binary digits that float32 has."""
    mantissa = np.frexp(values[np.isfinite(values)])[0] * 65536.0
    return bool((mantissa != np.rint(mantissa)).any())


def _pieces(actual: NDArray[Any], expected: NDArray[Any], tolerance: Tolerance) -> Iterator[_Piece]:
    wide = np.complex128 if "c" in actual.dtype.kind + expected.dtype.kind else np.float64
    for start in range(0, actual.size, PIECE):
        raw_a, raw_e = actual[start : start + PIECE], expected[start : start + PIECE]
        a, e = raw_a.astype(wide), raw_e.astype(wide)
        gap = np.abs(a - e)
        bound = tolerance.atol + tolerance.rtol * np.abs(e)
        same = _equal(raw_a, raw_e) | (np.isnan(a) & np.isnan(e))
        if not tolerance.zero:
            same |= np.isfinite(a) & np.isfinite(e) & (gap <= bound)
        yield _Piece(start, a, e, gap, bound, ~same)


def _equal(actual: NDArray[Any], expected: NDArray[Any]) -> NDArray[np.bool_]:
    """Elementwise equality without the rounding that NumPy applies when a large integer meets a float."""
    same: NDArray[np.bool_] = actual == expected
    if actual.dtype.kind in "iu" and expected.dtype.kind == "f":
        integers, floats = actual, expected
    elif actual.dtype.kind == "f" and expected.dtype.kind in "iu":
        integers, floats = expected, actual
    else:
        return same
    limits = np.iinfo(integers.dtype)
    inside = (floats >= float(limits.min)) & (floats < float(limits.max) + 1.0)
    back = np.where(inside, floats, 0.0).astype(integers.dtype)
    same &= inside & (back == integers)
    return same
