"""Hidden tests of generalization_gap."""

import numpy as np
import pytest

from grader import Size, assert_close, no_alias, unchanged

pytestmark = pytest.mark.function("generalization_gap")


@pytest.mark.group("value")
@pytest.mark.points(0.75)
def test_agrees_with_the_reference_on_random_curves(student, solution, domain, rng):
    for size in (Size(), Size(n=1)):
        args = domain.draw(rng, size)
        assert_close(student.generalization_gap(*args), solution.generalization_gap(*args))


@pytest.mark.group("value")
@pytest.mark.points(0.75)
@pytest.mark.hint("Memorised training data: should the gap be positive? May validation be better?")
def test_is_positive_where_new_data_are_worse(student):
    train, val = np.array([4.0, 2.0, 1.0, 0.0]), np.array([3.5, 2.0, 1.75, 2.5])
    assert_close(student.generalization_gap(train, val), np.array([-0.5, 0.0, 0.75, 2.5]))


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
def test_takes_lists_and_arrays_of_any_number_type(student):
    expected = np.array([-1.0, 2.0, 250.0])
    train, val = np.array([2, 1, 0], dtype=np.uint8), np.array([1, 3, 250], dtype=np.uint8)
    assert_close(student.generalization_gap(train, val), expected)
    third = np.array([1, 2], dtype=np.float32) / np.float32(3)
    assert_close(
        student.generalization_gap(third, [0.1, 0.7]), np.array([0.1, 0.7]) - third.astype(float)
    )
    flags = student.generalization_gap([True, False, True], [False, True, False])
    assert_close(flags, np.array([-1.0, 1.0, -1.0]))


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
def test_nan_and_infinity_stay_in_their_epoch(student):
    train, val = np.array([1.0, np.nan, 2.0, 3.0, 0.5]), np.array([np.nan, 1.0, np.inf, 4.0, 1.5])
    got = student.generalization_gap(train, val)
    assert_close(got, np.array([np.nan, np.nan, np.inf, 1.0, 1.0]))


@pytest.mark.group("property")
@pytest.mark.points(0.5)
def test_changes_its_sign_with_the_order_and_knows_no_level(student, domain, rng):
    train, val = domain.draw(rng)
    gap = student.generalization_gap(train, val)
    assert_close(student.generalization_gap(val + 5, train + 5), -gap, "T1")


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_different_shapes_and_no_epochs_are_errors(student):
    for shapes in [((3,), (3, 1)), ((3, 1), (3,)), ((1,), (3,))]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.generalization_gap(np.ones(shapes[0]), np.zeros(shapes[1]))
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.generalization_gap(np.zeros(0), np.zeros(0))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("After your call, is the caller's array still what it was? Build a new array.")
def test_leaves_its_arguments_alone_and_keeps_nothing(student):
    first, second = (np.zeros(3), np.array([1.0, 0.5, 2.0])), (np.ones(2), np.array([1.5, 3.0]))
    for array in first:
        array.flags.writeable = False
    for train, val in (first, second):
        result = student.generalization_gap(train, val)
        unchanged(student.generalization_gap)
        no_alias(student.generalization_gap)
        assert_close(result, val - train)
        assert result.dtype == np.float64
