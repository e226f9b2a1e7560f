"""Values of the wire's grammar: to and from payloads, how to compare them, and how to draw them."""

import struct
from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.sandbox.wire import Decoder, Encoder

NAMES = (
    "bool int8 uint8 int16 uint16 int32 uint32 int64 uint64 float16 float32 float64 "
    "complex64 complex128"
)
DTYPES = [np.dtype(name) for name in NAMES.split()]


def encode(value: Any, *, references: bool = False) -> bytes:
    encoder = Encoder(references=references)
    encoder.add(value)
    return encoder.payload()


def decode(payload: bytes, allowed: bytes = b"") -> Any:
    decoder = Decoder(payload, allowed)
    value = decoder.next()
    decoder.finish()
    return value


def there_and_back(value: Any) -> Any:
    return decode(encode(value))


def same(one: Any, two: Any) -> bool:
    """Equal in type, value and bits, arrays in layout and flags too."""
    if type(one) is not type(two):
        return False
    if isinstance(one, np.ndarray):
        layout = ("c_contiguous", "f_contiguous", "writeable")
        return (
            bool(one.dtype == two.dtype)
            and one.shape == two.shape
            and one.tobytes() == two.tobytes()
            and all(getattr(one.flags, flag) == getattr(two.flags, flag) for flag in layout)
        )
    if isinstance(one, np.generic):
        return bool(one.dtype == two.dtype) and one.tobytes() == two.tobytes()
    if isinstance(one, (list, tuple)):
        return len(one) == len(two) and all(map(same, one, two))
    if isinstance(one, dict):
        return len(one) == len(two) and all(
            same(*keys) and same(one[keys[0]], two[keys[1]]) for keys in zip(one, two, strict=True)
        )
    if isinstance(one, float):
        return struct.pack("<d", one) == struct.pack("<d", two)
    if isinstance(one, complex):
        return same(one.real, two.real) and same(one.imag, two.imag)
    return bool(one == two)


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(1 << 300), 1 << 300),
    st.floats(),
    st.complex_numbers(),
    st.text(st.characters(exclude_categories=()), max_size=20),
    st.binary(max_size=20),
    st.sampled_from(DTYPES).flatmap(hnp.from_dtype),
)


@st.composite
def arrays(draw: st.DrawFn) -> Any:
    """An array of any dtype of the grammar, in any order, with or without the right to write."""
    shape = draw(hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4))
    array = draw(hnp.arrays(draw(st.sampled_from(DTYPES)), shape))
    array = np.array(array, order="F" if draw(st.booleans()) else "C")
    array.flags.writeable = draw(st.booleans())
    return array


KEYS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(max_size=5),
    st.binary(max_size=5),
    st.tuples(st.integers(), st.text(max_size=3)),
)
VALUES = st.recursive(
    st.one_of(SCALARS, arrays()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(KEYS, inner, max_size=4),
    ),
    max_leaves=12,
)
