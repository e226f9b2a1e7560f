"""Hidden tests of standardize_fit."""

import numpy as np
import pytest

from grader import Size, assert_close, no_alias, unchanged

pytestmark = pytest.mark.function("standardize_fit")


@pytest.mark.group("value")
@pytest.mark.points(1.5)
def test_agrees_with_the_reference_on_random_features(student, solution, domain, rng):
    for size in (Size(), Size(n=4, d=4)):
        (X,) = domain.draw(rng, size)
        X[:, 0] = X[0, 0] if size.n == 4 else X[:, 0]
        assert_close(student.standardize_fit(X), solution.standardize_fit(X), "T1")


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("One mean per feature; and is this a spread with n or with n - 1?")
def test_hand_made_features(student):
    X = np.array([[1.0, -6.0, 0.0], [3.0, 0.0, 4.0], [1.0, 6.0, 4.0], [3.0, 0.0, 0.0]])
    expected = np.array([2.0, 0.0, 2.0]), np.array([1.0, np.sqrt(18.0), 2.0])
    assert_close(student.standardize_fit(X), expected, "T1")


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("What is 0/0 in your next function?")
def test_a_constant_feature_gets_the_spread_1(student):
    X = np.array([[5.0, 1.0, -0.25], [5.0, 2.0, -0.25], [5.0, 6.0, -0.25]])
    expected = np.array([5.0, 3.0, -0.25]), np.array([1.0, np.sqrt(14 / 3), 1.0])
    assert_close(student.standardize_fit(X), expected, "T1")


@pytest.mark.group("value")
@pytest.mark.points(0.5)
@pytest.mark.hint("Only constant columns need help.")
def test_features_in_very_different_units(student, rng):
    units = np.array([1e-9, 1e-4, 1.0, 1e6])
    X = rng.normal(1.0, 2.0, (9, 4))
    mean, std = student.standardize_fit(X * units)
    assert_close(mean / units, X.mean(axis=0), "T1")
    assert_close(std / units, X.std(axis=0), "T1")


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Try your function with `np.array([[1], [2]], dtype=np.uint8)`, and with lists.")
def test_takes_lists_and_arrays_of_any_number_type(student):
    flags = student.standardize_fit([[True, True], [False, True]])
    assert_close(flags, (np.array([0.5, 1.0]), np.array([0.5, 1.0])), "T1")
    X = np.array([[250, 1], [10, 1], [40, 7]], dtype=np.uint8)
    expected = np.array([100.0, 3.0]), np.array([np.sqrt(11400.0), np.sqrt(8.0)])
    assert_close(student.standardize_fit(X), expected, "T1")
    third = X.astype(np.float32) / np.float32(3)
    exact = third.astype(float)
    assert_close(student.standardize_fit(third), (exact.mean(axis=0), exact.std(axis=0)), "T1")


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_one_example_and_nearly_constant_features(student):
    got = student.standardize_fit(np.array([[4.0, -1.5]]))
    assert_close(got, (np.array([4.0, -1.5]), np.ones(2)), "T1")
    X = np.array([[0.0, 1.0], [1e-12, 1.0], [2e-12, 1.0 + 2.0**-10], [1e-12, 1.0]])
    mean, std = student.standardize_fit(X)
    assert_close(mean * [1e12, 1.0], np.array([1.0, 1.0 + 2.0**-12]), "T1")
    assert_close(std * [1e12, 1.0], np.array([np.sqrt(0.5), np.sqrt(3) * 2.0**-12]), rtol=1e-6)


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("Duplicate the rows. Should the spread change?")
def test_shifted_scaled_and_repeated_rows(student, rng):
    X = rng.normal(size=(6, 3))
    mean, std = student.standardize_fit(X)
    factors, shift = np.array([-2.0, 0.5, 30.0]), np.array([1.0, -4.0, 0.0])
    got = student.standardize_fit(np.tile(factors * X + shift, (3, 1))[rng.permutation(18)])
    assert_close(got, (factors * mean + shift, np.abs(factors) * std), "T1")


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_other_shapes_and_no_examples_are_errors(student):
    for shape in [(4,), (2, 3, 4)]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.standardize_fit(np.ones(shape))
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.standardize_fit(np.zeros((0, 3)))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("After your call, is the caller's array still what it was? Return new arrays.")
def test_leaves_its_argument_alone_and_keeps_nothing(student):
    X = np.array([[1.0, -4.0], [3.0, 2.0], [1.0, -4.0], [3.0, 2.0]])
    mean, std = result = student.standardize_fit(X)
    unchanged(student.standardize_fit)
    no_alias(student.standardize_fit)
    assert_close(result, (np.array([2.0, -1.0]), np.array([1.0, 3.0])), "T1")
    assert mean.dtype == std.dtype == np.float64
    X = 2 * X + 1
    X.flags.writeable = False
    got = student.standardize_fit(X)
    assert_close(got, (np.array([5.0, -1.0]), np.array([2.0, 6.0])), "T1")
