"""Whatever a student returns: comparing and describing end soon, never raise, and say little."""

import sys
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.compare import describe, difference, show

LIMIT = 1500
NAN, INF = float("nan"), float("inf")


def nested(depth: int, kind: Any = list) -> Any:
    value: Any = 1.0
    for _ in range(depth):
        value = {"k": value} if kind is dict else kind([value])
    return value


def shared(levels: int, leaf: Any) -> Any:
    """A few lists on the wire, two to the power of `levels` when they are walked."""
    value = [leaf, None]
    for _ in range(levels):
        value = [value, value]
    return value


HUGE = 10**6000
VALUES: dict[str, Any] = {
    "an integer that Python refuses to print": HUGE,
    "its negative": -HUGE,
    "a list of such integers": [HUGE, -HUGE] * 50,
    "a dict with such keys": {HUGE: 1, (HUGE, "a"): 2, b"x": 3, None: 4, NAN: 5, True: 6},
    "a very long text": "x" * (64 << 20),
    "very long bytes": b"x" * (64 << 20),
    "text that no terminal should see": "\x1b[2J\u202e\ud800\x00\n" * 100,
    "a deeply nested list": nested(5_000),
    "a deeply nested tuple": nested(5_000, tuple),
    "a deeply nested dict": nested(5_000, dict),
    "a list as deep as the wire allows": nested(64),
    "lists that share their parts": shared(60, 1.0),
    "nothing but NaN": np.full(100_000, NAN),
    "NaN and infinities": np.array([NAN, INF, -INF, 1e308, -1e308, 5e-324]),
    "complex NaN": np.full((3, 4), complex(NAN, INF)),
    "no element": np.zeros((0, 3)),
    "no element but a long axis": np.zeros((0, 10**15)),
    "thirty-two axes": np.ones((1,) * 32),
    "two to the twenty elements on twenty axes": np.zeros((2,) * 20),
    "eight million bytes": np.zeros(8_000_000, dtype=np.uint8),
    "a 0-d array": np.array(NAN),
    "objects": np.array([1, None, "a"]),
    "dates": np.array(["2020-01-01"], dtype="datetime64[D]"),
    "a record": np.zeros(2, dtype=[("a", "f8")]),
    "a number type of numpy": np.uint64(2**64 - 1),
    "an empty list": [],
    "an empty text": "",
    "nothing": None,
    "a set": {1, 2},
    "a generator": (i for i in range(3)),
    "a type": int,
    "a mixed list": [None, 1, "a", b"b", [], {}, NAN, 1j, np.zeros(3)],
}
EXPECTED: list[Any] = [
    0.5, 3, True, 1j, "a", b"a", None, np.zeros(3), np.zeros((3, 4)), np.array(1.0), np.arange(3),
    np.zeros((2,) * 20) + 1, np.arange(100_000.0), [1.0, 2.0], (1.0, None), {"a": 1}, [], np.zeros(0),
]  # fmt: skip


@pytest.mark.parametrize("name", VALUES)
def test_it_is_told_from_every_expected_value_in_a_bounded_message(name: str) -> None:
    for expected in EXPECTED:
        for exact in (False, True):
            found = difference(VALUES[name], expected, exact=exact)
            if found is not None:
                assert 10 < len(describe(found)) <= LIMIT
                assert "\x1b" not in describe(found)


@pytest.mark.parametrize("name", VALUES)
def test_it_can_stand_on_both_sides_and_anywhere_inside(name: str) -> None:
    value = VALUES[name]
    for actual, expected in (
        (value, value),
        ([value, 1], [value, 2]),
        ((1, [value]), (1, [np.zeros(3)])),
        ({"k": value}, {"k": [value, value]}),
        ([value, value], [value, None]),
    ):
        found = difference(actual, expected)
        if found is not None:
            assert len(describe(found)) <= LIMIT


@pytest.mark.parametrize("name", VALUES)
def test_it_is_shown_within_the_limit(name: str) -> None:
    for limit in (1, 20, 200):
        assert len(show(VALUES[name], limit)) <= limit
        assert "\x1b" not in show(VALUES[name], limit)


def test_nesting_beyond_all_bounds_is_a_difference_even_from_itself() -> None:
    value = nested(5_000)
    found = difference(value, value)
    assert found is not None
    assert found.kind == "limit"


