"""Takes from a wrong result and the right one what is drawn of them."""

import contextlib
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from grader.manifests import Sketch
from grader.models import Picture

#: Points of a curve, and rows or columns of a matrix, beyond which nothing is drawn.
MOST_POINTS: Final = 500
MOST_ROWS: Final = 20

Rows = tuple[tuple[float | None, ...], ...]


def sketch(wanted: Sketch, actual: Any, expected: Any) -> Picture | None:
    """The picture of a result beside the right one; None where there is nothing to see, or too much."""
    # Values of a submission may be anything; a picture less is no loss.
    with contextlib.suppress(Exception):
        made = _sketch(wanted, actual, expected)
        if (made.got, made.got_x) != (made.expected, made.expected_x):
            return made
    return None


def _sketch(wanted: Sketch, actual: Any, expected: Any) -> Picture:
    both = actual, expected
    if wanted.kind == "matrix":
        got, want = (_matrix(_part(value, wanted.part)) for value in both)
        return Picture(kind="matrix", got=got, expected=want)
    got, want = (_curve(_part(value, wanted.part)) for value in both)
    got_x, want_x = (
        None if wanted.x is None else _curve(_part(value, wanted.x))[0] for value in both
    )
    if (got_x and len(got_x) != len(got[0])) or (want_x and len(want_x) != len(want[0])):
        raise ValueError
    return Picture(
        kind="curve",
        got=got,
        expected=want,
        got_x=got_x,
        expected_x=want_x,
        x_label=wanted.x_label,
        y_label=wanted.y_label,
    )


def _part(value: Any, part: int | None) -> Any:
    return value if part is None else value[part]


def _array(value: Any, most: int) -> NDArray[np.float64]:
    if not isinstance(value, (np.ndarray, list, tuple)) or not 0 < len(value) <= most:
        raise ValueError
    return np.asarray(value, dtype=float)


def _curve(value: Any) -> Rows:
    array = _array(value, MOST_POINTS)
    if array.ndim != 1:
        raise ValueError
    return (_numbers(array),)


def _matrix(value: Any) -> Rows:
    array = _array(value, MOST_ROWS)
    if array.ndim != 2 or not 0 < array.shape[1] <= MOST_ROWS:
        raise ValueError
    return tuple(map(_numbers, array))


def _numbers(array: NDArray[np.float64]) -> tuple[float | None, ...]:
    return tuple(float(value) if np.isfinite(value) else None for value in array)
