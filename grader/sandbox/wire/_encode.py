"""Writes values of the grammar."""

import struct
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from grader.sandbox.wire._grammar import (
    ARRAY,
    C128,
    CODES,
    DTYPES,
    EMPTY_DICT,
    F64,
    FORTRAN,
    I64,
    MAX_DEPTH,
    MAX_FRAME,
    MAX_FREE_KEYS,
    MAX_INT_BYTES,
    MAX_NAME,
    MAX_NDIM,
    PAIR,
    READ_ONLY,
    U32,
    Array,
    Callback,
    GeneratorSlot,
    Inert,
    Own,
    Token,
    TooLarge,
    key_weight,
    volume_fits,
)

_TOO_LARGE = f"more than {MAX_FRAME} bytes"


class Encoder:
    """Writes values; one encoder per payload.

    `foreign` may turn an object outside the grammar into a Callback, Token, GeneratorSlot or Own; what it returns None
    for is sent as Inert. With `references`, an object that occurs twice stays one object on the other side.
    """

    __slots__ = (
        "_bases", "_depth", "_foreign", "_free_keys", "_room", "_seen", "notes", "parts"
    )  # fmt: skip

    def __init__(
        self, foreign: Callable[[Any], Any] | None = None, *, references: bool = False
    ) -> None:
        self.parts: list[bytes] = []
        self.notes: list[str] = []
        self._foreign = foreign
        #: Objects by id, kept alive so that no other object gets theirs.
        self._seen: dict[int, tuple[int, Any]] | None = {} if references else None
        #: What stands for objects of subclasses, by id, with the object.
        self._bases: dict[int, tuple[Any, Any]] = {}
        self._depth = 0
        self._room = MAX_FRAME
        self._free_keys = 0

    def begin(self, kind: int, nonce: bytes) -> None:
        """Start a message."""
        self.parts.append(bytes((kind,)) + nonce)

    def add_answer(self, kind: int, answer: bytes) -> None:
        """Append the answer to one of several calls, written already."""
        self.parts.append(bytes((kind,)) + answer)

    def add(self, value: Any) -> None:
        """Append one value."""
        kind = type(value)
        # The commonest without another call.
        if kind is float:
            self.parts.append(b"d" + F64.pack(value))
        elif kind is str:
            self._str(value)
        elif value is None:
            self.parts.append(b"N")
        else:
            writer = _WRITERS.get(kind)
            if writer is None:
                self._other(value)
            else:
                writer(self, value)

    def add_arguments(self, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> None:
        """Append `(args, kwargs)` as one value, by the shortest way."""
        self.parts.append(PAIR)
        self._tuple(args)
        if kwargs:
            self._dict(dict(kwargs))
        else:
            # Numbered like any dict: the decoder will count it.
            self._remember(kwargs)
            self.parts.append(EMPTY_DICT)

    def payload(self) -> bytes:
        """Everything added so far."""
        return b"".join(self.parts)

    def _repeated(self, value: Any) -> bool:
        known = None if self._seen is None else self._seen.get(id(value))
        if known is None:
            return False
        self.parts.append(b"r" + U32.pack(known[0]))
        return True

    def _remember(self, value: Any) -> None:
        """Number an object as the decoder will."""
        if self._seen is not None:
            self._seen[id(value)] = len(self._seen), value

    def _none(self, value: None) -> None:
        self.parts.append(b"N")

    def _bool(self, value: bool) -> None:
        self.parts.append(b"T" if value else b"F")

    def _int(self, value: int) -> None:
        try:
            self.parts.append(b"i" + I64.pack(value))
        except struct.error:
            size = (value.bit_length() >> 3) + 1
            if size > MAX_INT_BYTES:
                self._inert(f"int of {value.bit_length()} bits")
            else:
                self.parts.append(
                    b"I" + U32.pack(size) + value.to_bytes(size, "little", signed=True)
                )

    def _float(self, value: float) -> None:
        self.parts.append(b"d" + F64.pack(value))

    def _complex(self, value: complex) -> None:
        self.parts.append(b"c" + C128.pack(value.real, value.imag))

    def _spend(self, size: int) -> None:
        self._room -= size
        if self._room < 0:
            raise TooLarge(_TOO_LARGE)

    def _str(self, value: str) -> None:
        data = value.encode("utf-8", "surrogatepass")
        self._spend(len(data))
        self.parts.append(b"s" + U32.pack(len(data)) + data)

    def _bytes(self, value: bytes) -> None:
        self._spend(len(value))
        self.parts.append(b"b" + U32.pack(len(value)))
        self.parts.append(value)

    def _enter(self) -> bool:
        if self._depth >= MAX_DEPTH:
            self._inert("container nested too deeply")
            return False
        self._depth += 1
        return True

    def _list(self, value: list[Any]) -> None:
        if self._repeated(value) or not self._enter():
            return
        self._remember(value)
        self.parts.append(b"l" + U32.pack(len(value)))
        for item in value:
            self.add(item)
        self._depth -= 1

    def _tuple(self, value: tuple[Any, ...]) -> None:
        if not self._enter():
            return
        self.parts.append(b"t" + U32.pack(len(value)))
        for item in value:
            # As `add`, without another call.
            writer = _WRITERS.get(type(item))
            if writer is None:
                self._other(item)
            else:
                writer(self, item)
        self._depth -= 1

    def _dict(self, value: dict[Any, Any]) -> None:
        if self._repeated(value):
            return
        # Over all dicts of the frame, as the decoder counts.
        weight = self._free_keys + sum(map(key_weight, value))
        if weight > MAX_FREE_KEYS:
            self._inert("dict with keys that cannot be sent")
            return
        if not self._enter():
            return
        self._free_keys = weight
        self._remember(value)
        self.parts.append(b"m" + U32.pack(len(value)))
        for key, item in value.items():
            self.add(key)
            self.add(item)
        self._depth -= 1

    def _array(self, value: Array) -> None:
        # Most of what crosses are small arrays: this does by hand what `_repeated`, `_spend` and `_remember` do.
        seen = self._seen
        if seen is not None:
            known = seen.get(id(value))
            if known is not None:
                self.parts.append(b"r" + U32.pack(known[0]))
                return
        original = value
        code = CODES.get(value.dtype)
        if code is None:
            plain = self._plain_dtype(value)
            if plain is None:
                self._inert(f"array of dtype {value.dtype}"[:MAX_NAME])
                return
            value, code = plain, CODES[plain.dtype]
        shape, size = value.shape, value.nbytes
        ndim = len(shape)
        if size > MAX_FRAME or ndim > MAX_NDIM or (size == 0 and not volume_fits(shape)):
            self._inert(f"array of {size} bytes")
            return
        self._room -= size
        if self._room < 0:
            raise TooLarge(_TOO_LARGE)
        layout = value.flags
        bits = 0 if original.flags.writeable else READ_ONLY
        if not layout.c_contiguous:
            if layout.f_contiguous:
                bits |= FORTRAN
            else:
                value = np.ascontiguousarray(value)
        if seen is not None:
            seen[id(original)] = len(seen), original
        self.parts.append(ARRAY[ndim].pack(b"a", code, bits, ndim, *shape) + value.tobytes("A"))

    def _plain_dtype(self, value: Any) -> Any:
        """The same numbers in a dtype that crosses, or None."""
        if value.dtype.kind not in "biufc":
            return None
        native = value.dtype.newbyteorder("=")
        if native in CODES:
            return value.astype(native)
        self.notes.append(f"{value.dtype} was narrowed to double precision")
        return value.astype(np.complex128 if value.dtype.kind == "c" else np.float64)

    def _scalar(self, value: Any) -> None:
        code = CODES.get(value.dtype)
        if code is None:
            plain = self._plain_dtype(value)
            if plain is None:
                self._inert(type(value).__name__)
                return
            value, code = plain, CODES[plain.dtype]
        self.parts.append(b"x" + bytes((code,)) + value.tobytes())

    def _inert(self, name: str) -> None:
        data = name.encode("utf-8", "replace")[:MAX_NAME]
        self.parts.append(b"h" + U32.pack(len(data)))
        self.parts.append(data)

    def _numbered(self, tag: bytes, number: int) -> None:
        self.parts.append(tag + U32.pack(number))

    def _own(self, value: Own) -> None:
        self.parts.append(b"f")
        self._str(value.name)

    def _other(self, value: Any) -> None:
        """A subclass of a type of the grammar becomes its base type; anything else is foreign or inert."""
        if self._foreign is not None:
            known = self._foreign(value)
            if known is not None:
                _WRITERS[type(known)](self, known)
                return
        kind = type(value)
        # numpy's own texts are both.
        if issubclass(kind, np.generic) and not issubclass(kind, (str, bytes)):
            self._scalar(value)
            return
        known = self._bases.get(id(value))
        if known is None:
            # Kept with the original, so that an object which occurs twice stays one.
            known = self._bases[id(value)] = _as_base_type(value), value
        _WRITERS[type(known[0])](self, known[0])


def written(value: Any) -> bytes:
    """One value alone, in bytes."""
    encoder = Encoder()
    encoder.add(value)
    return encoder.payload()


def _as_base_type(value: Any) -> Any:
    """The value without what its class adds; methods of that class, which may be a student's, are not asked."""
    kind = type(value)
    if issubclass(kind, np.ndarray) and not issubclass(kind, np.ma.MaskedArray):
        return np.ndarray.view(value, np.ndarray)
    if issubclass(kind, str):
        return str.__getitem__(value, slice(None))
    if issubclass(kind, bytes):
        return bytes.__getitem__(value, slice(None))
    if issubclass(kind, int):
        return int.__add__(value, 0)
    if issubclass(kind, float):
        return float.__add__(value, 0.0)
    if issubclass(kind, complex):
        return complex.__add__(value, 0j)
    if issubclass(kind, list):
        return list.__getitem__(value, slice(None))
    if issubclass(kind, tuple):
        return tuple.__getitem__(value, slice(None))
    if issubclass(kind, dict):
        return dict(dict.items(value))
    return Inert(_type_name(kind))


_WRITERS: dict[type, Callable[[Encoder, Any], None]] = {
    type(None): Encoder._none,
    bool: Encoder._bool,
    int: Encoder._int,
    float: Encoder._float,
    complex: Encoder._complex,
    str: Encoder._str,
    bytes: Encoder._bytes,
    list: Encoder._list,
    tuple: Encoder._tuple,
    dict: Encoder._dict,
    np.ndarray: Encoder._array,
    Inert: lambda encoder, value: encoder._inert(value.type_name),
    Callback: lambda encoder, value: encoder._numbered(b"k", value.number),
    Token: lambda encoder, value: encoder._numbered(b"o", value.number),
    GeneratorSlot: lambda encoder, value: encoder._numbered(b"g", value.number),
    Own: Encoder._own,
    **{dtype.type: Encoder._scalar for dtype in DTYPES},
}


def _type_name(kind: type) -> str:
    """The name of a type whose metaclass may lie."""
    name = type.__dict__["__name__"].__get__(kind)
    return name if type(name) is str else "object"
