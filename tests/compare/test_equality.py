"""What counts as equal and what does not."""

import math
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.compare import TOLERANCES, Tolerance, difference

NAN, INF = float("nan"), float("inf")
RAMP = np.arange(12.0).reshape(3, 4)


class Pair(NamedTuple):
    w: Any
    b: float


class Handle:
    """Stands in for what the sandbox leaves of a value that cannot cross."""

    def __init__(self, type_name: str) -> None:
        self.type_name = type_name


EQUAL_WHEN_CLOSE: list[tuple[Any, Any]] = [
    (1.0, 1.0),
    (1, 1.0),
    (True, 1.0),
    (1.0, True),
    (np.float32(0.5), 0.5),
    (np.int8(-3), -3.0),
    (np.array(2.5), 2.5),
    (2.5, np.array(2.5)),
    (np.float64(2.5), np.array(2.5)),
    (0.0, -0.0),
    (NAN, NAN),
    (INF, INF),
    (-INF, np.float64("-inf")),
    (1 + 2j, 1 + 2j),
    (1.0, 1 + 0j),
    (complex(NAN, 0), complex(0, NAN)),
    (1e300 * (1 + 1e-13), 1e300),
    (10**400, 10**400),
    (2**63, np.uint64(2**63)),
    ("relu", "relu"),
    (b"relu", b"relu"),
    (None, None),
    ([], []),
    ((), ()),
    ({}, {}),
    ([1, 2.0, True], [1.0, 2, 1]),
    ((1, [2, {"a": RAMP}]), (1, [2, {"a": RAMP.copy()}])),
    ((RAMP, 1.0), Pair(RAMP, 1.0)),
    ({"b": 1, "a": 2}, {"a": 2, "b": 1}),
    ([None, "a"], [None, "a"]),
    ([NAN, 1.0], [NAN, 1.0]),
    (np.array([]), np.array([])),
    (np.zeros((0, 3)), np.zeros((0, 3))),
    (np.array([1, 2], dtype=np.uint8), np.array([1.0, 2.0])),
    (np.array([True, False]), np.array([1.0, 0.0])),
    (np.array([1.0, 0.0]), np.array([True, False])),
    (np.array([1.0, NAN, INF, -INF]), np.array([1.0, NAN, INF, -INF])),
    (np.array([0.0, -0.0]), np.array([-0.0, 0.0])),
    (np.asfortranarray(RAMP), RAMP),
    (np.asfortranarray(RAMP), np.asfortranarray(RAMP)),
    (RAMP[:, ::-1][:, ::-1], RAMP),
    (RAMP.astype(complex), RAMP.astype(complex)),
    (RAMP, RAMP.astype(complex)),
    (RAMP * (1 + 5e-13), RAMP),
    (np.array([1e-15, 1.0]), np.array([0.0, 1.0])),
    (np.array([0.5], dtype=np.float16), np.array([0.5])),
]

