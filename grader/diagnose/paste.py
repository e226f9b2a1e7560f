"""Writes calls and results as a person would type them: a line to paste."""

import math
from collections.abc import Mapping
from typing import Any, Final

import numpy as np

#: Longer lines are no small examples.
MAX_LENGTH: Final = 200


class Unwritable(Exception):
    """A value that cannot be written as a literal: a function, a generator, something too long."""


def written(value: Any, digits: int = 17, *, plain: bool = True) -> str:
    """A value as Python code; arrays as lists where `plain`, whole floats as whole numbers. Raises Unwritable."""
    if value is None or isinstance(value, (bool, np.bool_, str)):
        return repr(value if value is None or isinstance(value, str) else bool(value))
    if isinstance(value, (int, np.integer)):
        return str(int(value))
    if isinstance(value, (float, np.floating)):
        return _number(float(value), digits)
    if isinstance(value, np.ndarray):
        return _array(value, digits, plain=plain)
    if isinstance(value, (list, tuple)):
        inner = ", ".join(written(item, digits, plain=plain) for item in value)
        if isinstance(value, list):
            return f"[{inner}]"
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    if isinstance(value, dict):
        pairs = (
            f"{written(key, digits)}: {written(item, digits, plain=plain)}"
            for key, item in value.items()
        )
        return "{" + ", ".join(pairs) + "}"
    raise Unwritable


def _number(value: float, digits: int) -> str:
    if math.isnan(value):
        return "nan"
    if math.isinf(value):
        return "inf" if value > 0 else "-inf"
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return repr(value) if digits >= 17 else f"{value:.{digits}g}"


def _array(value: Any, digits: int, *, plain: bool) -> str:
    if value.dtype.kind not in "biuf" or value.size > 100:
        raise Unwritable
    inner = written(value.tolist(), digits)
    if plain and value.dtype in (np.float64, np.int64, np.bool_) and value.size:
        return inner
    if value.size == 0:
        return f"np.zeros({value.shape})" if value.shape != (0,) else "np.array([])"
    dtype = "" if value.dtype in (np.int64, np.bool_) else f", dtype=np.{value.dtype.name}"
    if value.dtype == np.float64:
        dtype = ", dtype=float" if bool((np.mod(value, 1) == 0).all()) else ""
    return f"np.array({inner}{dtype})"


def as_lists(value: Any) -> Any:
    """A value as it is after being written as plain: arrays of the usual types as lists, whole floats as integers."""
    if isinstance(value, np.ndarray):
        if value.dtype in (np.float64, np.int64, np.bool_) and value.size:
            return as_lists(value.tolist())
        return value
    if isinstance(value, (list, tuple)):
        return type(value)(as_lists(item) for item in value)
    if isinstance(value, dict):
        return {key: as_lists(item) for key, item in value.items()}
    if (
        isinstance(value, float)
        and math.isfinite(value)
        and value == int(value)
        and abs(value) < 1e15
    ):
        return int(value)
    return value


def call(
    function: str, args: tuple[Any, ...], kwargs: Mapping[str, Any] | None = None, *, plain: bool
) -> str:
    """The line that makes a call. Raises Unwritable."""
    parts = [written(value, plain=plain) for value in args]
    parts += [f"{name}={written(value, plain=plain)}" for name, value in (kwargs or {}).items()]
    line = f"{function}({', '.join(parts)})"
    if len(line) > MAX_LENGTH:
        raise Unwritable
    return line


def results(got: Any, want: Any) -> tuple[str, str]:
    """Two results with as few digits as show that they differ. Raises Unwritable."""
    pair = "", ""
    for digits in (6, 10, 17):
        pair = written(got, digits), written(want, digits)
        if pair[0] != pair[1]:
            break
    return pair[0][: MAX_LENGTH * 2], pair[1][: MAX_LENGTH * 2]
