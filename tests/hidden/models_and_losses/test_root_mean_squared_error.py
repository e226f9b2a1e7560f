"""Hidden tests of root_mean_squared_error."""

import numpy as np
import pytest

from grader import Size, assert_close, unchanged

pytestmark = pytest.mark.function("root_mean_squared_error")

SMALL = Size(n=3, integers=True)


@pytest.mark.group("value")
@pytest.mark.points(1)
def test_agrees_with_the_reference_on_random_values(student, solution, domain, rng):
    for n in (7,) * 6 + (2, 200):
        y_true, y_pred = domain.draw(rng, Size(n=n))
        expected = solution.root_mean_squared_error(y_true, y_pred)
        assert_close(student.root_mean_squared_error(y_true, y_pred), expected)


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("In which order do root and mean come, and where does n stand?")
def test_takes_the_root_of_the_mean_of_the_squares(student):
    y_true = np.array([1.0, -2.0, 0.5, 4.0, 4.0, 3.0])
    y_pred = np.array([4.0, -1.0, 0.5, 1.0, 3.0, 1.0])
    assert_close(student.root_mean_squared_error(y_true, y_pred), 2.0)
    one = student.root_mean_squared_error(np.array([0.0, 0.0]), np.array([5.0, 0.0]))
    assert_close(one, 3.5355339059327378)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Try your function with `np.array([1, 2], dtype=np.uint8)`, and with lists.")
def test_takes_lists_and_arrays_of_any_number_type(student):
    y_true, y_pred = [1, 0, 100, 20], [2, 40, 99, 20]
    expected = 20.012496096189492
    assert_close(student.root_mean_squared_error(y_true, y_pred), expected)
    for kind in (np.uint8, np.int8, np.float32):
        got = student.root_mean_squared_error(
            np.array(y_true, dtype=kind), np.array(y_pred, dtype=kind)
        )
        assert_close(got, expected)
    flags = student.root_mean_squared_error(np.array([True, False] * 2), np.array([False] * 4))
    assert_close(flags, 0.7071067811865476)


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
def test_nan_and_infinite_predictions_show_in_the_result(student):
    y_true = np.array([1.0, 2.0, 3.0])
    assert_close(student.root_mean_squared_error(y_true, np.array([1.0, np.nan, 3.0])), np.nan)
    assert_close(student.root_mean_squared_error(np.array([1.0, np.nan, 2.0]), y_true), np.nan)
    assert_close(student.root_mean_squared_error(y_true, np.array([1.0, np.inf, 3.0])), np.inf)


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
def test_one_example_and_small_errors_of_large_values(student):
    assert_close(student.root_mean_squared_error(np.array([1.5]), np.array([-1.0])), 2.5)
    y_true = 3e8 + np.array([0.0, 0.25, 0.5, 1.0])
    y_pred = 3e8 + np.array([0.5, 0.25, 0.0, -1.0])
    assert_close(student.root_mean_squared_error(y_true, y_pred), 1.0606601717798212)


@pytest.mark.group("property")
@pytest.mark.points(0.25)
@pytest.mark.hint("Does it stay the same when the data are doubled? In which unit is it?")
def test_has_the_unit_of_y_and_does_not_depend_on_how_often_the_data_are_given(student, rng):
    for _ in range(2):
        y_true, y_pred = rng.normal(size=(2, 12))
        loss = student.root_mean_squared_error(y_true, y_pred)
        assert_close(student.root_mean_squared_error(-3 * y_true, -3 * y_pred), 3 * loss)
        assert_close(student.root_mean_squared_error(np.tile(y_pred, 2), np.tile(y_true, 2)), loss)


@pytest.mark.group("property")
@pytest.mark.points(0.25)
def test_lies_between_the_mean_absolute_error_and_root_n_times_it(student, solution, rng):
    for _ in range(2):
        y_true, y_pred = rng.normal(size=(2, 12))
        loss = student.root_mean_squared_error(y_true, y_pred)
        least = solution.mean_absolute_error(y_true, y_pred)
        assert least < loss < np.sqrt(12) * least
    assert student.root_mean_squared_error(y_true, y_true) == 0


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Print the shape of the difference of your two arrays.")
def test_different_shapes_columns_and_no_examples_are_errors(student):
    for shapes in [((3,), (4,)), ((3,), (3, 1)), ((3,), (1,)), ((3, 1), (3, 1))]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.root_mean_squared_error(np.ones(shapes[0]), np.zeros(shapes[1]))
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.root_mean_squared_error(np.zeros(0), np.zeros(0))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_returns_a_float_leaves_its_arguments_alone_and_keeps_nothing(
    student, solution, domain, rng
):
    first, second = domain.draw(rng, SMALL), domain.draw(rng, SMALL)
    for args in (first, second, first, first, second):
        result = student.root_mean_squared_error(*args)
        assert_close(result, solution.root_mean_squared_error(*args))
        assert isinstance(result, float)
        unchanged(student.root_mean_squared_error)
    for array in first:
        array.flags.writeable = False
    expected = solution.root_mean_squared_error(*first)
    assert_close(student.root_mean_squared_error(*first), expected)