DIFFERENT_WHEN_CLOSE: list[tuple[Any, Any, str]] = [
    (1.0, 1.0 + 1e-11, "values"),
    (1e-13, 0.0, "values"),
    (np.uint8(255), -1, "values"),
    (10**400, 10**400 + 1, "values"),
    (10**400, 1.0, "values"),
    (1.0, 10**400, "values"),
    (NAN, 1.0, "nan"),
    (1.0, NAN, "nan"),
    (INF, 1e308, "inf"),
    (1e308, INF, "inf"),
    (INF, -INF, "inf"),
    (INF, NAN, "nan"),
    (1 + 1j, 1.0, "dtype"),
    (1 + 0j, 1.0, "dtype"),
    (1 + 1j, 1 - 1j, "values"),
    (None, 1.0, "nothing"),
    (None, RAMP, "nothing"),
    (None, [1], "nothing"),
    (None, "a", "nothing"),
    (0.0, None, "type"),
    ("1", 1, "type"),
    (1, "1", "type"),
    ("a", b"a", "type"),
    ("a", "b", "text"),
    ("a", "ab", "text"),
    (b"a", b"b", "text"),
    ([1.0], 1.0, "type"),
    (1.0, [1.0], "type"),
    ("ab", ["a", "b"], "type"),
    ([1, 2], (1, 2), "container"),
    ((1, 2), [1, 2], "container"),
    ([1.0, 2.0], np.array([1.0, 2.0]), "container"),
    (np.array([1.0, 2.0]), [1.0, 2.0], "container"),
    ({0: 1}, [1], "container"),
    ([1, 2], [1, 2, 3], "length"),
    ((), (1,), "length"),
    ({"a": 1}, {"b": 1}, "keys"),
    ({"a": 1, "b": 2}, {"a": 1}, "keys"),
    ({"a": 1}, {"a": 1, "b": 2}, "keys"),
    ({"a": 1}, {"a": 2}, "values"),
    (RAMP.T, RAMP, "shape"),
    (RAMP[:, :1], RAMP[:, 0], "shape"),
    (np.array([1.0]), 1.0, "shape"),
    (1.0, np.array([1.0]), "shape"),
    (np.array(1.0), np.array([1.0]), "shape"),
    (np.array([]), np.array([1.0]), "shape"),
    (np.zeros((0, 3)), np.zeros((3, 0)), "shape"),
    (RAMP.astype(complex), RAMP, "dtype"),
    (RAMP + 1e-6, RAMP, "values"),
    (np.array([1, 2], dtype=np.uint8) - np.uint8(2), np.array([-1, 0]), "values"),
    (np.array([1.0, NAN]), np.array([1.0, 2.0]), "nan"),
    (np.array([NAN, 1.0]), np.array([1.0, NAN]), "nan"),
    (np.array([1.0, INF]), np.array([1.0, -INF]), "inf"),
    (np.array([1.0, 5.0]), np.array([1.0, INF]), "inf"),
    (np.array([NAN, INF]), np.array([1.0, 2.0]), "inf"),
    (np.array([NAN, INF, 7.0]), np.array([1.0, 2.0, 3.0]), "values"),
    (np.array(["a"]), np.array([1.0]), "dtype"),
    (np.array([1, None]), np.array([1.0, 2.0]), "dtype"),
    (Handle("generator"), RAMP, "handle"),
    (Handle("set"), 1.0, "handle"),
    (Handle("set"), Handle("set"), "handle"),
    (1.0, Handle("set"), "handle"),
    ({1, 2}, {1, 2}, "handle"),
]


@pytest.mark.parametrize(("actual", "expected"), EQUAL_WHEN_CLOSE)
def test_these_are_close(actual: Any, expected: Any) -> None:
    assert difference(actual, expected) is None


@pytest.mark.parametrize(("actual", "expected", "kind"), DIFFERENT_WHEN_CLOSE)
def test_these_are_not_close(actual: Any, expected: Any, kind: str) -> None:
    found = difference(actual, expected)
    assert found is not None
    assert found.kind == kind


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (3, 3),
        (np.int64(3), 3),
        (3, np.uint8(3)),
        (np.array(3), 3),
        (True, True),
        (np.True_, True),
        (3, 3.0),
        (0.1, 0.1),
        (NAN, NAN),
        (-0.0, 0.0),
        (None, None),
        ("a", "a"),
        (2**53 + 1, 2**53 + 1),
        (10**400, 10**400),
        ([0, 2, 1], [0, 2, 1]),
        ({0: 1}, {np.int64(0): 1}),
        ({("a", 1): 1}, {("a", 1): 1}),
        (np.array([1, 2], dtype=np.uint8), np.array([1, 2])),
        (np.array([True]), np.array([True])),
        (np.array([0.5, NAN, INF]), np.array([0.5, NAN, INF])),
        (np.array([2**63 - 1]), np.array([2**63 - 1], dtype=np.uint64)),
        (np.array([2**60]), np.array([2.0**60])),
        (np.array([], dtype=np.int64), np.array([], dtype=np.int64)),
    ],
)
def test_these_are_exactly_equal(actual: Any, expected: Any) -> None:
    assert difference(actual, expected, exact=True) is None


