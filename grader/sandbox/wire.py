"""The grammar of what passes between the trusted process and a worker: closed, checked before allocation, no pickle.

A frame is a 4-byte length and a payload; a payload is one byte that says what kind of message it is, an 8-byte nonce, and
a sequence of values. Every value starts with a one-byte tag; an unknown tag, a count that the remaining bytes cannot
hold, or anything beyond the limits below ends the conversation. Decoding costs time and memory linear in the payload,
whatever it holds.

Standard library and numpy only: a worker imports this.
"""

import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

MAX_FRAME = 64 << 20
MAX_DEPTH = 64
#: Values in one frame; a list of a million numbers passes, a frame of sixty million Nones does not.
MAX_NODES = 1 << 21
#: Dictionary keys that are not text: their hashes can be chosen to collide, text's cannot.
MAX_FREE_KEYS = 4096
#: Bytes of one whole number; printing longer ones takes time that is quadratic in their length.
MAX_INT_BYTES = 512
MAX_NAME = 200
MAX_NDIM = 32

HEADER = struct.Struct("<I")
_U32 = struct.Struct("<I")
_PAIR = b"t" + _U32.pack(2)
_EMPTY_DICT = b"m" + _U32.pack(0)
_I64 = struct.Struct("<q")
_F64 = struct.Struct("<d")
_C128 = struct.Struct("<dd")
#: An array's tag, dtype, flags, number of axes and lengths, by number of axes.
_ARRAY = [struct.Struct(f"<cBBB{ndim}Q") for ndim in range(MAX_NDIM + 1)]
_SHAPE = [struct.Struct(f"<{ndim}Q") for ndim in range(MAX_NDIM + 1)]

