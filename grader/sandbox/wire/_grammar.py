"""The grammar: types that cross, messages, limits, and the bytes they share."""

import struct
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

MAX_FRAME = 64 << 20
MAX_DEPTH = 64
#: Values in one frame; a list of a million numbers passes, a frame of sixty million Nones does not.
MAX_NODES = 1 << 21
#: Values in dictionary keys that are not text: their hashes can be chosen to collide, text's cannot.
MAX_FREE_KEYS = 4096
#: Bytes of one whole number; printing longer ones takes time that is quadratic in their length.
MAX_INT_BYTES = 512
MAX_NAME = 200
MAX_NDIM = 32

HEADER = struct.Struct("<I")
U32 = struct.Struct("<I")
PAIR = b"t" + U32.pack(2)
EMPTY_DICT = b"m" + U32.pack(0)
I64 = struct.Struct("<q")
F64 = struct.Struct("<d")
C128 = struct.Struct("<dd")
#: An array's tag, dtype, flags, number of axes and lengths, by number of axes.
ARRAY = [struct.Struct(f"<cBBB{ndim}Q") for ndim in range(MAX_NDIM + 1)]
SHAPE = [struct.Struct(f"<{ndim}Q") for ndim in range(MAX_NDIM + 1)]

DTYPES = [
    np.dtype(name)
    for name in (
        "bool",
        "int8",
        "uint8",
        "int16",
        "uint16",
        "int32",
        "uint32",
        "int64",
        "uint64",
        "float16",
        "float32",
        "float64",
        "complex64",
        "complex128",
    )
]
CODES: dict[np.dtype[Any], int] = {dtype: code for code, dtype in enumerate(DTYPES)}
FORTRAN, READ_ONLY = 1, 2

Array: TypeAlias = "np.ndarray[Any, Any]"


class WireError(Exception):
    """A frame or value that the grammar does not allow."""


class TooLarge(WireError):
    """A value that no frame can hold."""


@dataclass(frozen=True)
class Inert:
    """What is left of a value that cannot cross: the name of its type."""

    type_name: str


@dataclass(frozen=True)
class Callback:
    """A function of the trusted side, callable from the worker by its number."""

    number: int


@dataclass(frozen=True)
class Token:
    """An object of the trusted side that the worker can only keep and hand back."""

    number: int


@dataclass(frozen=True)
class GeneratorSlot:
    """The place of a random generator among those that a call carries."""

    number: int


@dataclass(frozen=True)
class Own:
    """A function of the submission itself, by name."""

    name: str


#: Tags of what stands for objects of either side, and of references: all that a request may hold.
OBJECTS = b"kogfr"


class Message:
    """The kinds of messages; a request's answer repeats its nonce."""

    #: To the worker.
    LOAD, RUN, CALL, CALLS, REPLACE, RETURNED, FAILED = (ord(letter) for letter in "LXCMPRF")
    #: To the trusted side.
    READY, STATEFUL, LOADED, REPLACED, VALUE, RAISED, VALUES, CALLBACK = (
        ord(letter) for letter in "yslpvxmk"
    )


NONCE_SIZE = 8


def key_weight(key: Any, depth: int = 0) -> int:
    """How many values a dictionary key is made of: 0 for text, whose hash cannot be chosen; more than any dictionary
    may have for what is no key.
    """
    kind = type(key)
    if kind is str or kind is bytes:
        return 0
    if kind is tuple:
        if depth >= MAX_DEPTH:
            return MAX_FREE_KEYS + 1
        return 1 + sum(max(key_weight(part, depth + 1), 1) for part in key)
    if kind is int and (key.bit_length() >> 3) + 1 > MAX_INT_BYTES:
        return MAX_FREE_KEYS + 1
    return 1 if key is None or kind in _KEY_TYPES else MAX_FREE_KEYS + 1


_KEY_TYPES = frozenset({bool, int, float, complex, str, bytes, *(dtype.type for dtype in DTYPES)})


def volume_fits(shape: tuple[int, ...]) -> bool:
    """Whether a shape is harmless: axes of length zero do not make the others free."""
    volume = 1
    for length in shape:
        volume *= max(length, 1)
        if volume > MAX_FRAME:
            return False
    return True
