"""Hidden tests of softmax_gradient."""

import numpy as np
import pytest

from grader import Size, assert_close, no_alias, unchanged

pytestmark = pytest.mark.function("softmax_gradient")

LOUD = {"over": "raise", "invalid": "raise", "divide": "raise"}


def cross_entropy(X, y, params):
    """Return the losses of models: each a matrix of weights, and under them a row of biases."""
    Z = np.column_stack([X, np.ones(len(X))]) @ params
    return np.mean(np.log(np.exp(Z).sum(axis=2)) - Z[:, np.arange(len(y)), y], axis=1)


@pytest.mark.group("value")
@pytest.mark.points(3)
def test_agrees_with_the_reference_on_random_models(student, solution, domain, rng):
    args = domain.draw(rng, Size(n=5, d=2, k=6))
    assert_close(student.softmax_gradient(*args), solution.softmax_gradient(*args), "T1")


@pytest.mark.group("value")
@pytest.mark.points(2.5)
@pytest.mark.hint("Each row of the residual sums to zero. Does yours?")
def test_hand_made_probabilities(student):
    # The rows of the probabilities are (1, 2, 1)/4, (3, 1, 1)/5 and (1, 2, 5)/8.
    X = np.eye(3) * [1.0, 2.0, -4.0]
    b = np.log([1.0, 2.0, 1.0])
    W = (np.log([[1.0, 2.0, 1.0], [3.0, 1.0, 1.0], [1.0, 2.0, 5.0]]) - b) / [[1.0], [2.0], [-4.0]]
    dW, db = student.softmax_gradient(X, np.array([1, 1, 2]), W, b)
    R = np.array([[0.25, -0.5, 0.25], [0.6, -0.8, 0.2], [0.125, 0.25, -0.375]])
    assert_close(dW, R * np.array([[1.0], [2.0], [-4.0]]) / 3, "T1")
    assert_close(db, np.array([0.975, -1.05, 0.075]) / 3, "T1")


@pytest.mark.group("value")
@pytest.mark.points(2)
@pytest.mark.hint("Is it the slope of the loss? Compare it with `numerical_gradient`.")
def test_is_the_slope_of_the_cross_entropy(student, domain, rng):
    h, (X, y, W, b) = 1e-5, domain.draw(rng, Size(n=5, d=2, k=3))
    got = student.softmax_gradient(X, y, W, b)
    params, steps = np.vstack([W, b]), h * np.eye(9).reshape(9, 3, 3)
    slopes = cross_entropy(X, y, params + steps) - cross_entropy(X, y, params - steps)
    dW, db = np.split(slopes.reshape(3, 3) / (2 * h), [2])
    assert_close(got, (dW, db[0]), "TFD")


@pytest.mark.group("edge")
@pytest.mark.points(1)
@pytest.mark.hint(
    "e^1000 does not fit: take care of the levels of the rows, or use given's softmax."
)
def test_far_logits_give_no_warning(student):
    X, W, b = np.array([[1.0], [-1.0], [0.0]]), np.array([[1000.0, -990.0, 0.0]]), np.zeros(3)
    got = student.under(errstate=LOUD).softmax_gradient(X, np.array([1, 0, 0]), W, b)
    R = np.array([[1, -1, 0], [-1, 1, 0], [-2 / 3, 1 / 3, 1 / 3]])
    assert_close(got, (X.T @ R / 3, R.mean(axis=0)), "T1")


@pytest.mark.group("edge")
@pytest.mark.points(0.75)
@pytest.mark.hint("Try labels and features of type uint8 and float32.")
def test_takes_arrays_of_any_number_type(student, solution):
    X, y = [[20, 2], [0, 3], [2, 0], [1, 1]], [1, 0, 2, 1]
    W, b = [[13, 13, 12], [0, 1, 9]], [3, 0, 1]
    floats = (np.array(array, dtype=float) for array in (W, b))
    expected = solution.softmax_gradient(np.array(X, dtype=float), y, *floats)
    arrays = (np.array(array, dtype=np.uint8) for array in (X, y, W, b))
    assert_close(student.softmax_gradient(*arrays), expected, "T1")
    third = np.array(X, dtype=np.float32) / np.float32(3)
    W, b = third[:2, [0, 1, 0]], third[[2, 3, 1], 1]
    exact = (array.astype(float) for array in (W, b))
    expected = solution.softmax_gradient(third.astype(float), y, *exact)
    assert_close(student.softmax_gradient(third, np.array(y), W, b), expected, "T1")


