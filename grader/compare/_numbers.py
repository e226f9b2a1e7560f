"""Decides whether numbers agree, the short way: most comparisons pass, and these functions are all they cost.

Arrays take a few vectorised steps over pieces that stay in the processor's cache, or a plain loop where there are so
few elements that NumPy's own overhead would cost more. Everything is computed in float64 or complex128, so that
unsigned and small integers cannot wrap.
"""

import cmath
import math
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from grader.compare._difference import Number
from grader.compare._tolerances import Tolerance

PIECE: Final = 1 << 14
_FEW: Final = 24
_NUMERIC: Final = frozenset("biufc")
_PLAIN: Final[dict[type, str]] = {float: "f", int: "i", bool: "b", complex: "c"}


def as_number(value: Any) -> tuple[Number, str] | None:
    """The plain number in a scalar or 0-d array and the letter of its kind; None for anything else."""
    kind = _PLAIN.get(type(value))
    if kind is not None:
        return value, kind
    if isinstance(value, np.generic | np.ndarray):
        kind = value.dtype.kind
        if value.ndim or kind not in _NUMERIC:
            return None
        item = value.item()
        # A long double does not become plain by itself.
        return (complex(item) if kind == "c" else float(item) if kind == "f" else item), kind
    for plain, letter in ((int, "i"), (float, "f")):
        if isinstance(value, plain):
            return plain(value), letter
    return None


def allows_kind(actual: str, expected: str, tolerance: Tolerance) -> bool:
    """Whether numbers of the actual kind may stand where the expected kind does."""
    if actual not in _NUMERIC or expected not in _NUMERIC or (actual == "c" and expected != "c"):
        return False
    if tolerance.exact and expected in "iu":
        return actual in "iu"
    if tolerance.exact and expected == "b":
        return actual == "b"
    return True


def numbers_agree(actual: Number, expected: Number, tolerance: Tolerance) -> bool:
    """Whether two plain numbers agree: NaN with NaN, infinity by its sign."""
    if actual == expected:
        return True
    if is_nan(actual) and is_nan(expected):
        return True
    if tolerance.zero:
        return False
    try:
        bound = tolerance.atol + tolerance.rtol * abs(expected)
        # An infinite expected value makes the bound infinite and allows nothing but itself.
        return abs(actual - expected) <= bound < math.inf
    except OverflowError:
        # Unequal integers beyond the range of floats.
        return False


def arrays_agree(actual: NDArray[Any], expected: NDArray[Any], tolerance: Tolerance) -> bool:
    """Whether arrays of one shape and allowed kinds agree. False only means that a closer look is needed, to which
    NaN, infinities and exact comparison of mixed kinds are left.
    """
    kinds = actual.dtype.kind + expected.dtype.kind
    if tolerance.zero:
        return kinds in _COMPARABLE and bool((actual == expected).all())
    if actual.size <= _FEW and "c" not in kinds:
        return _few_agree(actual, expected, tolerance)
    if actual.size <= PIECE and bool((actual == expected).all()):
        return True
    if not (actual.flags.c_contiguous and expected.flags.c_contiguous) and (
        actual.flags.f_contiguous and expected.flags.f_contiguous
    ):
        # Both are compared as they lie in memory; other layouts are copied by `reshape`.
        actual, expected = actual.T, expected.T
    return _many_agree(actual.reshape(-1), expected.reshape(-1), tolerance)


# Kinds that NumPy compares without rounding; a large integer that meets a float is rounded first.
_COMPARABLE: Final = frozenset(a + e for group in ("biu", "fc") for a in group for e in group)


def is_nan(value: Number) -> bool:
    """Whether a plain number is NaN; an integer may be beyond what cmath takes."""
    return isinstance(value, float | complex) and cmath.isnan(value)


def is_infinite(value: Number) -> bool:
    """Whether a plain number is infinite."""
    return isinstance(value, float | complex) and cmath.isinf(value)


def _few_agree(actual: NDArray[Any], expected: NDArray[Any], tolerance: Tolerance) -> bool:
    left, right = actual.ravel().tolist(), expected.ravel().tolist()
    if left == right:
        return True
    rtol, atol = tolerance.rtol, tolerance.atol
    return all(
        abs(a - e) <= atol + rtol * abs(e) < math.inf or a == e
        for a, e in zip(left, right, strict=True)
    )


@np.errstate(all="ignore")
def _many_agree(actual: NDArray[Any], expected: NDArray[Any], tolerance: Tolerance) -> bool:
    """Compare piece by piece: equal pieces in one step, until one is not equal, then by the gap."""
    wide = np.complex128 if "c" in actual.dtype.kind + expected.dtype.kind else np.float64
    length = min(PIECE, actual.size)
    gap, bound = np.empty(length), np.empty(length)
    same_so_far = True
    for start in range(0, actual.size, PIECE):
        a, e = actual[start : start + PIECE], expected[start : start + PIECE]
        if same_so_far:
            same_so_far = bool((a == e).all())
            if same_so_far:
                continue
        if a.size < length:
            gap, bound = gap[: a.size], bound[: a.size]
        if wide is np.float64:
            np.subtract(a, e, out=gap, dtype=wide)
            np.absolute(gap, out=gap)
            np.absolute(e, out=bound, dtype=wide)
        else:
            np.absolute(np.subtract(a, e, dtype=wide), out=gap)
            np.absolute(e.astype(wide, copy=False), out=bound)
        bound *= tolerance.rtol
        bound += tolerance.atol
        gap -= bound
        # Infinity minus infinity is NaN, and a NaN anywhere makes the maximum NaN: neither passes here.
        if not np.maximum.reduce(gap) <= 0.0:
            return False
    return True
