import contextlib
from collections import OrderedDict, namedtuple
from decimal import Decimal
from enum import IntEnum
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.sandbox import wire
from grader.sandbox.wire import (
    OBJECTS,
    Callback,
    Decoder,
    Encoder,
    GeneratorSlot,
    Inert,
    Own,
    Token,
    WireError,
)
from tests.sandbox.payloads import DTYPES, VALUES, decode, encode, same, there_and_back


@settings(max_examples=50)
@given(VALUES)
def test_every_value_of_the_grammar_comes_back_the_same(value: Any) -> None:
    assert same(there_and_back(value), value)


@settings(max_examples=50)
@given(st.lists(VALUES, max_size=4))
def test_values_one_after_another_come_back_in_order(values: list[Any]) -> None:
    encoder = Encoder()
    for value in values:
        encoder.add(value)
    decoder = Decoder(encoder.payload())
    assert same([decoder.next() for _ in values], values)
    decoder.finish()


@settings(max_examples=50)
@given(st.binary(max_size=200))
def test_whatever_bytes_come_only_a_wire_error_is_raised(payload: bytes) -> None:
    with contextlib.suppress(WireError):
        decode(payload, OBJECTS)


@settings(max_examples=50)
@given(VALUES, st.data())
def test_a_damaged_payload_is_a_value_or_a_wire_error(value: Any, data: st.DataObject) -> None:
    payload = bytearray(encode((value, [value]), references=True))
    for _ in range(data.draw(st.integers(1, 4))):
        payload[data.draw(st.integers(0, len(payload) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(payload)))
    for damaged in (bytes(payload), bytes(payload[:cut])):
        with contextlib.suppress(WireError):
            decode(damaged, OBJECTS)


@settings(max_examples=50)
@given(VALUES)
def test_no_proper_beginning_of_a_payload_is_a_payload(value: Any) -> None:
    payload = encode(value)
    for cut in {0, 1, len(payload) // 2, len(payload) - 1} - {len(payload)}:
        with pytest.raises(WireError):
            decode(payload[:cut])


def test_bytes_after_the_last_value_are_refused() -> None:
    with pytest.raises(WireError):
        decode(encode(1) + b"\0")


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_arrays_of_every_dtype_may_be_written_to_after_they_arrived(dtype: Any) -> None:
    array = there_and_back(np.ones((2, 3), dtype))
    array[:] = 0
    assert not array.any()


@pytest.mark.parametrize(
    "value",
    [
        np.arange(12.0)[::2],
        np.arange(12.0).reshape(3, 4)[::-1, 1:],
        np.arange(24.0).reshape(2, 3, 4).transpose(1, 2, 0),
        np.broadcast_to(np.float32(2), (3, 2)),
        np.arange(5, dtype=">i4"),
        np.array(1.5),
        np.zeros((0, 3)),
        np.zeros((3, 0, 2), order="F"),
    ],
    ids=["strided", "reversed", "permuted", "broadcast", "big endian", "0-d", "empty", "empty F"],
)
def test_arrays_of_unusual_layout_keep_their_numbers(value: Any) -> None:
    got = there_and_back(value)
    assert got.shape == value.shape
    assert got.dtype == value.dtype.newbyteorder("=")
    assert (got == value).all()


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_an_array_without_axes_stays_an_array(dtype: Any) -> None:
    array = np.ones((), dtype)
    array.flags.writeable = False
    got = there_and_back(array)
    assert type(got) is np.ndarray
    assert (got.shape, got.dtype, got.flags.writeable) == ((), dtype, False)


def test_a_bool_array_in_fortran_order_stays_so() -> None:
    assert there_and_back(np.ones((2, 3), bool, order="F")).flags.f_contiguous


def test_an_array_in_fortran_order_stays_so_and_a_read_only_one_too() -> None:
    array = np.asfortranarray(np.arange(6.0).reshape(2, 3))
    array.flags.writeable = False
    got = there_and_back(array)
    assert got.flags.f_contiguous
    assert not got.flags.c_contiguous
    assert not got.flags.writeable


class Colour(IntEnum):
    RED = 3


class LyingFloat(float):
    def __add__(self, other: float) -> float:
        return 99.0

    def __float__(self) -> float:
        return 99.0

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = float.__hash__


class LyingArray(np.ndarray[Any, Any]):
    def __array_ufunc__(self, *args: Any, **kwargs: Any) -> Any:
        return True

    def tobytes(self, order: Any = "C") -> bytes:
        return b""


Point = namedtuple("Point", "x y")  # noqa: PYI024  # what students write


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (Colour.RED, 3),
        (LyingFloat(1.5), 1.5),
        (Point(1, 2.0), (1, 2.0)),
        (OrderedDict(a=1), {"a": 1}),
        (type("MyList", (list,), {})([1, 2]), [1, 2]),
        (type("Text", (str,), {"__str__": lambda self: "no"})("yes"), "yes"),
        (type("Bytes", (bytes,), {})(b"yes"), b"yes"),
        (np.arange(3.0).view(LyingArray), np.arange(3.0)),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_subclass_becomes_its_base_type(value: Any, plain: Any) -> None:
    assert same(there_and_back(value), plain)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ({1, 2}, "set"),
        ((number for number in range(3)), "generator"),
        (range(3), "range"),
        (len, "builtin_function_or_method"),
        (lambda: None, "function"),
        (Decimal(1), "Decimal"),
        (object(), "object"),
        (int, "type"),
        (NotImplemented, "NotImplementedType"),
        (np.array([None, 1]), "array of dtype object"),
        (np.array(["text"]), "array of dtype <U4"),
        (np.array(["2030-01-01"], "M8[D]"), "array of dtype datetime64[D]"),
        (np.zeros(2, [("a", "f8")]), "array of dtype [('a', '<f8')]"),
        (np.ma.masked_array([1.0, 2.0], [True, False]), "MaskedArray"),
        (1 << 5000, "int of 5001 bits"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_anything_else_arrives_as_the_name_of_its_type(value: Any, name: str) -> None:
    assert there_and_back([value, 7]) == [Inert(name), 7]


def test_long_double_is_narrowed_with_a_note() -> None:
    encoder = Encoder()
    encoder.add(np.ones(2, np.longdouble))
    assert same(decode(encoder.payload()), np.ones(2))
    assert encoder.notes == ["float128 was narrowed to double precision"]


def test_a_metaclass_cannot_make_the_name_of_a_type_run_code() -> None:
    class Meta(type):
        @property
        def __name__(cls) -> str:  # type: ignore[override]  # what students write
            raise RuntimeError

    assert there_and_back(Meta("Odd", (), {})()) == Inert("Odd")


def test_equal_objects_in_one_call_stay_one_object() -> None:
    array, inner, table = np.ones(3), [1], {"a": 2}
    payload = encode((array, inner, {"x": array}, [inner, table], table), references=True)
    first, second, third, fourth, fifth = decode(payload, b"r")
    assert first is third["x"]
    assert second is fourth[0]
    assert fifth is fourth[1]
    assert first is not second


def test_a_list_that_holds_itself_arrives_so() -> None:
    knot: list[Any] = [1]
    knot.append(knot)
    got = decode(encode(knot, references=True), b"r")
    assert got[1] is got


def test_without_references_a_list_that_holds_itself_ends_at_the_depth_limit() -> None:
    knot: list[Any] = []
    knot.append(knot)
    assert b"nested too deeply" in encode(knot)
    there_and_back(knot)


@pytest.mark.parametrize("letter", ["k", "o", "g", "f"])
def test_objects_of_the_other_side_come_only_where_they_may(letter: str) -> None:
    handle = {"k": Callback(3), "o": Token(3), "g": GeneratorSlot(3), "f": Own("f")}[letter]
    payload = encode(handle)
    assert decode(payload, letter.encode()) == handle
    with pytest.raises(WireError):
        decode(payload, OBJECTS.replace(letter.encode(), b""))


def test_references_come_only_where_they_may() -> None:
    shared = [1]
    payload = encode((shared, shared), references=True)
    with pytest.raises(WireError):
        decode(payload, b"kogf")


def test_a_bool_array_of_other_bytes_is_made_of_zeros_and_ones() -> None:
    payload = encode(np.array([True, False, True])).replace(b"\1\0\1", b"\7\0\xff")
    got = decode(payload)
    assert got.view(np.uint8).tolist() == [1, 0, 1]


@pytest.mark.parametrize("value", [np.str_("label"), np.bytes_(b"label")])
def test_text_that_came_out_of_an_array_is_text(value: Any) -> None:
    assert there_and_back(value) == value.item()


def test_the_same_object_of_a_subclass_stays_one_object() -> None:
    table = OrderedDict(a=1)
    first, second = decode(encode((table, table), references=True), b"r")
    assert first is second


def test_the_kind_and_nonce_of_a_message_come_back() -> None:
    encoder = Encoder()
    encoder.begin(wire.Message.CALL, b"12345678")
    encoder.add(None)
    decoder = Decoder(encoder.payload())
    assert decoder.begin() == wire.Message.CALL
    assert decoder.nonce == b"12345678"
    assert decoder.next() is None


@settings(max_examples=50)
@given(st.binary(max_size=8))
def test_a_message_without_a_whole_head_is_refused(payload: bytes) -> None:
    with pytest.raises(WireError):
        Decoder(payload).begin()