_DTYPES = [
    np.dtype(name)
    for name in ("bool", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64")
    + ("float16", "float32", "float64", "complex64", "complex128")
]
_CODES: dict[np.dtype[Any], int] = {dtype: code for code, dtype in enumerate(_DTYPES)}
_FORTRAN, _READ_ONLY = 1, 2

Array: TypeAlias = "np.ndarray[Any, Any]"


class WireError(Exception):
    """A frame or value that the grammar does not allow."""


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


class Message:
    """The kinds of messages; a request's answer repeats its nonce."""

    #: To the worker.
    LOAD, CALL, REPLACE, RETURNED, FAILED = (ord(letter) for letter in "LCPRF")
    #: To the trusted side.
    READY, LOADED, REPLACED, VALUE, RAISED, CALLBACK = (ord(letter) for letter in "ylpvxk")


NONCE_SIZE = 8


class Encoder:
    """Writes values; one encoder per payload.

    `foreign` may turn an object outside the grammar into a Callback, Token, GeneratorSlot or Own; what it returns None
    for is sent as Inert. With `references`, an object that occurs twice stays one object on the other side.
    """

    __slots__ = ("_depth", "_foreign", "_seen", "notes", "parts")

    def __init__(
        self, foreign: Callable[[Any], Any] | None = None, *, references: bool = False
    ) -> None:
        self.parts: list[bytes] = []
        self.notes: list[str] = []
        self._foreign = foreign
        #: Objects by id, kept alive so that no other object gets theirs.
        self._seen: dict[int, tuple[int, Any]] | None = {} if references else None
        self._depth = 0

    def begin(self, kind: int, nonce: bytes) -> None:
        """Start a message."""
        self.parts.append(bytes((kind,)) + nonce)

    def add(self, value: Any) -> None:
        """Append one value."""
        kind = type(value)
        # The commonest without another call.
        if kind is float:
            self.parts.append(b"d" + _F64.pack(value))
        elif kind is str:
            data = value.encode("utf-8", "surrogatepass")
            self.parts.append(b"s" + _U32.pack(len(data)) + data)
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
        self.parts.append(_PAIR)
        self._tuple(args)
        if kwargs:
            self._dict(dict(kwargs))
        else:
            # Numbered like any dict: the decoder will count it.
            self._remember(kwargs)
            self.parts.append(_EMPTY_DICT)

    def payload(self) -> bytes:
        """Everything added so far."""
        return b"".join(self.parts)

    def _repeated(self, value: Any) -> bool:
        known = None if self._seen is None else self._seen.get(id(value))
        if known is None:
            return False
        self.parts.append(b"r" + _U32.pack(known[0]))
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
            self.parts.append(b"i" + _I64.pack(value))
        except struct.error:
            size = (value.bit_length() >> 3) + 1
            if size > MAX_INT_BYTES:
                self._inert(f"int of {value.bit_length()} bits")
            else:
                self.parts.append(
                    b"I" + _U32.pack(size) + value.to_bytes(size, "little", signed=True)
                )

    def _float(self, value: float) -> None:
        self.parts.append(b"d" + _F64.pack(value))

    def _complex(self, value: complex) -> None:
        self.parts.append(b"c" + _C128.pack(value.real, value.imag))

    def _str(self, value: str) -> None:
        data = value.encode("utf-8", "surrogatepass")
        self.parts.append(b"s" + _U32.pack(len(data)))
        self.parts.append(data)

    def _bytes(self, value: bytes) -> None:
        self.parts.append(b"b" + _U32.pack(len(value)))
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
        self.parts.append(b"l" + _U32.pack(len(value)))
        for item in value:
            self.add(item)
        self._depth -= 1

    def _tuple(self, value: tuple[Any, ...]) -> None:
        if not self._enter():
            return
        self.parts.append(b"t" + _U32.pack(len(value)))
        for item in value:
            self.add(item)
        self._depth -= 1

    def _dict(self, value: dict[Any, Any]) -> None:
        if self._repeated(value):
            return
        free = sum(type(key) not in (str, bytes) for key in value)
        if free > MAX_FREE_KEYS or not all(_is_key(key) for key in value):
            self._inert("dict with keys that cannot be sent")
            return
        if not self._enter():
            return
        self._remember(value)
        self.parts.append(b"m" + _U32.pack(len(value)))
        for key, item in value.items():
            self.add(key)
            self.add(item)
        self._depth -= 1

    def _array(self, value: Array) -> None:
        if self._repeated(value):
            return
        original = value
        code = _CODES.get(value.dtype)
        if code is None:
            plain = self._plain_dtype(value)
            if plain is None:
                self._inert(f"array of dtype {value.dtype}"[:MAX_NAME])
                return
            value, code = plain, _CODES[plain.dtype]
        layout = value.flags
        bits = 0 if original.flags.writeable else _READ_ONLY
        if not layout.c_contiguous:
            if layout.f_contiguous:
                bits |= _FORTRAN
            else:
                value = np.ascontiguousarray(value)
        shape = value.shape
        if (
            value.nbytes > MAX_FRAME
            or len(shape) > MAX_NDIM
            or (value.size == 0 and not _volume_fits(shape))
        ):
            self._inert(f"array of {value.nbytes} bytes")
            return
        self._remember(original)
        self.parts.append(_ARRAY[len(shape)].pack(b"a", code, bits, len(shape), *shape))
        self.parts.append(value.tobytes("A"))

    def _plain_dtype(self, value: Any) -> Any:
        """The same numbers in a dtype that crosses, or None."""
        if value.dtype.kind not in "biufc":
            return None
        native = value.dtype.newbyteorder("=")
        if native in _CODES:
            return value.astype(native)
        self.notes.append(f"{value.dtype} was narrowed to double precision")
        return value.astype(np.complex128 if value.dtype.kind == "c" else np.float64)

    def _scalar(self, value: Any) -> None:
        code = _CODES.get(value.dtype)
        if code is None:
            plain = self._plain_dtype(value)
            if plain is None:
                self._inert(type(value).__name__)
                return
            value, code = plain, _CODES[plain.dtype]
        self.parts.append(b"x" + bytes((code,)) + value.tobytes())

    def _inert(self, name: str) -> None:
        data = name.encode("utf-8", "replace")[:MAX_NAME]
        self.parts.append(b"h" + _U32.pack(len(data)))
        self.parts.append(data)

    def _numbered(self, tag: bytes, number: int) -> None:
        self.parts.append(tag + _U32.pack(number))

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
        if issubclass(kind, np.ndarray) and not issubclass(kind, np.ma.MaskedArray):
            self._array(np.ndarray.view(value, np.ndarray))
        elif issubclass(kind, np.generic):
            self._scalar(value)
        elif issubclass(kind, int):
            self._int(int.__add__(value, 0))
        elif issubclass(kind, float):
            self._float(float.__add__(value, 0.0))
        elif issubclass(kind, complex):
            self._complex(complex.__add__(value, 0j))
        elif issubclass(kind, str):
            self._str(str.__str__(value))
        elif issubclass(kind, bytes):
            self._bytes(bytes.__getitem__(value, slice(None)))
        elif issubclass(kind, list):
            self._list(list.__getitem__(value, slice(None)))
        elif issubclass(kind, tuple):
            self._tuple(tuple.__getitem__(value, slice(None)))
        elif issubclass(kind, dict):
            self._dict(dict(dict.items(value)))
        else:
            self._inert(_type_name(kind))


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
} | {dtype.type: Encoder._scalar for dtype in _DTYPES}


