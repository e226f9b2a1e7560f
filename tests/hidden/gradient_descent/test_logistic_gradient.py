"""Hidden tests of logistic_gradient."""

import numpy as np
import pytest

from grader import Size, assert_close, no_alias, unchanged

pytestmark = pytest.mark.function("logistic_gradient")

LOUD = {"over": "raise", "invalid": "raise", "divide": "raise"}


def log_loss(X, y, params):
    """Return the losses of models, one a column of `params`: weights, and under them the bias."""
    Z = np.column_stack([X, np.ones(len(X))]) @ params
    return np.mean(np.logaddexp(0.0, Z) - y[:, np.newaxis] * Z, axis=0)


@pytest.mark.group("value")
@pytest.mark.points(3)
def test_random_models(student, domain, rng):
    X, y, w, b = domain.draw(rng, Size(n=4, d=4))
    r = 1 / (1 + np.exp(-X @ w - b)) - y
    assert_close(student.logistic_gradient(X, y, w, b), (X.T @ r / 4, np.mean(r)), "T1")


@pytest.mark.group("value")
@pytest.mark.points(2)
@pytest.mark.hint("The residual of an example is its predicted probability minus its label.")
def test_hand_made_probabilities(student):
    # The logits are ln 3, -ln 3, ln 9 and 0: the probabilities 3/4, 1/4, 9/10 and 1/2.
    X = np.array([[1.0, -1.0], [-2.0, 0.0], [0.0, 1.0], [2.0, -3.0]])
    w, b = np.full(2, np.log(3)), np.log(3)
    dw, db = student.logistic_gradient(X, np.array([1, 0, 0, 1]), w, b)
    assert_close(dw, np.array([-1.75, 2.65]) / 4, "T1")
    assert_close(db, 0.1, "T1")


@pytest.mark.group("value")
@pytest.mark.points(1.5)
@pytest.mark.hint(
    "The loss's derivative cancels a factor. Which? Compare with `numerical_gradient`."
)
def test_is_the_slope_of_the_cross_entropy(student, domain, rng):
    h, (X, y, w, b) = 1e-5, domain.draw(rng)
    got = student.logistic_gradient(X, y, w, b)
    params, steps = np.append(w, b)[:, np.newaxis], h * np.eye(4)
    slopes = (log_loss(X, y, params + steps) - log_loss(X, y, params - steps)) / (2 * h)
    assert_close(got, (slopes[:3], slopes[3]), "TFD")


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("With all weights 0 the model says 1/2 for everything.")
def test_an_undecided_model(student, rng):
    X, y = rng.normal(size=(10, 3)), np.array([0, 0, 1, 0, 0, 0, 1, 0, 0, 1])
    dw, db = student.logistic_gradient(X, y, np.zeros(3), 0.0)
    assert_close(db, 0.2, "T1")
    assert_close(dw, X.T @ (0.5 - y) / 10, "T1")


@pytest.mark.group("edge")
@pytest.mark.points(1)
@pytest.mark.hint("Use a sigmoid that computes nothing but exp(-|z|).")
def test_far_logits_give_no_warning(student):
    X, y = np.array([[1.0], [-1.0], [0.75], [-0.72]]), np.array([0, 1, 1, 1])
    got = student.under(errstate=LOUD).logistic_gradient(X, y, np.array([1000.0]), 0.0)
    # The residuals are 1, -1, 0 and -1.
    assert_close(got, (np.array([2.72]) / 4, -0.25), "T1")


@pytest.mark.group("edge")
@pytest.mark.points(0.75)
@pytest.mark.hint("Try your function with labels of type bool and uint8, and with float32.")
def test_takes_arrays_of_any_number_type(student, solution):
    X, y, w = [[20, 1], [0, 3], [2, 0], [19, 1]], [True, False, False, True], [13, 2]
    floats = np.array(X, dtype=float), np.array(y, dtype=float)
    expected = solution.logistic_gradient(*floats, [13.0, 2.0], -258.0)
    arrays = (np.array(values, dtype=np.uint8) for values in (X, y, w))
    assert_close(student.logistic_gradient(*arrays, -258), expected, "T1")
    third, y = np.array(X, dtype=np.float32) / np.float32(3), np.array(y)
    exact = third.astype(float)
    expected = solution.logistic_gradient(exact, floats[1], exact[0], 0.2)
    assert_close(student.logistic_gradient(third, y, third[0], 0.2), expected, "T1")


