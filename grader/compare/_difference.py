"""What a comparison found, as data: diagnosis and feedback read fields and never parse a message."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal, TypeAlias

import numpy as np

from grader.compare._tolerances import Tolerance

Kind: TypeAlias = Literal[
    "nothing",  # None where a value was wanted
    "handle",  # a value of a type that cannot cross the wire
    "type",  # a string for a number, a number for a list, ...
    "container",  # a list for an array, a tuple for a list, ...
    "length",
    "keys",
    "shape",  # a number in place of an array and the reverse are differences of shape too
    "dtype",  # complex where real, float or bool where integer, ...
    "values",  # numbers that are too far off, perhaps among others that are not finite
    "nan",  # all differing positions are NaN on one side
    "inf",  # all differing positions are infinite or NaN on one side
    "text",  # strings or bytes that are not the same
    "limit",  # nested too deeply, or too large to be compared
]
Nearly: TypeAlias = Literal["summation order", "float32", "within 10x tolerance"]
Noun: TypeAlias = Literal[
    "None", "number", "string", "bytes", "list", "tuple", "dict", "array", "handle"
]
Number: TypeAlias = bool | int | float | complex
Path: TypeAlias = tuple[object, ...]
Index: TypeAlias = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """What sort of value stands on one side: `shape` and `dtype` of arrays and numbers, `length` of
    containers and strings, `dtype` also of lists and tuples that hold numbers of one type.
    """

    noun: Noun
    type_name: str
    shape: Index | None = None
    dtype: str | None = None
    length: int | None = None


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One position where two numbers differ, and by how much; errors are inf or NaN where a side is not finite."""

    index: Index
    actual: Number
    expected: Number
    absolute: float
    relative: float


@dataclass(frozen=True, slots=True)
class Difference:
    """The first part of a result that differs from the expected one.

    `path` leads through nested containers to that part, `also` to at most four more that differ.
    `differing`, `total` and what follows are set where numbers were compared: `first` holds at most five positions,
    `worst` the one furthest beyond the tolerance. `actual` and `expected` are the differing parts; of an
    array with more than twelve elements only the piece around the worst position, which begins at `excerpt_at`.
    """

    kind: Kind
    path: Path
    tolerance: Tolerance
    got: Outline
    wanted: Outline
    differing: int = 0
    total: int = 0
    nan_returned: int = 0
    nan_missing: int = 0
    infinite: int = 0
    first: tuple[Mismatch, ...] = ()
    worst: Mismatch | None = None
    nearly: Nearly | None = None
    missing: tuple[object, ...] = ()
    unexpected: tuple[object, ...] = ()
    also: tuple[Path, ...] = ()
    excerpt_at: Index | None = None
    actual: object = field(default=None, compare=False, repr=False)
    expected: object = field(default=None, compare=False, repr=False)


@lru_cache(64)
def _dtype_name(dtype: np.dtype[Any]) -> str:
    # NumPy puts it together each time.
    return dtype.name


def outline(value: object) -> Outline:
    """What sort of value this is; a type that the wire does not carry is a handle with the name of that type."""
    name = type(value).__name__
    if value is None:
        return Outline("None", name)
    if isinstance(value, np.ndarray):
        return Outline("array", name, value.shape, _dtype_name(value.dtype))
    if isinstance(value, np.number | np.bool_):
        return Outline("number", name, (), value.dtype.name)
    if isinstance(value, bool | int | float | complex):
        return Outline("number", name, (), name)
    if isinstance(value, str):
        return Outline("string", name, length=len(value))
    if isinstance(value, bytes):
        return Outline("bytes", name, length=len(value))
    if isinstance(value, list):
        return Outline("list", name, length=len(value))
    if isinstance(value, tuple):
        return Outline("tuple", name, length=len(value))
    if isinstance(value, dict):
        return Outline("dict", name, length=len(value))
    # An inert handle states the type it stands for; it is told by that attribute, since this part imports no other.
    stated = getattr(value, "type_name", name)
    return Outline("handle", stated if isinstance(stated, str) else name)