@pytest.mark.parametrize(
    ("actual", "expected", "kind"),
    [
        (3.0, 3, "dtype"),
        (True, 1, "dtype"),
        (np.float64(3), np.int64(3), "dtype"),
        (1, True, "dtype"),
        (1.0, True, "dtype"),
        (0.1 + 0.2, 0.3, "values"),
        (np.float32(0.1), 0.1, "values"),
        (float(2**53), 2**53 + 1, "dtype"),
        (2**53 + 1, float(2**53), "values"),
        ([0.0, 1.0], [0, 1], "dtype"),
        ([True, False], [1, 0], "dtype"),
        ([0, True], [0, 1], "dtype"),
        ({True: 1}, {1: 1}, "keys"),
        ({1.0: 1}, {1: 1}, "keys"),
        (np.array([1.0, 2.0]), np.array([1, 2]), "dtype"),
        (np.array([True]), np.array([1]), "dtype"),
        (np.array([1]), np.array([True]), "dtype"),
        (np.array([], dtype=float), np.array([], dtype=int), "dtype"),
        (np.array([2**53]), np.array([2**53 + 1]), "values"),
        (np.array([2**53 + 1]), np.array([2.0**53]), "values"),
        (np.array([2**63 - 1]), np.array([2.0**63]), "values"),
        (np.array([2**64 - 1], dtype=np.uint64), np.array([2.0**64]), "values"),
        (np.array([-1]), np.array([2**64 - 1], dtype=np.uint64), "values"),
        (np.array([1 + 1e-16j]), np.array([1 + 0j]), "values"),
    ],
)
def test_these_are_not_exactly_equal(actual: Any, expected: Any, kind: str) -> None:
    found = difference(actual, expected, exact=True)
    assert found is not None
    assert found.kind == kind


def test_the_class_exact_and_the_flag_mean_the_same() -> None:
    assert difference(1.0, 1, "EXACT") == difference(1.0, 1, exact=True)


def test_bounds_override_those_of_a_class() -> None:
    assert difference(1.1, 1.0, rtol=0.2) is None
    assert difference(1.1, 1.0, atol=0.2) is None
    assert difference(1.0 + 1e-13, 1.0, rtol=0, atol=0) is not None
    assert difference(1.1, 1, "EXACT", atol=0.2) is None


def test_without_room_values_are_compared_exactly_but_kinds_are_not() -> None:
    assert difference(3.0, 3, rtol=0, atol=0) is None
    assert difference(2**53 + 1, 2**53, rtol=0, atol=0) is not None


def test_with_atol_zero_an_expected_zero_allows_only_zero() -> None:
    assert difference(np.array([1e-300]), np.array([0.0]), atol=0) is not None
    assert difference(np.array([-0.0]), np.array([0.0]), atol=0) is None
    assert difference(1e-300, 0.0, atol=0) is not None
    assert difference(1e-300 * (1 + 1e-13), 1e-300, atol=0) is None


def test_the_relative_bound_is_of_the_expected_value() -> None:
    assert difference(1.0, 2.0, rtol=0.5, atol=0) is None
    assert difference(2.0, 1.0, rtol=0.5, atol=0) is not None


@pytest.mark.parametrize("name", ["T3", "", "t0"])
def test_an_unknown_class_is_the_authors_mistake(name: str) -> None:
    with pytest.raises(ValueError, match="unknown tolerance"):
        difference(1.0, 1.0, name)


def test_the_class_of_training_outcomes_wants_a_margin() -> None:
    with pytest.raises(ValueError, match="TSTAT"):
        difference(1.0, 1.0, "TSTAT")
    assert difference(0.92, 0.9, "TSTAT", atol=0.05) is None


@pytest.mark.parametrize("bound", [-1e-9, NAN])
def test_a_bound_is_never_negative_or_nan(bound: float) -> None:
    with pytest.raises(ValueError, match="rtol and atol"):
        difference(1.0, 1.0, rtol=bound)


def test_the_classes_are_those_of_the_specification() -> None:
    assert {name: (t.rtol, t.atol) for name, t in TOLERANCES.items()} == {
        "EXACT": (0.0, 0.0),
        "T0": (1e-12, 1e-14),
        "T1": (1e-9, 1e-12),
        "T2": (1e-6, 1e-8),
        "TFD": (1e-5, 1e-7),
        "TSTAT": (0.0, 0.0),
    }
    assert all(t.reason for t in TOLERANCES.values())


@pytest.mark.parametrize("size", [3, 24, 25, 1 << 14, (1 << 14) + 1, 50_000])
@pytest.mark.parametrize("spoiled", [NAN, INF, -INF, 1.0])
def test_one_wrong_value_is_found_at_either_end_of_arrays_of_any_size(
    size: int, spoiled: float
) -> None:
    expected = np.linspace(2.0, 3.0, size)
    for position in (0, size - 1):
        actual = expected * (1 + 1e-15)
        actual[position] = spoiled
        for left, right in ((actual, expected), (expected, actual)):
            found = difference(left, right)
            assert found is not None
            assert found.differing == 1
            assert found.first[0].index == (position,)


