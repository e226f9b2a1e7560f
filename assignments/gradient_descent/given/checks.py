"""Checks for the first lines of a function: each raises `ValueError` in the course's wording.

The values are passed by keyword, and the keyword is the name that the message uses:

    check_same_shape(y_true=y_true, y_pred=y_pred)
    # ValueError: y_true and y_pred must have the same shape, got (3,) and (4,)

No check returns or changes anything. You may also write a check by hand, as long as the message
holds the word in quotation marks: "shape", "empty", "label", "NaN", or the parameter's name.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike

__all__ = [
    "check_binary_labels",
    "check_both_labels",
    "check_class_labels",
    "check_no_nan",
    "check_not_empty",
    "check_option",
    "check_range",
    "check_same_shape",
    "check_shape",
    "check_vectors",
]


def check_shape(shape: tuple[int | str, ...], /, **arrays: ArrayLike) -> None:
    """Raise unless every array has this shape; a number is a fixed size, a letter is any size.

    `check_shape(("n", "d"), X=X)` wants a matrix, `check_shape((3,), w=w)` a vector of length 3.
    """
    for name, array in arrays.items():
        got = np.shape(array)
        fits = len(got) == len(shape) and all(
            isinstance(want, str) or want == size for want, size in zip(shape, got, strict=True)
        )
        if not fits:
            wanted = ", ".join(str(size) for size in shape) + ("," if len(shape) == 1 else "")
            raise ValueError(f"{name} must have shape ({wanted}), got shape {got}")


def check_same_shape(**arrays: ArrayLike) -> None:
    """Raise unless all arrays have the same shape: (n,) and (n, 1) are different shapes."""
    shapes = [np.shape(array) for array in arrays.values()]
    if len(set(shapes)) > 1:
        names = " and ".join(arrays)
        got = " and ".join(str(shape) for shape in shapes)
        raise ValueError(f"{names} must have the same shape, got {got}")


def check_vectors(**arrays: ArrayLike) -> None:
    """Raise unless all arrays are vectors, shape (n,), of the same length."""
    shapes = {np.shape(array) for array in arrays.values()}
    if [len(shape) for shape in shapes] != [1]:
        check_same_shape(**arrays)
        check_shape(("n",), **arrays)


def check_not_empty(**arrays: ArrayLike) -> None:
    """Raise if an array holds no element."""
    for name, array in arrays.items():
        if np.size(array) == 0:
            raise ValueError(f"{name} is empty")


def check_binary_labels(**arrays: ArrayLike) -> None:
    """Raise if an array holds anything but 0 and 1 (False, True, 0.0 and 1.0 are fine)."""
    for array in arrays.values():
        labels = np.asarray(array, dtype=float)
        if np.count_nonzero(labels == 0) + np.count_nonzero(labels == 1) < labels.size:
            raise ValueError(f"labels must be 0 or 1, got {_distinct(labels)}")


def check_both_labels(**arrays: ArrayLike) -> None:
    """Raise unless both labels, 0 and 1, occur in every array."""
    check_binary_labels(**arrays)
    for name, array in arrays.items():
        labels = np.asarray(array, dtype=float)
        if np.count_nonzero(labels) in (0, labels.size):
            raise ValueError(f"{name} must hold both labels, got {_distinct(labels)}")


def check_class_labels(k: int, /, **arrays: ArrayLike) -> None:
    """Raise if an array holds anything but the whole numbers 0 to k - 1."""
    for array in arrays.values():
        labels = np.asarray(array, dtype=float)
        valid = (labels >= 0) & (labels < k) & (labels == np.floor(labels))
        if np.count_nonzero(valid) < labels.size:
            raise ValueError(f"labels must be integers from 0 to {k - 1}, got {_distinct(labels)}")


def check_range(wanted: str, /, **values: ArrayLike) -> None:
    """Raise if a number, or an element of an array, is out of range; NaN is let through.

    The range is written as in the message: "> 0", ">= 1", "in [0, 1]", "in [0, 1)" or
    "in (0, 1)", where a round bracket excludes the end.
    """
    for name, value in values.items():
        numbers = np.asarray(value, dtype=float)
        outside = _outside(wanted, numbers)
        if np.count_nonzero(outside):
            raise ValueError(f"{name} must be {wanted}, got {numbers[outside].flat[0]:.15g}")


def check_no_nan(**arrays: ArrayLike) -> None:
    """Raise if an array holds NaN."""
    for name, array in arrays.items():
        if np.count_nonzero(np.isnan(np.asarray(array, dtype=float))):
            raise ValueError(f"{name} contain NaN")


def check_option(options: Iterable[str], /, **values: str) -> None:
    """Raise if a value is none of the options."""
    options = tuple(options)
    for name, value in values.items():
        if value not in options:
            listed = ", ".join(repr(option) for option in options)
            raise ValueError(f"unknown {name} {value!r}, expected one of {listed}")


def _outside(wanted: str, numbers: np.ndarray) -> np.ndarray:
    """Return where the numbers are out of the range that `wanted` describes."""
    if wanted.startswith(">="):
        return numbers < float(wanted[2:])
    if wanted.startswith(">"):
        return numbers <= float(wanted[1:])
    interval = wanted.removeprefix("in ")
    low, high = (float(end) for end in interval[1:-1].split(","))
    below = numbers < low if interval[0] == "[" else numbers <= low
    above = numbers > high if interval[-1] == "]" else numbers >= high
    return below | above


def _distinct(labels: np.ndarray) -> str:
    """Return the distinct labels for a message, the first ten of them."""
    distinct = np.unique(labels)
    listed = " ".join(f"{label:.15g}" for label in distinct[:10])
    return f"[{listed}]" if distinct.size <= 10 else f"[{listed} ...]"
