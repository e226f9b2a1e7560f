"""Reads values of the grammar, and refuses everything else before it costs anything."""

from collections.abc import Callable, Mapping
from math import prod
from typing import Any, Literal

import numpy as np

from grader.sandbox.wire._grammar import (
    C128,
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
    MAX_NODES,
    NONCE_SIZE,
    PAIR,
    READ_ONLY,
    SHAPE,
    U32,
    Array,
    Callback,
    GeneratorSlot,
    Inert,
    Own,
    Token,
    WireError,
    key_weight,
    volume_fits,
)


def _surrogates(data: bytes) -> str:
    """Text that may hold half surrogate pairs."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        raise WireError("text that is not UTF-8") from error


_STR, _FLOAT, _NONE = b"sdN"
_PAIR_OF_TUPLE = PAIR + b"t"
_BYTE = np.dtype(np.uint8)
#: A submission may put something else in its place in its own worker.
_ndarray = np.ndarray


class Decoder:
    """Reads the values of one payload. Raises WireError for whatever the grammar does not allow, and nothing else.

    `allowed` names the tags of the other side's own objects that may come this way: `k`, `o`, `g`, `f`, and `r` for
    references. `position` is where the next value starts.
    """

    __slots__ = (
        "_allowed", "_arrays", "_depth", "_end", "_free_keys", "_nodes", "_seen",
        "kind", "nonce", "payload", "position", "special",
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
        #: Those of them that are ordinary arrays, as they came: shape, dtype, and where their elements stand.
        self._arrays: list[tuple[Array, tuple[int, ...], np.dtype[Any], int, int]] = []
        self._nodes = 0
        self._free_keys = 0
        self._depth = 0

    def begin(self) -> int:
        """Read the kind and the nonce of a message; returns the kind."""
        head = self._take(1 + NONCE_SIZE)
        self.kind, self.nonce = head[0], head[1:]
        return self.kind

    def begin_answer(self) -> int:
        """Read the kind of an answer to one of several calls; returns the kind."""
        position = self.position
        if position >= self._end:
            raise WireError("truncated frame")
        self.position = position + 1
        self.kind = kind = self.payload[position]
        self.special = False
        return kind

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
            self.position = end = start + U32.unpack_from(payload, position + 1)[0]
            if end > self._end:
                raise WireError("truncated frame")
            try:
                return payload[start:end].decode()
            except UnicodeDecodeError:
                return _surrogates(payload[start:end])
        if tag == _FLOAT and position + 9 <= self._end:
            self.position = position + 9
            return F64.unpack_from(payload, position + 1)[0]
        self.position = position + 1
        if tag == _NONE:
            return None
        reader = _READERS.get(tag)
        if reader is None:
            raise WireError(f"unknown tag {tag:#04x}")
        return reader(self)

    @property
    def ended(self) -> bool:
        """Whether nothing is left."""
        return self.position >= self._end

    def new_scope(self) -> None:
        """Count from here: what follows was written by an encoder of its own."""
        self.special = False
        self._nodes = self._free_keys = 0
        if self._seen:
            self._seen.clear()
            self._arrays.clear()

    def arguments(self) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """What `Encoder.add_arguments` wrote, by the shortest way."""
        payload = self.payload
        if not payload.startswith(_PAIR_OF_TUPLE, self.position):
            raise WireError("arguments that are none")
        self.position += len(_PAIR_OF_TUPLE)
        args = self._tuple()
        if payload.startswith(EMPTY_DICT, self.position):
            self.position += len(EMPTY_DICT)
            kwargs: dict[str, Any] = {}
            self._remember(kwargs)
            return args, kwargs
        return args, self.next()

    def arguments_kept(self) -> bool:
        """Whether arguments that were read since the last scope can be seen at a glance to be as they came. If not,
        they may still be: that takes writing them again.
        """
        # At a glance: arrays and what nobody can write to, and one dict, of the keywords, which nobody else has.
        if self._seen is None or len(self._seen) != len(self._arrays) + 1:
            return False
        payload = self.payload
        for array, shape, dtype, start, end in self._arrays:
            if (
                array.shape != shape
                or array.dtype is not dtype
                or not array.flags.writeable
                or array.tobytes() != payload[start:end]
            ):
                return False
        return True

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
        start = self.position
        self.position = end = start + 4
        if end > self._end:
            raise WireError("truncated frame")
        number: int = U32.unpack_from(self.payload, start)[0]
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
        number: float = F64.unpack(self._take(8))[0]
        return number

    def _int(self) -> int:
        number: int = I64.unpack(self._take(8))[0]
        return number

    def _complex(self) -> complex:
        return complex(*C128.unpack(self._take(16)))

    def _str(self) -> str:
        return _surrogates(self._take(self._u32()))

    def _bytes(self) -> bytes:
        return self._take(self._u32())

    def _list(self) -> list[Any]:
        count = self._count(1)
        result: list[Any] = []
        self._remember(result)
        self._depth += 1
        # In place: the list was remembered empty, for references from within it.
        result += [self.next() for _ in range(count)]
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
            if type(key) is not str:
                self._free_keys += key_weight(key)
                if self._free_keys > MAX_FREE_KEYS:
                    raise WireError("a dict with keys that cannot be sent")
            result[key] = self.next()
        self._depth -= 1
        return result

    def _array(self) -> Array:
        code, flags, ndim = self._take(3)
        if code >= len(DTYPES) or ndim > MAX_NDIM or flags > FORTRAN | READ_ONLY:
            raise WireError("an array header that cannot be")
        position = self.position
        start = position + 8 * ndim
        if start > self._end:
            raise WireError("truncated frame")
        shape = SHAPE[ndim].unpack_from(self.payload, position)
        count = prod(shape)
        if count > MAX_FRAME or (count == 0 and not volume_fits(shape)):
            raise WireError("an array that is too large")
        # A bool whose byte is neither 0 nor 1 has no meaning that numpy's loops agree on.
        dtype = DTYPES[code] if code else _BYTE
        self.position = end = start + count * dtype.itemsize
        if end > self._end:
            raise WireError("truncated frame")
        order: Literal["F", "C"] = "F" if flags & FORTRAN else "C"
        # Copied on arrival: a view would be unaligned, read-only, and keep the whole frame alive.
        array: Array = _ndarray(shape, dtype, self.payload, start, order=order).copy(order)
        if code == 0:
            # Of an array without axes, this alone would be no array.
            array = np.asarray(array != 0)
        if flags & READ_ONLY:
            array.flags.writeable = False
        if self._seen is not None:
            self._seen.append(array)
            if not flags:
                self._arrays.append((array, shape, array.dtype, start, end))
        return array

    def _scalar(self) -> Any:
        code = self._take(1)[0]
        if code >= len(DTYPES):
            raise WireError(f"unknown dtype {code}")
        dtype = DTYPES[code]
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
