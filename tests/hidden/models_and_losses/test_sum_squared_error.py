"""Hidden tests of sum_squared_error."""

import numpy as np
import pytest

from grader import assert_close, unchanged

pytestmark = pytest.mark.function("sum_squared_error")


@pytest.mark.group("value")
@pytest.mark.points(1)
def test_agrees_with_the_reference_on_random_values(student, solution, rng):
    y_true, y_pred = rng.normal(0.0, 3.0, (2, 7))
    expected = solution.sum_squared_error(y_true, y_pred)
    assert_close(student.sum_squared_error(y_true, y_pred), expected)


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Read the formula once more: is it a sum, and is there a factor in front?")
def test_adds_up_the_squares(student):
    y_true, y_pred = np.array([1.0, -2.0, 0.5, 4.0, 4.0]), np.array([3.0, -1.0, 0.5, 1.0, 4.5])
    assert_close(student.sum_squared_error(y_true, y_pred), 14.25)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Which number is 1 - 2 in uint8?")
def test_takes_arrays_of_any_number_type(student):
    y_true, y_pred = np.array([[1, 0, 100, 20], [2, 40, 99, 20]], dtype=np.uint8)
    assert_close(student.sum_squared_error(y_true, y_pred), 1602.0)
    y_true, y_pred = np.array([[1, 5, 3], [0.2, 4, 1]], dtype=np.float32) / np.float32(3)
    expected = np.sum((y_true.astype(float) - y_pred) ** 2, dtype=float)
    assert_close(student.sum_squared_error(y_true, y_pred), expected)


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
def test_nan_and_infinite_predictions_in_lists_show_in_the_result(student):
    y_true = np.array([1.0, 2.0, 3.0])
    assert_close(student.sum_squared_error(y_true, np.array([1.0, np.nan, 3.0])), np.nan)
    assert_close(student.sum_squared_error([1, 2, True], [1.5, 2, -np.inf]), np.inf)


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
@pytest.mark.hint("Subtract first: the squares of the values themselves are far too large here.")
def test_small_errors_of_large_values_stay_accurate(student):
    y_true = 3e8 + np.array([0.0, 0.25, 0.5, 1.0])
    y_pred = 3e8 + np.array([0.5, 0.25, 0.0, -1.0])
    assert_close(student.sum_squared_error(y_true, y_pred), 4.5)


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("Duplicate all examples. Should this loss double?")
def test_is_symmetric_and_0_only_for_right_predictions(student, rng):
    y_true, y_pred = rng.normal(size=(2, 12))
    loss = student.sum_squared_error(y_true, y_pred)
    assert loss > 0
    twice = student.sum_squared_error(np.tile(-3 * y_pred, 2), np.tile(-3 * y_true, 2))
    assert_close(twice, 18 * loss)
    assert student.sum_squared_error(y_true, y_true) == 0


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Print the shape of the difference of your two arrays.")
def test_different_shapes_columns_and_no_examples_are_errors(student):
    for shapes in [((3,), (1,)), ((3, 1), (3, 1))]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.sum_squared_error(np.ones(shapes[0]), np.zeros(shapes[1]))
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.sum_squared_error(np.zeros(0), np.zeros(0))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_returns_a_float_leaves_its_arguments_alone_and_keeps_nothing(student):
    result = student.sum_squared_error(np.array([2.0, -1.0, 4.0]), np.array([5.0, -3.0, 4.0]))
    unchanged(student.sum_squared_error)
    assert_close(result, 13.0)
    assert isinstance(result, float)
    y_true, y_pred = np.array([3.0, 0.0, -2.0]), np.array([4.0, 0.0, -1.0])
    y_true.flags.writeable = y_pred.flags.writeable = False
    assert_close(student.sum_squared_error(y_true, y_pred), 2.0)
