"""Hidden tests of standardize_apply."""

import numpy as np
import pytest

from grader import Size, assert_close, no_alias, unchanged

pytestmark = pytest.mark.function("standardize_apply")


@pytest.mark.group("value")
@pytest.mark.points(1.5)
@pytest.mark.hint("The statistics are those that are passed, not those of X.")
def test_agrees_with_the_reference_on_random_features(student, solution, domain, rng):
    for size in (Size(), Size(n=4, d=4)):
        args = domain.draw(rng, size)
        assert_close(student.standardize_apply(*args), solution.standardize_apply(*args))


@pytest.mark.group("value")
@pytest.mark.points(0.75)
@pytest.mark.hint("Standardise one single new parking space.")
def test_a_single_new_row(student):
    mean, std = np.array([10.0, -2.0, 0.5]), np.array([4.0, 0.5, 2.0])
    got = student.standardize_apply(np.array([[12.0, -2.0, -3.5]]), mean, std)
    assert_close(got, np.array([[0.5, 0.0, -2.0]]))


@pytest.mark.group("value")
@pytest.mark.points(0.75)
@pytest.mark.hint("Where is the new centre, and which units has the result?")
def test_hand_made_features(student):
    X = np.array([[1.0, 10.0], [3.0, 30.0], [-1.0, 20.0]])
    got = student.standardize_apply(X, np.array([2.0, 10.0]), np.array([0.25, 8.0]))
    assert_close(got, np.array([[-4.0, 0.0], [4.0, 2.5], [-12.0, 1.25]]))


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Try your function with `np.array([[1], [2]], dtype=np.uint8)`, and with lists.")
def test_takes_lists_and_arrays_of_any_number_type(student):
    X, mean, std = [[1, 200], [3, 0]], [2, 100], [4, 200]
    expected = np.array([[-0.25, 0.5], [0.25, -0.5]])
    assert_close(student.standardize_apply(X, mean, std), expected)
    arrays = [np.array(values, dtype=np.uint8) for values in (X, mean, std)]
    assert_close(student.standardize_apply(*arrays), expected)
    arrays = [np.array(values, dtype=np.float32) / np.float32(3) for values in (X, mean, std)]
    exact = [array.astype(float) for array in arrays]
    got = student.standardize_apply(*arrays)
    assert_close(got, (exact[0] - exact[1]) / exact[2])


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_no_rows_nan_and_infinite_features(student):
    got = student.standardize_apply(np.zeros((0, 2)), np.ones(2), np.ones(2))
    assert_close(got, np.zeros((0, 2)))
    X = np.array([[1.0, np.nan], [np.inf, 6.0], [-np.inf, 0.0]])
    got = student.standardize_apply(X, np.array([0.0, 4.0]), np.array([2.0, 2.0]))
    assert_close(got, np.array([[0.5, np.nan], [np.inf, 1.0], [-np.inf, -2.0]]))


@pytest.mark.group("property")
@pytest.mark.points(0.5)
def test_own_statistics_give_mean_0_and_spread_1(student, solution, rng):
    X = rng.normal(5.0, 3.0, (12, 3))
    X[:, 1] = 7.0
    statistics = solution.standardize_fit(X)
    got = student.standardize_apply(X, *statistics)
    assert_close(got.mean(axis=0), np.zeros(3), rtol=0.0, atol=1e-10)
    assert_close(got.std(axis=0), np.array([1.0, 0.0, 1.0]), rtol=0.0, atol=1e-10)
    assert_close(student.standardize_apply(X[3:7], *statistics), got[3:7])


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_shapes_that_do_not_fit_and_spreads_of_0_are_errors(student):
    X, good = np.ones((4, 3)), np.ones(3)
    for args in [
        (X, np.ones(1), good),
        (X, good, np.ones(1)),
        (X[:, :1], good, good),
    ]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.standardize_apply(*args)
    for std in ([1.0, 0.0, 1.0], [1.0, 2.0, -3.0]):
        with pytest.raises(ValueError, match=r"(?i)\bstd\b"):
            student.standardize_apply(X, good, np.array(std))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Standardise twice: is the second result the same? Return a new array.")
def test_leaves_its_arguments_alone_and_keeps_nothing(student):
    X, mean, std = np.array([[3.0, -2.0], [1.0, 6.0]]), np.array([1.0, 2.0]), np.array([0.5, 4.0])
    result = student.standardize_apply(X, mean, std)
    unchanged(student.standardize_apply)
    no_alias(student.standardize_apply)
    assert_close(result, np.array([[4.0, -1.0], [0.0, 1.0]]))
    assert result.dtype == np.float64
    X, mean, std = X[::-1] + 1, mean - 1, 2 * std
    for array in (X, mean, std):
        array.flags.writeable = False
    got = student.standardize_apply(X, mean, std)
    assert_close(got, np.array([[2.0, 0.75], [4.0, -0.25]]))
