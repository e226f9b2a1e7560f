"""Hidden tests of max_stable_learning_rate."""

import numpy as np
import pytest

from grader import Size, assert_close, unchanged

pytestmark = pytest.mark.function("max_stable_learning_rate")


def losses(X, y, rate, n_steps):
    """Walk downhill on the mean squared error, from 0."""
    A = np.column_stack([X, np.ones(len(X))])
    w, found = np.zeros(A.shape[1]), []
    with np.errstate(all="ignore"):
        for _ in range(n_steps + 1):
            residuals = A @ w - y
            found.append(np.mean(residuals**2))
            w = w - rate * 2 / len(y) * A.T @ residuals
    return np.array(found)


@pytest.mark.group("value")
@pytest.mark.points(2)
def test_agrees_with_the_reference_on_random_features(student, solution, domain, rng):
    for size in [Size()] * 3 + [Size(n=4, d=4), Size(n=3, d=8), Size(n=60, d=2)]:
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
    assert_close(student.max_stable_learning_rate(np.array([[3.0], [-3.0]])), 1 / 9, "T1")
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
    X = [[100, 20], [30, 7], [0, 250]]
    expected = solution.max_stable_learning_rate(np.array(X, dtype=float))
    assert_close(student.max_stable_learning_rate(X), expected, "T1")
    for kind in (np.uint8, np.int16):
        assert_close(student.max_stable_learning_rate(np.array(X, dtype=kind)), expected, "T1")
    third = np.array(X, dtype=np.float32) / np.float32(3)
    expected = solution.max_stable_learning_rate(third.astype(float))
    assert_close(student.max_stable_learning_rate(third), expected, "T1")


@pytest.mark.group("edge")
@pytest.mark.points(0.75)
def test_one_example_and_very_large_or_small_features(student):
    assert_close(student.max_stable_learning_rate(np.array([[3.0, -4.0]])), 1 / 26, "T1")
    X = 1e6 * np.array([[1.0], [-1.0]])
    assert_close(student.max_stable_learning_rate(X) * 1e12, 1.0, "T1")
    assert_close(student.max_stable_learning_rate(1e-9 * X[:1]), 1 / (1 + 1e-6), "T1")


@pytest.mark.group("property")
@pytest.mark.points(0.5)
def test_below_it_the_loss_falls_and_above_it_the_loss_grows(student, domain, rng):
    for size in (Size(n=12, d=1), Size(n=9, d=3)):
        (X,) = domain.draw(rng, size)
        y = rng.normal(size=len(X))
        rate = student.max_stable_learning_rate(X)
        below = losses(X, y, 0.99 * rate, 60)
        assert np.all(below[1:] <= below[:-1] + 1e-12)
        above = losses(X, y, 1.05 * rate, 200)
        assert above[-1] > above[-20] > above[-40]


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("Duplicate the data: the mean loss is unchanged. Your limit?")
def test_copies_order_and_sign_do_not_matter_and_larger_features_lower_it(student, domain, rng):
    (X,) = domain.draw(rng)
    rate = student.max_stable_learning_rate(X)
    rows = np.tile(rng.permutation(len(X)), 2)
    assert_close(student.max_stable_learning_rate(X[rows][:, ::-1]), rate, "T1")
    assert_close(student.max_stable_learning_rate(-X), rate, "T1")
    assert 0 < student.max_stable_learning_rate(1.5 * X) < rate


@pytest.mark.group("contract")
@pytest.mark.points(0.5)
def test_other_shapes_and_no_examples_are_errors(student):
    for shape in [(4,), (2, 3, 4)]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.max_stable_learning_rate(np.ones(shape))
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.max_stable_learning_rate(np.zeros((0, 3)))


@pytest.mark.group("contract")
@pytest.mark.points(0.5)
def test_returns_a_float_leaves_its_argument_alone_and_keeps_nothing(student, solution, rng):
    first, second = rng.normal(size=(2, 4, 2))
    for X in (first, second, first, first, second[:3]):
        result = student.max_stable_learning_rate(X)
        assert_close(result, solution.max_stable_learning_rate(X), "T1")
        assert isinstance(result, float)
        unchanged(student.max_stable_learning_rate)
    first.flags.writeable = False
    expected = solution.max_stable_learning_rate(first)
    assert_close(student.max_stable_learning_rate(first), expected, "T1")
