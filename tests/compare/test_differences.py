"""What a difference says, as data."""

import pickle
from typing import Any

import numpy as np
import pytest

from grader.compare import Difference, Mismatch, difference

NAN, INF = float("nan"), float("inf")


def found(actual: Any, expected: Any, tolerance: str = "T0", **bounds: Any) -> Difference:
    result = difference(actual, expected, tolerance, **bounds)
    assert result is not None
    return result


def test_it_counts_the_differing_and_all_values() -> None:
    expected = np.ones((3, 4))
    actual = expected.copy()
    actual[1, 1:] = 2
    d = found(actual, expected)
    assert (d.differing, d.total) == (3, 12)


def test_it_names_at_most_five_positions_in_order() -> None:
    expected = np.zeros((20_000, 2))
    actual = expected.copy()
    rows = [3, 9_000, 9_001, 15_000, 19_998, 19_999]
    actual[rows, 1] = 1
    assert [m.index for m in found(actual, expected).first] == [(row, 1) for row in rows[:5]]


def test_the_first_position_is_first_by_index_whatever_the_layout() -> None:
    expected = np.asfortranarray(np.zeros((3, 3)))
    actual = np.asfortranarray(np.array([[0, 0, 1], [1, 0, 0], [0, 0, 0.0]]))
    assert found(actual, expected).first[0].index == (0, 2)


def test_the_worst_position_has_both_values_and_both_errors() -> None:
    d = found(np.array([1.0, 3.0, 2.5]), np.array([1.0, 2.0, 2.0]))
    assert d.worst == Mismatch((1,), 3.0, 2.0, 1.0, 0.5)


def test_the_worst_is_worst_against_its_own_allowance() -> None:
    d = found(np.array([1e6 + 1, 1.5]), np.array([1e6, 1.0]))
    assert d.worst is not None
    assert d.worst.index == (1,)


def test_without_tolerance_the_worst_is_the_furthest() -> None:
    d = found(np.array([1, 5, 3]), np.array([0, 1, 1]), exact=True)
    assert d.worst is not None
    assert d.worst.index == (1,)


def test_the_worst_is_finite_where_any_is() -> None:
    actual, expected = np.array([NAN, INF, 2.0, 5.0]), np.array([1.0, 1.0, 1.0, 1.0])
    d = found(actual, expected)
    assert d.worst is not None
    assert d.worst.index == (3,)
    assert (d.kind, d.nan_returned, d.infinite) == ("values", 1, 1)


def test_it_tells_lost_from_missing_nan() -> None:
    d = found(np.array([NAN, 1.0, NAN]), np.array([1.0, NAN, NAN]))
    assert (d.kind, d.nan_returned, d.nan_missing, d.differing) == ("nan", 1, 1, 2)


def test_large_integers_are_subtracted_without_rounding() -> None:
    d = found(np.array([2**53 + 1]), np.array([2**53]), exact=True)
    assert d.worst is not None
    assert d.worst.absolute == 1.0


def test_errors_of_integers_beyond_the_floats_are_infinite() -> None:
    d = found(10**400, 1.0)
    assert d.worst is not None
    assert d.worst.absolute == INF


def test_the_error_relative_to_zero_is_infinite() -> None:
    d = found(1.0, 0.0)
    assert d.worst is not None
    assert (d.worst.absolute, d.worst.relative) == (1.0, INF)


def test_small_unsigned_integers_do_not_wrap() -> None:
    d = found(np.array([1], dtype=np.uint8), np.array([2], dtype=np.uint8))
    assert d.worst is not None
    assert d.worst.absolute == 1.0


def test_a_path_leads_into_nested_containers() -> None:
    d = found((1.0, {"w": [np.array([1.0]), np.array([2.0])]}), (1.0, {"w": [np.array([1.0])] * 2}))
    assert d.path == (1, "w", 1)
    assert d.first[0].index == (0,)


