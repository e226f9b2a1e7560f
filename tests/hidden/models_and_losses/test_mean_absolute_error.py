"""Hidden tests of mean_absolute_error."""

import numpy as np
import pytest

from grader import Size, assert_close, unchanged

pytestmark = pytest.mark.function("mean_absolute_error")

SMALL = Size(n=3)


@pytest.mark.group("value")
@pytest.mark.points(1)
def test_agrees_with_the_reference_on_random_values(student, solution, domain, rng):
    for n in (7,) * 6 + (2, 200):
        y_true, y_pred = domain.draw(rng, Size(n=n))
        expected = solution.mean_absolute_error(y_true, y_pred)
        assert_close(student.mean_absolute_error(y_true, y_pred), expected)


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("+1 and -1: is the mean error 0? Which average is in the name?")
def test_averages_the_distances(student):
    y_true, y_pred = np.array([1.0, -2.0, 0.5, 4.0, 4.0]), np.array([3.0, -1.0, 0.5, 1.0, 4.5])
    assert_close(student.mean_absolute_error(y_true, y_pred), 1.3)
    assert_close(student.mean_absolute_error(np.array([2.0, 5.0]), np.array([5.0, 2.0])), 3.0)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Try your function with `np.array([1, 2], dtype=np.uint8)`, and with lists.")
def test_takes_lists_and_arrays_of_any_number_type(student):
    y_true, y_pred = [1, 0, 100, 20], [2, 40, 99, 20]
    assert_close(student.mean_absolute_error(y_true, y_pred), 10.5)
    for kind in (np.uint8, np.float32):
        got = student.mean_absolute_error(
            np.array(y_true, dtype=kind), np.array(y_pred, dtype=kind)
        )
        assert_close(got, 10.5)
    far = student.mean_absolute_error(np.array([-128, 127], dtype=np.int8), [127, -128])
    assert_close(far, 255.0)
    flags = student.mean_absolute_error(np.array([True, False]), np.array([False, False]))
    assert_close(flags, 0.5)
    third = np.array([1, 5], dtype=np.float32) / np.float32(3)
    expected = (float(third[0]) + float(third[1]) - 0.1) / 2
    assert_close(student.mean_absolute_error(third, [0.0, 0.1]), expected)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_one_example_and_nan_and_infinite_predictions(student):
    assert_close(student.mean_absolute_error(np.array([1.5]), np.array([4.0])), 2.5)
    y_true = np.array([1.0, 2.0, 3.0])
    assert_close(student.mean_absolute_error(y_true, np.array([1.0, np.nan, 3.0])), np.nan)
    assert_close(student.mean_absolute_error(np.array([np.nan, 0.0]), np.array([1.0, 2.0])), np.nan)
    assert_close(student.mean_absolute_error(y_true, np.array([1.0, np.inf, 3.0])), np.inf)


@pytest.mark.group("property")
@pytest.mark.points(0.25)
@pytest.mark.hint("An error that is 10 times as large counts 10 times as much, not 100 times.")
def test_an_outlier_counts_as_much_as_it_is_far(student, rng):
    y = rng.normal(size=100)
    y_pred = y.copy()
    y[17] = y_pred[17] = 0.0
    for outlier in (1.0, 10.0, -1000.0):
        y_pred[17] = outlier
        assert_close(student.mean_absolute_error(y, y_pred), abs(outlier) / 100)
    assert student.mean_absolute_error(y, y) == 0


@pytest.mark.group("property")
@pytest.mark.points(0.25)
def test_of_all_constants_the_median_does_best(student, rng):
    y = rng.normal(size=9)
    least = student.mean_absolute_error(y, np.full(9, np.median(y)))
    for constant in (*np.sort(y)[2:7:2], y.mean(), 10.0):
        assert student.mean_absolute_error(y, np.full(9, constant)) >= least
    twice = student.mean_absolute_error(np.full(18, 2 * np.median(y)), np.tile(2 * y, 2))
    assert_close(twice, 2 * least)
    # A constant beyond all values is as far from them, on average, as from their mean.
    assert_close(student.mean_absolute_error(y, np.full(9, 10.0)), 10 - y.mean())


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Print the shape of the difference of your two arrays.")
def test_different_shapes_columns_and_no_examples_are_errors(student):
    for shapes in [((3,), (4,)), ((3,), (3, 1)), ((3,), (1,)), ((3, 1), (3, 1))]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.mean_absolute_error(np.ones(shapes[0]), np.zeros(shapes[1]))
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.mean_absolute_error(np.zeros(0), np.zeros(0))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_returns_a_float_leaves_its_arguments_alone_and_keeps_nothing(
    student, solution, domain, rng
):
    first, second = domain.draw(rng, SMALL), domain.draw(rng, SMALL)
    for args in (first, second, first, first, second):
        result = student.mean_absolute_error(*args)
        assert_close(result, solution.mean_absolute_error(*args))
        assert isinstance(result, float)
        unchanged(student.mean_absolute_error)
    for array in first:
        array.flags.writeable = False
    assert_close(student.mean_absolute_error(*first), solution.mean_absolute_error(*first))
