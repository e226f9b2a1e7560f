"""Hidden tests of mean_absolute_error."""

import numpy as np
import pytest

from grader import assert_close, unchanged

pytestmark = pytest.mark.function("mean_absolute_error")


@pytest.mark.group("value")
@pytest.mark.points(1)
def test_agrees_with_the_reference_on_random_values(student, solution, domain, rng):
    y_true, y_pred = domain.draw(rng)
    expected = solution.mean_absolute_error(y_true, y_pred)
    assert_close(student.mean_absolute_error(y_true, y_pred), expected)


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("+1 and -1: is the mean error 0? Which average is in the name?")
def test_averages_the_distances(student):
    y_true, y_pred = np.array([1.0, -2.0, 0.5, 4.0, 4.0]), np.array([3.0, -1.0, 0.5, 1.0, 4.5])
    assert_close(student.mean_absolute_error(y_true, y_pred), 1.3)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Try your function with `np.array([1, 2], dtype=np.uint8)`.")
def test_takes_arrays_of_any_number_type(student):
    y_true, y_pred = np.array([[1, 0, 100, 20], [2, 40, 99, 20]], dtype=np.uint8)
    assert_close(student.mean_absolute_error(y_true, y_pred), 10.5)
    y_true, y_pred = np.array([[1, 5, 3], [0.2, 4, 1]], dtype=np.float32) / np.float32(3)
    expected = np.mean(np.abs(y_true.astype(float) - y_pred), dtype=float)
    assert_close(student.mean_absolute_error(y_true, y_pred), expected)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_nan_and_infinite_predictions_in_lists_show_in_the_result(student):
    y_true = np.array([1.0, 2.0, 3.0])
    assert_close(student.mean_absolute_error(y_true, np.array([1.0, np.nan, 3.0])), np.nan)
    assert_close(student.mean_absolute_error([1, 2, True], [1.5, 2, -np.inf]), np.inf)


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("An error that is 10 times as large counts 10 times as much, not 100 times.")
def test_an_outlier_counts_as_much_as_it_is_far(student, rng):
    y = rng.normal(size=100)
    y_pred = y.copy()
    y[17], y_pred[17] = 0.0, -1000.0
    assert_close(student.mean_absolute_error(y, y_pred), 10.0)
    assert student.mean_absolute_error(y, y) == 0


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Print the shape of the difference of your two arrays.")
def test_different_shapes_columns_and_no_examples_are_errors(student):
    for shapes in [((3,), (1,)), ((3, 1), (3, 1))]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.mean_absolute_error(np.ones(shapes[0]), np.zeros(shapes[1]))
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.mean_absolute_error(np.zeros(0), np.zeros(0))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_returns_a_float_leaves_its_arguments_alone_and_keeps_nothing(student):
    result = student.mean_absolute_error(np.array([2.0, -1.0]), np.array([5.0, -3.0]))
    unchanged(student.mean_absolute_error)
    assert_close(result, 2.5)
    assert isinstance(result, float)
    y_true, y_pred = np.array([3.0, 0.0]), np.array([4.0, -1.0])
    y_true.flags.writeable = y_pred.flags.writeable = False
    assert_close(student.mean_absolute_error(y_true, y_pred), 1.0)
