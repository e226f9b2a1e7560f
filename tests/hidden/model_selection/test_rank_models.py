"""Hidden tests of rank_models."""

import numpy as np
import pytest

from grader import Size, assert_exact, unchanged

pytestmark = pytest.mark.function("rank_models")


@pytest.mark.group("value")
@pytest.mark.points(1)
def test_agrees_with_the_reference_on_random_values(student, solution, domain, rng):
    for size in (Size(), Size(n=25)):
        for higher_is_better in (True, False):
            values, _ = domain.draw(rng, size)
            expected = solution.rank_models(values, higher_is_better)
            assert_exact(student.rank_models(values, higher_is_better), expected)


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Is a high loss good? A high F1?")
def test_losses_and_scores_are_ranked_the_other_way_round(student):
    values = np.array([0.5, 0.25, 0.125, 0.75])
    assert_exact(student.rank_models(values, False), np.array([2, 1, 0, 3]))
    assert_exact(student.rank_models(values, True), np.array([3, 0, 1, 2]))


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Position of a model, or model at a position?")
def test_returns_models_in_order_not_the_ranks_of_models(student):
    values = np.array([7.0, -1.0, 4.0, 11.0, 0.0, 2.5])
    assert_exact(student.rank_models(values, False), np.array([1, 4, 5, 2, 0, 3]))
    assert_exact(student.rank_models(values, True), np.array([3, 0, 2, 5, 4, 1]))
    assert_exact(student.rank_models(np.array([3.5]), True), np.array([0]))


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Two equal models: which comes first before and after reversing?")
def test_equal_models_stay_in_their_order(student):
    values = np.array([2.0, 1.0, 2.0, 1.0, 3.0, 2.0])
    assert_exact(student.rank_models(values, False), np.array([1, 3, 0, 2, 5, 4]))
    assert_exact(student.rank_models(values, True), np.array([4, 0, 2, 5, 1, 3]))
    # Long enough for sorting methods that are not stable to show it.
    values = np.arange(60) % 3
    by_value = np.concatenate([np.arange(start, 60, 3) for start in (2, 1, 0)])
    assert_exact(student.rank_models(values, True), by_value)


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
@pytest.mark.hint("Where does NaN belong, whichever way you sort?")
def test_nan_comes_last_after_infinite_values(student):
    values = np.array([np.nan, np.inf, 2.0, -np.inf, 5.0])
    assert_exact(student.rank_models(values, False), np.array([3, 2, 4, 1, 0]))
    assert_exact(student.rank_models(values, True), np.array([1, 4, 2, 3, 0]))
    values = np.array([1.0, np.nan, 0.5, np.nan])
    assert_exact(np.sort(student.rank_models(values, True)[2:]), np.array([1, 3]))


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
@pytest.mark.hint("Try `np.array([0, 1, 200], dtype=np.uint8)` and a list.")
def test_takes_lists_and_arrays_of_any_number_type(student):
    assert_exact(student.rank_models([0, 200, 1], False), np.array([0, 2, 1]))
    for values in ([0, 1, 200], np.array([0, 1, 200], dtype=np.uint8)):
        assert_exact(student.rank_models(values, True), np.array([2, 1, 0]))
    flags = np.array([False, True, False])
    assert_exact(student.rank_models(flags, True), np.array([1, 0, 2]))


@pytest.mark.group("property")
@pytest.mark.points(0.25)
def test_an_increasing_transform_changes_nothing(student, rng):
    for higher_is_better in (False, True):
        values = rng.integers(-3, 4, 9).astype(float)
        order = student.rank_models(values, higher_is_better)
        assert_exact(np.sort(order), np.arange(9))
        assert_exact(student.rank_models(np.exp(values), higher_is_better), order)


@pytest.mark.group("property")
@pytest.mark.points(0.25)
def test_flipping_sign_and_flag_changes_nothing(student, rng):
    # Values that differ by 1e-12 differ.
    values = 1 + rng.integers(-3, 4, 9) / 2**40
    order = student.rank_models(values, True)
    assert_exact(order, np.array(sorted(range(9), key=lambda i: -values[i])))
    assert_exact(student.rank_models(-values, False), order)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_no_models_are_an_error(student):
    for values, higher_is_better in (([], True), (np.zeros(0), False)):
        with pytest.raises(ValueError, match=r"(?i)empty"):
            student.rank_models(values, higher_is_better)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("After your call, is the caller's array still what it was?")
def test_leaves_its_argument_alone_and_keeps_nothing(student):
    first, second = np.array([3.0, np.nan, 1.0]), [5.0, 9.0, 7.0]
    first.flags.writeable = False
    for values, higher_is_better, expected in [
        (first, True, [0, 2, 1]),
        (second, True, [1, 2, 0]),
        (first, False, [2, 0, 1]),
        (first, True, [0, 2, 1]),
    ]:
        result = student.rank_models(values, higher_is_better)
        unchanged(student.rank_models)
        assert_exact(result, np.array(expected))