def test_numbers_in_a_list_are_counted_together() -> None:
    d = found([1.0, 2.0, 3.0, 4.0], [1.0, 2.5, 3.0, 4.5])
    assert (d.path, d.differing, d.total) == ((), 2, 4)
    assert [m.index for m in d.first] == [(1,), (3,)]
    assert d.got.noun == "list"


def test_other_parts_that_differ_are_named_too() -> None:
    d = found([None, 1.0, 2.0, "a"], [None, 2.0, 2.0, "b"])
    assert (d.path, d.also) == ((1,), ((3,),))


def test_at_most_four_other_parts_are_named() -> None:
    assert found([None, *"abcdefg"], [None, *"hijklmn"]).also == ((2,), (3,), (4,), (5,))


def test_shapes_and_types_stand_in_the_outlines() -> None:
    d = found(np.zeros((3, 1), dtype=np.float32), np.zeros(3))
    assert (d.kind, d.got.shape, d.wanted.shape) == ("shape", (3, 1), (3,))
    assert (d.got.dtype, d.wanted.dtype) == ("float32", "float64")


def test_a_number_in_place_of_an_array_has_the_empty_shape() -> None:
    d = found(2.0, np.zeros(3))
    assert (d.got.noun, d.got.shape, d.wanted.noun) == ("number", (), "array")


def test_lengths_stand_in_the_outlines() -> None:
    d = found([1, 2], [1, 2, 3])
    assert (d.got.length, d.wanted.length) == (2, 3)


def test_a_list_of_the_wrong_kind_of_numbers_names_the_kind() -> None:
    d = found([1.0, 2.0], [1, 2], exact=True)
    assert (d.kind, d.got.dtype, d.wanted.noun) == ("dtype", "float64", "list")


def test_keys_are_missing_or_unexpected() -> None:
    d = found({"a": 1, "c": 1}, {"a": 1, "b": 2})
    assert (d.missing, d.unexpected) == (("b",), ("c",))


def test_a_text_says_where_it_begins_to_differ() -> None:
    assert found("softmax", "softplus").excerpt_at == (4,)
    assert found("soft", "softplus").excerpt_at == (4,)
    assert found("x", "softplus").excerpt_at == (0,)


def test_a_handle_keeps_the_name_of_its_type() -> None:
    class Inert:
        type_name = "generator"

    assert found(Inert(), [1]).got.type_name == "generator"


def test_a_small_array_is_kept_whole_as_it_was() -> None:
    actual, expected = np.ones((3, 4)), np.zeros((3, 4))
    d = found(actual, expected)
    actual[:] = 7
    assert d.excerpt_at is None
    assert np.array_equal(d.actual, np.ones((3, 4)))  # type: ignore[arg-type]  # not None here


@pytest.mark.parametrize(
    ("shape", "at", "begin", "kept"),
    [
        ((100,), (50,), (47,), 7),
        ((100,), (1,), (0,), 5),
        ((100,), (99,), (96,), 4),
        ((9, 10), (4, 5), (4, 2), 7),
        ((100, 1), (50, 0), (47, 0), 7),
    ],
)
def test_of_a_large_array_the_piece_around_the_worst_is_kept(
    shape: tuple[int, ...], at: tuple[int, ...], begin: tuple[int, ...], kept: int
) -> None:
    expected = np.zeros(shape)
    actual = expected.copy()
    actual[at] = 1
    d = found(actual, expected)
    assert isinstance(d.actual, np.ndarray)
    assert (d.excerpt_at, d.actual.size) == (begin, kept)
    assert d.actual.max() == 1


def test_differences_compare_and_survive_pickling() -> None:
    twins = [found((1.0, np.arange(3.0)), (1.0, np.arange(3.0) * 2)) for _ in range(2)]
    assert pickle.loads(pickle.dumps(twins[0])) == twins[1]


def test_the_tolerance_in_force_is_kept() -> None:
    d = found(1.0, 2.0, "T1", atol=0.5)
    assert (d.tolerance.name, d.tolerance.rtol, d.tolerance.atol) == ("T1", 1e-9, 0.5)
