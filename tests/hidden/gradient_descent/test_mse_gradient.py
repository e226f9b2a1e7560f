"""Hidden tests of mse_gradient."""

import numpy as np
import pytest

from grader import Size, assert_close, no_alias, unchanged

pytestmark = pytest.mark.function("mse_gradient")


def mse(X, y, params):
    """Return the losses of models, one a column of `params`: weights, and under them the bias."""
    residuals = np.column_stack([X, np.ones(len(X))]) @ params - y[:, np.newaxis]
    return np.mean(residuals**2, axis=0)


def gradient(X, y, w, b):
    r = X @ w + b - y
    return 2 * X.T @ r / len(y), 2 * np.mean(r)


@pytest.mark.group("value")
@pytest.mark.points(3)
def test_random_models(student, domain, rng):
    args = domain.draw(rng, Size(n=4, d=4))
    assert_close(student.mse_gradient(*args), gradient(*args), "T1")


@pytest.mark.group("value")
@pytest.mark.points(2)
@pytest.mark.hint("Differentiate the mean of u squared on paper: which factors stand in front?")
def test_hand_made_residuals(student):
    # The residuals are 2, -1, 0 and 5.
    X = np.array([[1.0, 0.0], [0.0, 1.0], [2.0, 2.0], [-1.0, 3.0]])
    y = np.array([-0.5, 4.5, 8.5, 3.5])
    dw, db = student.mse_gradient(X, y, np.array([1.0, 3.0]), 0.5)
    assert_close(dw, np.array([-1.5, 7.0]), "T1")
    assert_close(db, 3.0, "T1")


@pytest.mark.group("value")
@pytest.mark.points(1.5)
@pytest.mark.hint("Is it the slope of the loss? Compare it with `numerical_gradient`.")
def test_is_the_slope_of_the_mean_squared_error(student, domain, rng):
    h, (X, y, w, b) = 1e-5, domain.draw(rng)
    got = student.mse_gradient(X, y, w, b)
    params, steps = np.append(w, b)[:, np.newaxis], h * np.eye(4)
    slopes = (mse(X, y, params + steps) - mse(X, y, params - steps)) / (2 * h)
    assert_close(got, (slopes[:3], slopes[3]), "TFD")


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Check with b different from 0, and with weights that are 0.")
def test_a_constant_model(student):
    X, y = np.array([[1.0, 4.0, -2.0], [3.0, 0.0, 1.0]]), np.array([1.0, 2.0])
    dw, db = student.mse_gradient(X, y, np.zeros(3), 3.0)
    assert_close(dw, np.array([5.0, 8.0, -3.0]), "T1")
    assert_close(db, 3.0, "T1")


@pytest.mark.group("edge")
@pytest.mark.points(1.25)
@pytest.mark.hint("Try your function with `np.array([1, 2], dtype=np.uint8)`.")
def test_takes_arrays_of_any_number_type(student):
    X, y, w = [[100, 200], [7, 0], [0, 3]], [250, 5, 251], [2, 1]
    got = student.mse_gradient(*(np.array(values, dtype=np.uint8) for values in (X, y, w)), 1)
    # The residuals are 151, 10 and -247.
    assert_close(got, (np.array([30340.0, 58918.0]) / 3, -172 / 3), "T1")
    third = np.array([[1, 2], [5, 7]], dtype=np.float32) / np.float32(3)
    exact = third.astype(float)
    r = exact @ exact[0] - exact[1]
    got = student.mse_gradient(third, third[1], third[0], 0.0)
    assert_close(got, (exact.T @ r, r.sum()), "T1")


@pytest.mark.group("edge")
@pytest.mark.points(0.75)
def test_a_nan_makes_nan_what_depends_on_it(student):
    X = np.array([[1.0, 2.0], [np.nan, 4.0]])
    got = student.mse_gradient(X, np.array([1.0, 2.0]), np.array([1.0, -1.0]), 1.0)
    assert_close(got, (np.full(2, np.nan), np.nan))


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_one_example_in_lists_or_one_feature(student):
    one = student.mse_gradient([[2, True]], [4], [0.5, -1], 1)
    assert_close(one, (np.array([-12.0, -6.0]), -6.0), "T1")
    X, y = np.array([[1.0], [-2.0], [3.0]]), np.array([0.0, 1.0, 5.0])
    got = student.mse_gradient(X, y, np.array([2.0]), 0.5)
    assert_close(got, (np.array([32 / 3]), -1 / 3), "T1")


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("Duplicate the data: the loss is unchanged. Your gradient?")
def test_is_0_at_the_least_squares_fit_and_does_not_depend_on_order_or_copies(student, domain, rng):
    X, y, w, b = domain.draw(rng)
    fit = np.linalg.lstsq(np.column_stack([X, np.ones(len(X))]), y, rcond=None)[0]
    dw, db = student.mse_gradient(X, y, fit[:-1], fit[-1])
    assert_close(np.append(dw, db), np.zeros(4), rtol=0.0, atol=1e-9)
    order = np.tile(rng.permutation(len(X)), 2)
    copies = student.mse_gradient(X[order], y[order], w, b)
    assert_close(copies, gradient(X, y, w, b), "T1")


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("Take one small step downhill. Did the loss fall?")
def test_is_affine_in_the_parameters_and_its_opposite_leads_downhill(student, domain, rng):
    X, y, w, b = domain.draw(rng)
    here, there = (np.append(*student.mse_gradient(X, y, t * w, t * b)) for t in (1, -1))
    # The gradients of opposite models have that of the model 0 in their middle.
    assert_close((here + there) / 2, np.append(*gradient(X, y, 0 * w, 0.0)), "T1")
    params, step = np.append(w, b), 1e-3 * here / np.linalg.norm(here)
    before, after = mse(X, y, np.column_stack([params, params - step]))
    assert after < before


@pytest.mark.group("contract")
@pytest.mark.points(0.5)
@pytest.mark.hint("Print the shape of the difference of your predictions and y.")
def test_shapes_that_do_not_fit_and_no_examples_are_errors(student):
    for X, y, w in [
        (np.ones((4, 3)), np.ones((4, 1)), np.ones(3)),
        (np.ones((4, 3)), np.ones(4), np.ones((3, 1))),
        (np.ones(3), np.ones(3), np.ones(3)),
    ]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.mse_gradient(X, y, w, 1.0)
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.mse_gradient(np.zeros((0, 3)), np.zeros(0), np.ones(3), 1.0)


@pytest.mark.group("contract")
@pytest.mark.points(0.5)
@pytest.mark.hint("How many biases does the model have? Are the caller's arrays still the same?")
def test_returns_an_array_and_a_float_leaves_its_arguments_alone_and_keeps_nothing(student):
    X = np.array([[1.0, 0.0], [2.0, -2.0]])
    # The residuals are 2 and -1, then -1 and 4.
    for y, w, dw, db in [
        ([0.0, 0.0], [1.0, 2.0], [0.0, 2.0], 1.0),
        ([2.0, -5.0], [0.0, 1.0], [7.0, -8.0], 3.0),
    ]:
        result = student.mse_gradient(X, np.array(y), np.array(w), 1.0)
        unchanged(student.mse_gradient)
        no_alias(student.mse_gradient)
        assert_close(result, (np.array(dw), db), "T1")
        assert result[0].dtype == np.float64
        assert isinstance(result[1], float)
        X.flags.writeable = False