@pytest.mark.group("edge")
@pytest.mark.points(0.75)
def test_a_nan_feature_and_one_example_in_lists(student):
    X = np.array([[1.0, 2.0], [np.nan, 4.0], [0.0, 1.0]])
    got = student.logistic_gradient(X, np.array([1, 0, 0]), np.array([1.0, -1.0]), 1.0)
    assert_close(got, (np.full(2, np.nan), np.nan))
    one = student.logistic_gradient([[2, -1]], [True], [1, 1], -1)
    assert_close(one, (np.array([-1.0, 0.5]), -0.5), "T1")


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("How large can prediction minus label be? Duplicate the data: what changes?")
def test_is_bounded_and_does_not_depend_on_order_or_copies(student, domain, rng):
    X, y, w, b = domain.draw(rng)
    order = np.tile(rng.permutation(len(X)), 2)
    dw, db = result = student.logistic_gradient(X[order], y[order], 30 * w, 30 * b)
    assert abs(db) <= 1
    assert np.all(np.abs(dw) <= np.abs(X).max(axis=0))
    r = 0.5 + 0.5 * np.tanh(15 * (X @ w + b)) - y
    assert_close(result, (X.T @ r / len(y), np.mean(r)), "T1")


@pytest.mark.group("property")
@pytest.mark.points(0.5)
def test_a_constant_model_is_best_at_the_logit_of_the_base_rate(student, rng):
    X, y = rng.normal(size=(20, 2)), rng.permutation(np.arange(20) < 3)
    b = np.log(3 / 17)
    dw, db = student.logistic_gradient(X, y, np.zeros(2), b)
    assert_close(db, 0.0, "T1")
    assert_close(dw, X.T @ (0.15 - y) / 20, "T1")


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_shapes_that_do_not_fit_and_no_examples_are_errors(student):
    for X, y, w in [
        (np.ones((4, 3)), np.ones((4, 1)), np.ones(3)),
        (np.ones((4, 3)), np.ones(4), np.ones((3, 1))),
        (np.ones(3), np.ones(3), np.ones(3)),
    ]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.logistic_gradient(X, y, w, 1.0)
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.logistic_gradient(np.zeros((0, 3)), np.zeros(0), np.ones(3), 1.0)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_labels_other_than_0_and_1_are_an_error(student):
    X = np.array([[1.0], [2.0], [3.0]])
    for y in ([-1, 1, 1], [0.5, 0, 1], [1, 0, np.nan]):
        with pytest.raises(ValueError, match=r"(?i)label"):
            student.logistic_gradient(X, np.array(y), np.array([1.0]), 0.0)


@pytest.mark.group("contract")
@pytest.mark.points(0.5)
@pytest.mark.hint("How many biases does the model have? Are the caller's arrays still the same?")
def test_returns_an_array_and_a_float_leaves_its_arguments_alone_and_keeps_nothing(student):
    X, w = np.array([[2.0], [0.0]]), np.array([np.log(3)])
    # The residuals are 9/10 - 1 and 1/2, then 1/10 and 1/2.
    for y, weights, dw, db in ([1.0, 0.0], w, -0.1, 0.2), ([0.0, 0.0], -w, 0.1, 0.3):
        result = student.logistic_gradient(X, np.array(y), weights, 0.0)
        unchanged(student.logistic_gradient)
        no_alias(student.logistic_gradient)
        assert_close(result, (np.array([dw]), db), "T1")
        assert result[0].dtype == np.float64
        assert isinstance(result[1], float)
        X.flags.writeable = False
