"""Hidden tests of mean_squared_error."""

import numpy as np
import pytest

from grader import Size, assert_close, unchanged

pytestmark = pytest.mark.function("mean_squared_error")

SMALL = Size(n=3, integers=True)


@pytest.mark.group("value")
@pytest.mark.points(1.5)
def test_agrees_with_the_reference_on_random_values(student, solution, domain, rng):
    for n in (7,) * 6 + (2, 200):
        y_true, y_pred = domain.draw(rng, Size(n=n))
        expected = solution.mean_squared_error(y_true, y_pred)
        assert_close(student.mean_squared_error(y_true, y_pred), expected)


@pytest.mark.group("value")
@pytest.mark.points(1)
def test_averages_the_squares(student):
    y_true, y_pred = np.array([1.0, -2.0, 0.5, 4.0, 4.0]), np.array([3.0, -1.0, 0.5, 1.0, 4.5])
    assert_close(student.mean_squared_error(y_true, y_pred), 2.85)


@pytest.mark.group("value")
@pytest.mark.points(0.5)
@pytest.mark.hint("With one example the mean is its square: do you divide by anything but n?")
def test_one_example(student):
    assert_close(student.mean_squared_error(np.array([1.5]), np.array([-1.0])), 6.25)
    assert_close(student.mean_squared_error(np.array([0.0]), np.array([12.0])), 144.0)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Try your function with `np.array([1, 2], dtype=np.uint8)`, and with lists.")
def test_takes_lists_and_arrays_of_any_number_type(student):
    y_true, y_pred = [1, 0, 100, 20], [2, 40, 99, 20]
    assert_close(student.mean_squared_error(y_true, y_pred), 400.5)
    for kind in (np.uint8, np.int8, np.float32):
        got = student.mean_squared_error(np.array(y_true, dtype=kind), np.array(y_pred, dtype=kind))
        assert_close(got, 400.5)
    flags = student.mean_squared_error(np.array([True, False]), np.array([False, False]))
    assert_close(flags, 0.5)
    third = np.array([1, 5], dtype=np.float32) / np.float32(3)
    expected = (float(third[0]) ** 2 + (float(third[1]) - 0.1) ** 2) / 2
    assert_close(student.mean_squared_error(third, [0.0, 0.1]), expected)


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
def test_nan_and_infinite_predictions_show_in_the_result(student):
    y_true = np.array([1.0, 2.0, 3.0])
    assert_close(student.mean_squared_error(y_true, np.array([1.0, np.nan, 3.0])), np.nan)
    assert_close(student.mean_squared_error(np.array([np.nan, 0.0]), np.array([1.0, 2.0])), np.nan)
    assert_close(student.mean_squared_error(y_true, np.array([1.0, np.inf, 3.0])), np.inf)


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
@pytest.mark.hint("Subtract first: the squares of the values themselves are far too large here.")
def test_small_errors_of_large_values_stay_accurate(student):
    y_true = 3e8 + np.array([0.0, 0.25, 0.5, 1.0])
    y_pred = 3e8 + np.array([0.5, 0.25, 0.0, -1.0])
    assert_close(student.mean_squared_error(y_true, y_pred), 1.125)


@pytest.mark.group("property")
@pytest.mark.points(0.25)
@pytest.mark.hint("Duplicate all examples. Should a mean change?")
def test_doubling_the_data_changes_nothing_and_doubling_the_errors_counts_four_times(student, rng):
    for _ in range(2):
        y_true, y_pred = rng.normal(size=(2, 12))
        loss = student.mean_squared_error(y_true, y_pred)
        assert loss > 0
        assert_close(student.mean_squared_error(np.tile(y_true, 2), np.tile(y_pred, 2)), loss)
        assert_close(student.mean_squared_error(2 * y_pred, 2 * y_true), 4 * loss)
        assert student.mean_squared_error(y_true, y_true) == 0


@pytest.mark.group("property")
@pytest.mark.points(0.25)
def test_of_all_constants_the_mean_does_best(student, rng):
    y = rng.normal(size=8)

    def loss(constant):
        return student.mean_squared_error(y, np.full(8, constant))

    assert_close(loss(y.mean()), y.var())
    for distance in (-0.5, 2.0):
        assert_close(loss(y.mean() + distance), y.var() + distance**2)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Print the shape of the difference of your two arrays.")
def test_different_shapes_columns_and_no_examples_are_errors(student):
    for shapes in [((3,), (4,)), ((3,), (3, 1)), ((3,), (1,)), ((3, 1), (3, 1))]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.mean_squared_error(np.ones(shapes[0]), np.zeros(shapes[1]))
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.mean_squared_error(np.zeros(0), np.zeros(0))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_returns_a_float_leaves_its_arguments_alone_and_keeps_nothing(
    student, solution, domain, rng
):
    first, second = domain.draw(rng, SMALL), domain.draw(rng, SMALL)
    for args in (first, second, first, first, second):
        result = student.mean_squared_error(*args)
        assert_close(result, solution.mean_squared_error(*args))
        assert isinstance(result, float)
        unchanged(student.mean_squared_error)
    for array in first:
        array.flags.writeable = False
    assert_close(student.mean_squared_error(*first), solution.mean_squared_error(*first))