def test_nesting_that_the_wire_allows_is_compared() -> None:
    assert difference(nested(64), nested(64)) is None


def test_lists_that_unfold_without_end_are_a_difference() -> None:
    found = difference(shared(60, 1.0), shared(60, 1.0))
    assert found is not None
    assert found.kind == "limit"
    assert "too large" in describe(found)


def test_long_parts_that_are_shared_exhaust_the_budget_too() -> None:
    parts: list[Any] = [[1.0] * 100_000, np.zeros(10**6), "x" * 10**7, 1 << 10**7]
    for part in parts:
        found = difference([part, None] * 200_000, [part, None] * 200_000)
        assert found is not None
        assert found.kind == "limit"


def test_a_long_list_of_numbers_is_compared() -> None:
    assert difference([1.0] * 2_000_000, [1.0] * 2_000_000) is None


def test_lists_of_integers_near_the_end_of_64_bits_are_compared_exactly() -> None:
    for values in ([2**63], [2**63, -1], [2**64], [2**64 - 1, 2**63 - 1], [-(2**63)]):
        assert difference(values, list(values), exact=True) is None
        assert difference([values[0] + 1, *values[1:]], values, exact=True) is not None


@pytest.mark.parametrize("expected", [2**63, 2**64, -(2**64), 10**400])
def test_integers_beyond_what_arrays_hold_are_worded(expected: int) -> None:
    for actual in (False, 0.5, 2 * expected):
        found = difference(actual, expected)
        assert found is not None
        assert "returned" in describe(found)


def test_show_writes_plain_values_as_python_does() -> None:
    nests: list[Any] = [[1, (2,), {"a": (1, 2)}], (), {}, [], ((),)]
    for value in [None, True, 3, -0.5, 1j, "it's", b"x", *nests]:
        assert show(value) == repr(value)
    assert show(np.float64(0.1)) == "0.1"
    assert show(np.array([1.0, 2.0])) == "[1., 2.]"


def test_show_says_how_large_a_value_is_that_it_does_not_write() -> None:
    assert show(np.zeros((100, 3))) == "<array of shape (100, 3) and dtype float64>"
    assert show(HUGE) == "<integer of about 6001 digits>"
    assert show(-HUGE) == "<negative integer of about 6001 digits>"
    assert show("x" * 1000, 60).startswith("'xxx")
    assert show("x" * 1000, 60).endswith("(1000 characters)")
    assert show(list(range(100))) == "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, …]"
    assert show({1}) == "<set>"


def test_a_message_that_cannot_be_written_is_replaced() -> None:
    class Unprintable:
        def __len__(self) -> int:
            raise RuntimeError("no")

    found = difference(1, 2)
    assert found is not None
    object.__setattr__(found, "worst", Unprintable())
    assert describe(found) == "the result differs from the expected one (values)."


def test_the_limit_of_integer_digits_is_in_force_here() -> None:
    # Else the tests above prove nothing.
    assert 0 < sys.get_int_max_str_digits() < 6000


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.complex_numbers(),
    st.text(max_size=5),
    st.binary(max_size=5),
    st.floats(width=32).map(np.float32),
    st.integers(0, 2**64 - 1).map(np.uint64),
)
ARRAYS = hnp.arrays(
    st.sampled_from([np.bool_, np.uint8, np.int64, np.float16, np.float64, np.complex64]),
    hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4),
)
KEYS = st.one_of(st.text(max_size=3), st.integers(), st.floats(), st.tuples(st.integers()))
TREES = st.recursive(
    st.one_of(SCALARS, ARRAYS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(KEYS, inner, max_size=4),
    ),
    max_leaves=8,
)


@settings(max_examples=150)
@given(TREES, TREES, st.booleans())
def test_no_two_trees_make_it_raise(actual: Any, expected: Any, exact: bool) -> None:
    found = difference(actual, expected, exact=exact)
    if found is not None:
        text = describe(found)
        assert 10 < len(text) <= LIMIT
        assert "the result differs from the expected one" not in text


@settings(max_examples=100)
@given(TREES, st.integers(1, 100))
def test_show_never_raises_or_exceeds_its_limit(value: Any, limit: int) -> None:
    assert len(show(value, limit)) <= limit
