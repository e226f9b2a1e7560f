"""Hidden tests of max_stable_learning_rate."""

import numpy as np
import pytest

from grader import Size, assert_close, unchanged

pytestmark = pytest.mark.function("max_stable_learning_rate")


def growth(X, w, rate):
    """Return by which factor a step changes the loss of weights and bias, whose minimum is at 0."""
    A = np.column_stack([X, np.ones(len(X))])
    moved = w - rate * 2 / len(X) * A.T @ (A @ w)
    return np.sum((A @ moved) ** 2) / np.sum((A @ w) ** 2)


@pytest.mark.group("value")
@pytest.mark.points(2)
def test_agrees_with_the_reference_on_random_features(student, solution, domain, rng):
    for size in (Size(), Size(n=3, d=8)):
        (X,) = domain.draw(rng, size)
        expected = solution.max_stable_learning_rate(X)
        assert_close(student.max_stable_learning_rate(X), expected, "T1")


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint(
    "At which rate does the error flip its sign but keep its size? No loss has a 1/2."
)
def test_one_centred_feature(student):
    # The loss is 9 (w - w*)^2 + (b - b*)^2, and with 0.5 instead of 3 the bias bends more.
    assert_close(student.max_stable_learning_rate(np.array([[3.0], [-3.0]] * 3)), 1 / 9, "T1")
    assert_close(student.max_stable_learning_rate(np.array([[0.5], [-0.5]])), 1.0, "T1")


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Which feature is always 1?")
def test_a_feature_off_the_centre_bends_together_with_the_bias(student):
    # Weight and bias do the same here: the loss is (2 w + b - y)^2, and 2^2 + 1^2 is 5.
    assert_close(student.max_stable_learning_rate(np.full((4, 1), 2.0)), 0.2, "T1")
    assert_close(student.max_stable_learning_rate(np.full((2, 3), -1.0)), 0.25, "T1")


@pytest.mark.group("value")
@pytest.mark.points(0.5)
@pytest.mark.hint("Which direction explodes first?")
def test_the_steepest_direction_counts(student):
    X = np.array([[10.0, 0.0], [-10.0, 0.0], [0.0, 0.1], [0.0, -0.1]])
    assert_close(student.max_stable_learning_rate(X), 0.02, "T1")


@pytest.mark.group("edge")
@pytest.mark.points(0.75)
@pytest.mark.hint("Try your function with an array of type uint8, and with a list.")
def test_takes_lists_and_arrays_of_any_number_type(student, solution):
    assert_close(student.max_stable_learning_rate([[True], [True]]), 0.5, "T1")
    X = np.array([[100, 20], [30, 7], [0, 250]], dtype=np.uint8)
    expected = solution.max_stable_learning_rate(X.astype(float))
    assert_close(student.max_stable_learning_rate(X), expected, "T1")
    third = X.astype(np.float32) / np.float32(3)
    expected = solution.max_stable_learning_rate(third.astype(float))
    assert_close(student.max_stable_learning_rate(third), expected, "T1")


@pytest.mark.group("edge")
@pytest.mark.points(0.75)
def test_one_example_and_very_large_or_small_features(student):
    assert_close(student.max_stable_learning_rate(np.array([[3.0, -4.0]])), 1 / 26, "T1")
    X = 1e6 * np.array([[1.0], [-1.0]])
    assert_close(student.max_stable_learning_rate(X) * 1e12, 1.0, "T1")


@pytest.mark.group("property")
@pytest.mark.points(0.5)
def test_below_it_the_loss_falls_and_above_it_the_loss_grows(student, domain, rng):
    (X,) = domain.draw(rng, Size(n=9, d=3))
    rate = student.max_stable_learning_rate(X)
    A = np.column_stack([X, np.ones(9)])
    # In the steepest direction the loss stays; in any other one it falls.
    steepest = np.linalg.svd(A)[2][0]
    assert growth(X, steepest, 0.99 * rate) < 1 < growth(X, steepest, 1.01 * rate)
    assert growth(X, rng.normal(size=4), 0.99 * rate) < 1


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("Duplicate the data: the mean loss is unchanged. Your limit?")
def test_copies_order_and_sign_do_not_matter_and_larger_features_lower_it(student, domain, rng):
    (X,) = domain.draw(rng)
    rate = student.max_stable_learning_rate(X)
    rows = np.tile(rng.permutation(len(X)), 2)
    assert_close(student.max_stable_learning_rate(-X[rows][:, ::-1]), rate, "T1")
    assert 0 < student.max_stable_learning_rate(1.5 * X) < rate


@pytest.mark.group("contract")
@pytest.mark.points(0.5)
def test_no_examples_are_an_error(student):
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.max_stable_learning_rate(np.zeros((0, 3)))


@pytest.mark.group("contract")
@pytest.mark.points(0.5)
def test_returns_a_float_leaves_its_argument_alone_and_keeps_nothing(student):
    X = np.array([[3.0, 0.0], [-3.0, 0.0]])
    result = student.max_stable_learning_rate(X)
    unchanged(student.max_stable_learning_rate)
    assert_close(result, 1 / 9, "T1")
    assert isinstance(result, float)
    X = 2 * X
    X.flags.writeable = False
    assert_close(student.max_stable_learning_rate(X), 1 / 36, "T1")
