"""Hidden tests of root_mean_squared_error."""

import numpy as np
import pytest

from grader import assert_close, unchanged

pytestmark = pytest.mark.function("root_mean_squared_error")


@pytest.mark.group("value")
@pytest.mark.points(1)
def test_agrees_with_the_reference_on_random_values(student, solution, rng):
    y_true, y_pred = rng.normal(0.0, 3.0, (2, 7))
    expected = solution.root_mean_squared_error(y_true, y_pred)
    assert_close(student.root_mean_squared_error(y_true, y_pred), expected)


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("In which order do root and mean come, and where does n stand?")
def test_takes_the_root_of_the_mean_of_the_squares(student):
    y_true = np.array([1.0, -2.0, 0.5, 4.0, 4.0, 3.0])
    y_pred = np.array([4.0, -1.0, 0.5, 1.0, 3.0, 1.0])
    assert_close(student.root_mean_squared_error(y_true, y_pred), 2.0)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Try your function with `np.array([1, 2], dtype=np.uint8)`.")
def test_takes_arrays_of_any_number_type(student):
    y_true, y_pred = np.array([[1, 0, 100, 20], [2, 40, 99, 20]], dtype=np.uint8)
    assert_close(student.root_mean_squared_error(y_true, y_pred), 20.012496096189492)
    y_true, y_pred = np.array([[1, 5, 3], [0.2, 4, 1]], dtype=np.float32) / np.float32(3)
    expected = np.sqrt(np.mean((y_true.astype(float) - y_pred) ** 2, dtype=float))
    assert_close(student.root_mean_squared_error(y_true, y_pred), expected)


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
def test_nan_and_infinite_predictions_in_lists_show_in_the_result(student):
    y_true = np.array([1.0, 2.0, 3.0])
    assert_close(student.root_mean_squared_error(y_true, np.array([1.0, np.nan, 3.0])), np.nan)
    assert_close(student.root_mean_squared_error([1, 2, True], [1.5, 2, -np.inf]), np.inf)


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
def test_small_errors_of_large_values(student):
    y_true = 3e8 + np.array([0.0, 0.25, 0.5, 1.0])
    y_pred = 3e8 + np.array([0.5, 0.25, 0.0, -1.0])
    assert_close(student.root_mean_squared_error(y_true, y_pred), 1.0606601717798212)


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("Does it stay the same when the data are doubled? In which unit is it?")
def test_has_the_unit_of_y_and_does_not_depend_on_how_often_the_data_are_given(student, rng):
    y_true, y_pred = rng.normal(size=(2, 12))
    loss = student.root_mean_squared_error(y_true, y_pred)
    twice = student.root_mean_squared_error(np.tile(-3 * y_pred, 2), np.tile(-3 * y_true, 2))
    assert_close(twice, 3 * loss)
    assert student.root_mean_squared_error(y_true, y_true) == 0


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Print the shape of the difference of your two arrays.")
def test_different_shapes_columns_and_no_examples_are_errors(student):
    for shapes in [((3,), (1,)), ((3, 1), (3, 1))]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.root_mean_squared_error(np.ones(shapes[0]), np.zeros(shapes[1]))
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.root_mean_squared_error(np.zeros(0), np.zeros(0))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_returns_a_float_leaves_its_arguments_alone_and_keeps_nothing(student):
    result = student.root_mean_squared_error(np.array([2.0, -1.0]), np.array([9.0, -2.0]))
    unchanged(student.root_mean_squared_error)
    assert_close(result, 5.0)
    assert isinstance(result, float)
    y_true, y_pred = np.array([3.0, 0.0]), np.array([4.0, -1.0])
    y_true.flags.writeable = y_pred.flags.writeable = False
    assert_close(student.root_mean_squared_error(y_true, y_pred), 1.0)