@pytest.mark.parametrize("size", [24, 25, 40_000])
def test_infinities_and_nan_in_place_are_equal_in_arrays_of_any_size(size: int) -> None:
    expected = np.linspace(2.0, 3.0, size)
    expected[[0, size // 2, size - 1]] = NAN, INF, -INF
    assert difference(expected * (1 + 1e-15), expected) is None


@pytest.mark.parametrize("shape", [(3, 5), (150, 200)])
def test_the_layout_in_memory_does_not_matter(shape: tuple[int, int]) -> None:
    expected = np.arange(float(shape[0] * shape[1])).reshape(shape) + 1
    wider = np.repeat(expected, 2, axis=1)[:, ::2]
    for actual in (np.asfortranarray(expected), wider, wider[::-1][::-1]):
        near = actual * (1 + 1e-15)
        assert difference(near, expected) is None
        assert difference(near, np.asfortranarray(expected)) is None
        assert difference(expected, near) is None


DTYPES = [np.bool_, np.uint8, np.int8, np.int64, np.uint64, np.float16, np.float32, np.float64]


@pytest.mark.parametrize("left", DTYPES)
@pytest.mark.parametrize("right", DTYPES)
@pytest.mark.parametrize("size", [4, 100])
def test_every_pair_of_real_types_is_compared_by_value(left: Any, right: Any, size: int) -> None:
    ones, mixed = np.ones(size), np.arange(size) % 2
    assert difference(ones.astype(left), ones.astype(right)) is None
    found = difference(mixed.astype(left), ones.astype(right))
    assert found is not None
    assert found.differing == size // 2
    assert found.worst is not None
    assert found.worst.absolute == 1.0


def test_a_long_double_is_compared_as_a_double() -> None:
    assert difference(np.array([0.5, 1.5]), np.array([0.5, 1.5], dtype=np.longdouble)) is None
    assert difference(1.5, np.longdouble(1.5)) is None


def plainly_equal(actual: float, expected: float, tolerance: Tolerance) -> bool:
    """The rule as it is written in the specification, for one pair of floats."""
    if math.isnan(actual) or math.isnan(expected):
        return math.isnan(actual) and math.isnan(expected)
    if math.isinf(actual) or math.isinf(expected):
        return actual == expected
    return abs(actual - expected) <= tolerance.atol + tolerance.rtol * abs(expected)


FLOATS = st.one_of(
    st.floats(width=64),
    st.sampled_from([0.0, -0.0, 1.0, -1.0, NAN, INF, -INF, 5e-324, 1.7e308, -1.7e308]),
)


@settings(max_examples=150)
@given(st.lists(st.tuples(FLOATS, FLOATS, st.booleans()), min_size=1, max_size=40), st.data())
def test_arrays_lists_and_numbers_follow_the_written_rule(
    pairs: list[tuple[float, float, bool]], data: st.DataObject
) -> None:
    tolerance = TOLERANCES[data.draw(st.sampled_from(["T0", "T2"]))]
    expected = [e for _, e, _ in pairs]
    with np.errstate(all="ignore"):
        actual = [float(np.float64(e) * (1 + 3e-13)) if near else a for a, e, near in pairs]
    wrong = [
        i
        for i, (a, e) in enumerate(zip(actual, expected, strict=True))
        if not plainly_equal(a, e, tolerance)
    ]
    for left, right in (
        (np.array(actual), np.array(expected)),
        (actual, expected),
        (np.tile(actual, 30), np.tile(expected, 30)),
    ):
        found = difference(left, right, tolerance.name)
        assert (found is None) == (not wrong)
        if found is not None:
            assert found.first[0].index == (wrong[0],)
            assert found.differing * len(pairs) == len(wrong) * found.total
    for a, e in zip(actual, expected, strict=True):
        assert (difference(a, e, tolerance.name) is None) == plainly_equal(a, e, tolerance)


@settings(max_examples=60)
@given(hnp.arrays(np.int64, st.integers(1, 60)), st.sampled_from([np.float64, np.uint64]))
def test_integers_equal_other_numbers_exactly_when_python_says_so(
    integers: np.ndarray[Any, Any], other: Any
) -> None:
    converted = integers.astype(other)
    wrong = [
        i
        for i, (a, e) in enumerate(zip(integers.tolist(), converted.tolist(), strict=True))
        if a != e
    ]
    found = difference(integers, converted, rtol=0, atol=0)
    assert (found.differing if found else 0) == len(wrong)
