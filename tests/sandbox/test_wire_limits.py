import contextlib
import signal
import struct
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import numpy as np
import pytest

from grader.sandbox import wire
from grader.sandbox.wire import OBJECTS, Inert, WireError
from tests.sandbox.payloads import decode, encode, same, there_and_back


class TooSlow(Exception):
    """More CPU time went by than anything linear could take."""


@contextmanager
def cpu_at_most(seconds: float) -> Iterator[None]:
    """Interrupt what takes far longer than it could if it were linear."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def nest(container: Any, depth: int) -> bytes:
    """A payload nested deeper than any encoder would write; `container(x)` holds x, last of what it holds."""
    leaf = encode(None)
    opening = encode(container(None))[: -len(leaf)]
    return opening * depth + leaf


CONTAINERS = [
    pytest.param(lambda item: [item], id="list"),
    pytest.param(lambda item: (item,), id="tuple"),
    pytest.param(lambda item: {"key": item}, id="dict"),
]


@pytest.mark.parametrize("container", CONTAINERS)
def test_a_value_may_be_nested_to_the_limit_and_no_deeper(container: Any) -> None:
    decode(nest(container, wire.MAX_DEPTH))
    for depth in (wire.MAX_DEPTH + 1, 100_000):
        with pytest.raises(WireError):
            decode(nest(container, depth))


@pytest.mark.parametrize("container", CONTAINERS)
def test_what_is_nested_too_deeply_is_sent_as_inert(container: Any) -> None:
    value: Any = None
    for _ in range(wire.MAX_DEPTH + 10):
        value = container(value)
    got = there_and_back(value)
    while not isinstance(got, Inert):
        got = got["key"] if isinstance(got, dict) else got[0]
    assert got == Inert("container nested too deeply")


def test_the_number_of_values_in_a_frame_is_limited() -> None:
    leaf, count = encode(None), wire.MAX_NODES
    payload = encode([None] * 5)[: -5 * len(leaf)].replace(
        struct.pack("<I", 5), struct.pack("<I", count)
    )
    with pytest.raises(WireError, match="too many values"):
        decode(payload + leaf * count)


def test_a_dict_with_too_many_keys_that_are_not_text_is_inert_and_refused_on_arrival() -> None:
    few = dict.fromkeys(range(wire.MAX_FREE_KEYS))
    assert there_and_back(few) == few
    many = dict.fromkeys(range(wire.MAX_FREE_KEYS + 1))
    assert isinstance(there_and_back(many), Inert)
    half = encode(dict.fromkeys(range(wire.MAX_FREE_KEYS // 2 + 1)))
    pair = encode([None, None])[: -2 * len(encode(None))]
    with pytest.raises(WireError):
        decode(pair + half + half)


def test_a_dict_whose_keys_have_been_chosen_to_collide_costs_linear_time() -> None:
    modulus = (1 << 61) - 1
    many = {modulus * number: None for number in range(1, wire.MAX_FREE_KEYS)}
    with cpu_at_most(5):
        there_and_back(many)


def test_long_keys_that_collide_cost_linear_time() -> None:
    # hash(-1) is hash(-2): keys that end differently collide, and are compared from their beginning.
    entries = []
    for number in range(2048):
        end = tuple(-1 - (number >> bit & 1) for bit in range(11))
        entries.append(encode((0.5,) * 900 + end) + encode(None))
    empty = encode({})
    payload = empty[:-4] + struct.pack("<I", len(entries)) + b"".join(entries)
    with cpu_at_most(5), contextlib.suppress(WireError):
        decode(payload)


def test_whole_numbers_are_only_so_long() -> None:
    longest = 1 << (8 * wire.MAX_INT_BYTES - 2)
    assert there_and_back(longest) == longest
    payload = bytearray(encode(longest))
    place = payload.index(struct.pack("<I", wire.MAX_INT_BYTES))
    payload[place : place + 4] = struct.pack("<I", wire.MAX_INT_BYTES + 1)
    with pytest.raises(WireError):
        decode(bytes(payload) + b"\0")


def test_names_of_types_are_only_so_long() -> None:
    payload = bytearray(encode(Inert("x" * 1000)))
    assert decode(bytes(payload)) == Inert("x" * wire.MAX_NAME)
    place = payload.index(struct.pack("<I", wire.MAX_NAME))
    payload[place : place + 4] = struct.pack("<I", wire.MAX_NAME + 1)
    with pytest.raises(WireError):
        decode(bytes(payload) + b"x")


def test_arrays_have_only_so_many_axes() -> None:
    most = np.zeros((1,) * wire.MAX_NDIM)
    payload = encode(most)
    assert same(decode(payload), most)
    axis = struct.pack("<Q", 1)
    place = payload.index(axis)
    damaged = payload[: place - 1] + bytes([wire.MAX_NDIM + 1]) + axis + payload[place:]
    with pytest.raises(WireError):
        decode(damaged)


@pytest.mark.parametrize("length", [1 << 27, 1 << 40, (1 << 62) + 1, (1 << 64) - 1])
@pytest.mark.parametrize("shape", [(5,), (5, 0), (0, 5), (5, 5)], ids=str)
def test_a_shape_beyond_the_frame_is_refused_before_anything_is_allocated(
    shape: tuple[int, ...], length: int
) -> None:
    payload = encode(np.zeros(shape)).replace(struct.pack("<Q", 5), struct.pack("<Q", length))
    assert peak_of_refusing(payload) < 1 << 20


@pytest.mark.parametrize(
    "value", [[0.5] * 5, (0.5,) * 5, dict.fromkeys("abcde"), "abcde", b"abcde"]
)
def test_a_count_beyond_the_frame_is_refused_before_anything_is_allocated(value: Any) -> None:
    payload = encode(value).replace(struct.pack("<I", 5), struct.pack("<I", (1 << 32) - 1), 1)
    assert peak_of_refusing(payload) < 1 << 20


def peak_of_refusing(payload: bytes) -> int:
    """The bytes that decoding allocates until it raises WireError."""
    tracemalloc.start()
    try:
        with pytest.raises(WireError):
            decode(payload, OBJECTS)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_shapes_whose_volume_overflows_are_refused() -> None:
    payload = encode(np.zeros((5, 5, 5)))
    with pytest.raises(WireError):
        decode(payload.replace(struct.pack("<Q", 5), struct.pack("<Q", 1 << 22)))


def test_an_array_larger_than_a_frame_is_sent_as_inert() -> None:
    assert isinstance(there_and_back(np.broadcast_to(0.0, (9 << 20,))), Inert)


def test_an_array_that_could_not_even_be_copied_is_sent_as_inert() -> None:
    assert isinstance(there_and_back(np.broadcast_to(0.0, (1 << 50,))), Inert)


def test_a_key_nested_beyond_every_limit_makes_its_dict_inert() -> None:
    key: Any = ()
    for _ in range(5000):
        key = (key,)
    assert isinstance(there_and_back({key: 1}), Inert)


@pytest.mark.parametrize(
    "value",
    [
        [{number: None, -1 - number: None} for number in range(4000)],
        {1 << 5000: 0},
        {(1 << 5000, "text"): 0},
    ],
    ids=["too many in all", "a key that is too long", "a part of a key that is too long"],
)
def test_keys_that_no_decoder_takes_are_not_sent(value: object) -> None:
    decode(encode(value))