def _type_name(kind: type) -> str:
    """The name of a type whose metaclass may lie."""
    name = type.__dict__["__name__"].__get__(kind)
    return name if type(name) is str else "object"


def _is_key(key: Any) -> bool:
    if type(key) is tuple:
        return all(_is_key(part) for part in key)
    return key is None or type(key) in _KEY_TYPES


_KEY_TYPES = frozenset({bool, int, float, complex, str, bytes, *(dtype.type for dtype in _DTYPES)})


def _volume_fits(shape: tuple[int, ...]) -> bool:
    """Whether a shape is harmless: axes of length zero do not make the others free."""
    volume = 1
    for length in shape:
        volume *= max(length, 1)
        if volume > MAX_FRAME:
            return False
    return True


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        raise WireError("text that is not UTF-8") from error


_STR, _FLOAT, _NONE = b"sdN"


class Decoder:
    """Reads the values of one payload. Raises WireError for whatever the grammar does not allow, and nothing else.

    `allowed` names the tags of the other side's own objects that may come this way: `k`, `o`, `g`, `f`, and `r` for
    references. `position` is where the next value starts.
    """

    __slots__ = (
        "_allowed", "_depth", "_end", "_free_keys", "_nodes", "_seen", "kind", "nonce", "payload", "position", "special"
    )  # fmt: skip

    def __init__(self, payload: bytes, allowed: bytes = b"") -> None:
        self.payload = payload
        self.position = 0
        self.kind = 0
        self.nonce = b""
        #: Whether any of the other side's own objects came.
        self.special = False
        self._end = len(payload)
        self._allowed = allowed
        self._seen: list[Any] | None = [] if b"r" in allowed else None
        self._nodes = 0
        self._free_keys = 0
        self._depth = 0

    def begin(self) -> int:
        """Read the kind and the nonce of a message; returns the kind."""
        head = self._take(1 + NONCE_SIZE)
        self.kind, self.nonce = head[0], head[1:]
        return self.kind

    def next(self) -> Any:
        """The next value."""
        payload, position = self.payload, self.position
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise WireError("too many values in one frame")
        if position >= self._end:
            raise WireError("truncated frame")
        tag = payload[position]
        # The commonest without another call.
        if tag == _STR and position + 5 <= self._end:
            start = position + 5
            self.position = end = start + _U32.unpack_from(payload, position + 1)[0]
            if end > self._end:
                raise WireError("truncated frame")
            return _text(payload[start:end])
        if tag == _FLOAT and position + 9 <= self._end:
            self.position = position + 9
            return _F64.unpack_from(payload, position + 1)[0]
        self.position = position + 1
        if tag == _NONE:
            return None
        reader = _READERS.get(tag)
        if reader is None:
            raise WireError(f"unknown tag {tag:#04x}")
        return reader(self)

    def new_scope(self) -> None:
        """Count references from here: what follows was written by an encoder of its own."""
        if self._seen is not None:
            self._seen.clear()

    def finish(self) -> None:
        """Raises WireError if anything is left."""
        if self.position != self._end:
            raise WireError("bytes after the last value")

    def _take(self, count: int) -> bytes:
        start = self.position
        self.position = end = start + count
        if end > self._end:
            raise WireError("truncated frame")
        return self.payload[start:end]

    def _u32(self) -> int:
        number: int = _U32.unpack(self._take(4))[0]
        return number

    def _remember(self, value: Any) -> None:
        if self._seen is not None:
            self._seen.append(value)

    def _count(self, smallest: int) -> int:
        """A count of values, each of which needs at least `smallest` of the remaining bytes."""
        count = self._u32()
        if count * smallest > self._end - self.position:
            raise WireError("a count beyond the end of the frame")
        if self._depth >= MAX_DEPTH:
            raise WireError("values nested too deeply")
        return count

    def _big_int(self) -> int:
        size = self._u32()
        if size > MAX_INT_BYTES:
            raise WireError("a whole number that is too long")
        return int.from_bytes(self._take(size), "little", signed=True)

    def _float(self) -> float:
        number: float = _F64.unpack(self._take(8))[0]
        return number

    def _int(self) -> int:
        number: int = _I64.unpack(self._take(8))[0]
        return number

    def _complex(self) -> complex:
        return complex(*_C128.unpack(self._take(16)))

    def _str(self) -> str:
        return _text(self._take(self._u32()))

    def _bytes(self) -> bytes:
        return self._take(self._u32())

    def _list(self) -> list[Any]:
        count = self._count(1)
        result: list[Any] = []
        self._remember(result)
        self._depth += 1
        for _ in range(count):
            result.append(self.next())
        self._depth -= 1
        return result

    def _tuple(self) -> tuple[Any, ...]:
        count = self._count(1)
        self._depth += 1
        result = tuple([self.next() for _ in range(count)])
        self._depth -= 1
        return result

    def _dict(self) -> dict[Any, Any]:
        count = self._count(2)
        result: dict[Any, Any] = {}
        self._remember(result)
        self._depth += 1
        for _ in range(count):
            key = self.next()
            if type(key) is not str and type(key) is not bytes:
                self._free_keys += 1
                if self._free_keys > MAX_FREE_KEYS or not _is_key(key):
                    raise WireError("a dict with keys that cannot be sent")
            result[key] = self.next()
        self._depth -= 1
        return result

    def _array(self) -> Array:
        code, flags, ndim = self._take(3)
        if code >= len(_DTYPES) or ndim > MAX_NDIM or flags > _FORTRAN | _READ_ONLY:
            raise WireError("an array header that cannot be")
        dtype = _DTYPES[code]
        shape = _SHAPE[ndim].unpack(self._take(8 * ndim))
        if not _volume_fits(shape):
            raise WireError("an array that is too large")
        count = 1
        for length in shape:
            count *= length
        start = self.position
        self.position = end = start + count * dtype.itemsize
        if end > self._end:
            raise WireError("truncated frame")
        # Copied on arrival: a view would be unaligned, read-only, and keep the whole frame alive.
        array = (
            np.frombuffer(self.payload, dtype, count, start).copy() if count else np.empty(0, dtype)
        )
        if code == 0:
            # A bool whose byte is neither 0 nor 1 has no meaning that numpy's loops agree on.
            array = array.view(np.uint8) != 0
        if ndim != 1:
            array = array.reshape(shape, order="F" if flags & _FORTRAN else "C")
        if flags & _READ_ONLY:
            array.flags.writeable = False
        if self._seen is not None:
            self._seen.append(array)
        return array

    def _scalar(self) -> Any:
        code = self._take(1)[0]
        if code >= len(_DTYPES):
            raise WireError(f"unknown dtype {code}")
        dtype = _DTYPES[code]
        data = self._take(dtype.itemsize)
        if dtype.kind == "b":
            return np.bool_(data != b"\0")
        return np.frombuffer(data, dtype)[0]

    def _inert(self) -> Inert:
        size = self._u32()
        if size > MAX_NAME:
            raise WireError("a type name that is too long")
        return Inert(self._take(size).decode("utf-8", "replace"))

    def _permit(self, tag: int) -> None:
        self.special = True
        if tag not in self._allowed:
            raise WireError(f"tag {chr(tag)!r} does not belong here")

    def _reference(self) -> Any:
        number = self._u32()
        if self._seen is None or number >= len(self._seen):
            raise WireError("a reference to nothing")
        return self._seen[number]

    def _callback(self) -> Callback:
        self._permit(0x6B)
        return Callback(self._u32())

    def _token(self) -> Token:
        self._permit(0x6F)
        return Token(self._u32())

    def _generator(self) -> GeneratorSlot:
        self._permit(0x67)
        return GeneratorSlot(self._u32())

    def _own(self) -> Own:
        self._permit(0x66)
        if self._take(1) != b"s":
            raise WireError("a function without a name")
        return Own(self._str())


_READERS: Mapping[int, Callable[[Decoder], Any]] = {
    ord("N"): lambda decoder: None,
    ord("T"): lambda decoder: True,
    ord("F"): lambda decoder: False,
    ord("i"): Decoder._int,
    ord("I"): Decoder._big_int,
    ord("d"): Decoder._float,
    ord("c"): Decoder._complex,
    ord("s"): Decoder._str,
    ord("b"): Decoder._bytes,
    ord("l"): Decoder._list,
    ord("t"): Decoder._tuple,
    ord("m"): Decoder._dict,
    ord("a"): Decoder._array,
    ord("x"): Decoder._scalar,
    ord("h"): Decoder._inert,
    ord("r"): Decoder._reference,
    ord("k"): Decoder._callback,
    ord("o"): Decoder._token,
    ord("g"): Decoder._generator,
    ord("f"): Decoder._own,
}