@pytest.mark.group("edge")
@pytest.mark.points(0.75)
def test_one_example_in_lists_and_a_nan(student):
    b = np.log([1.0, 3.0, 4.0])
    got = student.softmax_gradient([[2]], [1], [[0, 0, 0]], b.tolist())
    R = np.array([0.125, -0.625, 0.5])
    assert_close(got, (2 * R[np.newaxis], R), "T1")
    X = np.array([[1.0, 2.0], [np.nan, 4.0], [0.0, 1.0]])
    got = student.softmax_gradient(X, np.array([1, 0, 0]), np.ones((2, 2)), np.ones(2))
    assert_close(got, (np.full((2, 2), np.nan), np.full(2, np.nan)))


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("Raise all biases by 1: the loss is unchanged. So which sum must be 0?")
def test_sums_to_0_over_the_classes_and_does_not_depend_on_order_or_copies(student, domain, rng):
    X, y, W, b = domain.draw(rng)
    dW, db = student.softmax_gradient(X, y, W, b)
    assert_close(dW.sum(axis=1), np.zeros(3), rtol=0.0, atol=1e-12)
    assert_close(db.sum(), 0.0, rtol=0.0, atol=1e-12)
    assert np.abs(db).max() > 1e-6
    order = np.tile(rng.permutation(len(X)), 2)
    assert_close(student.softmax_gradient(X[order], y[order], W, b), (dW, db), "T1")


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("With two classes only the difference of the logits matters.")
def test_two_classes_agree_with_the_logistic_gradient(student, solution, rng):
    X, W, b = rng.normal(size=(9, 3)), rng.normal(size=(3, 2)), rng.normal(size=2)
    y = np.arange(9) % 3 % 2
    dW, db = student.softmax_gradient(X, y, W, b)
    w, c = W[:, 1] - W[:, 0], b[1] - b[0]
    assert_close((dW[:, 1], db[1]), solution.logistic_gradient(X, y, w, c), "T1")


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_shapes_that_do_not_fit_and_no_examples_are_errors(student):
    X, y, W, b = np.ones((4, 3)), np.array([0, 1, 1, 0]), np.ones((3, 2)), np.ones(2)
    for args in [
        (X, y[:, np.newaxis], W, b),
        (X, y, np.ones((2, 2)), b),
        (X, y, W, np.ones(1)),
        (np.ones(3), y[:1], W, b),
    ]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.softmax_gradient(*args)
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.softmax_gradient(np.zeros((0, 3)), np.zeros(0, dtype=int), W, b)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("What does index -1 mean in numpy, and which classes exist?")
def test_labels_that_no_column_has_are_an_error(student):
    X, W, b = np.ones((2, 3)), np.ones((3, 4)), np.ones(4)
    for y in ([0, -1], [4, 1]):
        with pytest.raises(ValueError, match=r"(?i)label"):
            student.softmax_gradient(X, np.array(y), W, b)


@pytest.mark.group("contract")
@pytest.mark.points(0.5)
@pytest.mark.hint("After your call, are the caller's arrays still what they were?")
def test_returns_arrays_leaves_its_arguments_alone_and_keeps_nothing(student):
    X, W = np.array([[4.0], [-2.0]]), np.zeros((1, 2))
    # The second probabilities are 3/4 and 1/4 in both rows.
    for y, b, dW, db in [
        ([1, 0], np.zeros(2), [[1.5, -1.5]], [0.0, 0.0]),
        ([1, 1], np.log([3.0, 1.0]), [[0.75, -0.75]], [0.75, -0.75]),
    ]:
        result = student.softmax_gradient(X, np.array(y), W, b)
        unchanged(student.softmax_gradient)
        no_alias(student.softmax_gradient)
        assert_close(result, (np.array(dW), np.array(db)), "T1")
        assert result[0].dtype == result[1].dtype == np.float64
        X.flags.writeable = W.flags.writeable = False
