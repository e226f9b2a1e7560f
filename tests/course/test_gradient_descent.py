"""The reference of gradient_descent against scipy, scikit-learn and the numbers of the exercise set."""

import importlib
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose
from numpy.typing import NDArray
from scipy import optimize
from sklearn import linear_model

from grader.course import Course
from grader.suite.reference import Solution, load_solution

Floats = NDArray[np.float64]

X = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])


@pytest.fixture(scope="module")
def reference() -> Solution:
    return load_solution(Course.find().assignment("gradient_descent"))


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(20)


@pytest.fixture(scope="module")
def losses(reference: Solution) -> Any:
    """The losses that students are given with this assignment."""
    return importlib.import_module("given.models_and_losses")


@pytest.fixture(scope="module")
def datasets(reference: Solution) -> Any:
    return importlib.import_module("given.datasets")


def test_numerical_gradient_of_cubes_is_as_exact_as_the_exercises_say(reference: Solution) -> None:
    got = reference.numerical_gradient(lambda w: np.sum(w**3), [1, -2])
    assert_allclose(got, [3, 12], rtol=0, atol=2.2e-10)


def test_numerical_gradient_agrees_with_scipy_on_the_rosenbrock_function(
    reference: Solution, rng: np.random.Generator
) -> None:
    for w in rng.uniform(-1, 1, (10, 4)):
        got = reference.numerical_gradient(optimize.rosen, w)
        assert_allclose(got, optimize.rosen_der(w), rtol=1e-6, atol=1e-6)


def test_gradient_check_tells_scipys_right_gradient_from_a_wrong_one(
    reference: Solution, rng: np.random.Generator
) -> None:
    w = rng.uniform(0.2, 1, 5)
    right = optimize.rosen_der
    assert reference.gradient_check(optimize.rosen, right, w) < 1e-6
    doubled = reference.gradient_check(optimize.rosen, lambda v: 2 * right(v), w)
    assert_allclose(doubled, 1 / 3, rtol=0, atol=1e-6)
    assert reference.gradient_check(optimize.rosen, lambda v: -right(v), w) == 1


def test_the_three_gradients_of_the_examples(reference: Solution) -> None:
    dw, db = reference.mse_gradient(X, [1, 0, 1], [0.5, -1], 0.25)
    assert_allclose(np.append(dw, db), [-20.1666667, -26, -5.8333333], rtol=0, atol=5e-8)
    dw, db = reference.logistic_gradient(X, [1, 0, 1], [0.5, -1], 0.25)
    assert_allclose(np.append(dw, db), [-1.7682057, -2.3164135, -0.5482078], rtol=0, atol=5e-8)
    W, b = [[0.1, -0.2, 0.3], [0, 0.4, -0.1]], [0.05, 0, -0.05]
    dW, db = reference.softmax_gradient(X, [0, 1, 2], W, b)
    expected = [
        [0.3667567, 0.4584548, -0.8252115],
        [0.2833825, 0.6007490, -0.8841315],
        [-0.0833742, 0.1422943, -0.0589201],
    ]
    assert_allclose(np.vstack([dW, db]), expected, rtol=0, atol=5e-8)


def test_mse_gradient_is_0_at_scikit_learns_linear_regression(
    reference: Solution, rng: np.random.Generator
) -> None:
    features, y = rng.normal(size=(60, 4)), rng.normal(size=60)
    fit = linear_model.LinearRegression().fit(features, y)
    dw, db = reference.mse_gradient(features, y, fit.coef_, fit.intercept_)
    assert_allclose(np.append(dw, db), 0, atol=1e-12)


def test_logistic_gradient_is_0_at_scikit_learns_logistic_regression(
    reference: Solution, rng: np.random.Generator
) -> None:
    features = rng.normal(size=(200, 3))
    y = (features @ [1, -2, 0.5] + rng.logistic(size=200) > 0.3).astype(int)
    fit = linear_model.LogisticRegression(C=np.inf, tol=1e-8).fit(features, y)
    dw, db = reference.logistic_gradient(features, y, fit.coef_[0], fit.intercept_[0])
    assert_allclose(np.append(dw, db), 0, atol=1e-4)


def test_softmax_gradient_is_0_at_scikit_learns_logistic_regression(
    reference: Solution, rng: np.random.Generator
) -> None:
    features = rng.normal(size=(300, 2))
    scores = features @ rng.normal(size=(2, 4)) + rng.gumbel(size=(300, 4))
    y = scores.argmax(axis=1)
    fit = linear_model.LogisticRegression(C=np.inf, tol=1e-8).fit(features, y)
    dW, db = reference.softmax_gradient(features, y, fit.coef_.T, fit.intercept_)
    assert_allclose(np.vstack([dW, db]), 0, atol=1e-4)


def test_gradients_are_the_slopes_of_the_losses_that_students_are_given(
    reference: Solution, rng: np.random.Generator, losses: Any
) -> None:
    features, w, b = rng.normal(size=(30, 3)), rng.normal(size=3), 0.7
    y, labels = rng.normal(size=30), rng.integers(0, 2, 30)

    def mse(v: Floats) -> float:
        return float(losses.mean_squared_error(y, losses.linear_predict(features, v, b)))

    def cross_entropy(v: Floats) -> float:
        z = losses.linear_predict(features, v, b)
        return float(losses.binary_cross_entropy_with_logits(labels, z))

    def gradient_of_mse(v: Floats) -> Floats:
        return np.asarray(reference.mse_gradient(features, y, v, b)[0])

    def gradient_of_cross_entropy(v: Floats) -> Floats:
        return np.asarray(reference.logistic_gradient(features, labels, v, b)[0])

    assert reference.gradient_check(mse, gradient_of_mse, w) < 1e-6
    assert reference.gradient_check(cross_entropy, gradient_of_cross_entropy, w) < 1e-6


def test_gradient_step_of_the_example(reference: Solution) -> None:
    w, b = reference.gradient_step(((1, 2), 3), ((10, -10), 1), 0.1)
    assert_allclose(w, [0, 3])
    assert_allclose(b, 2.9)


def test_gradient_descent_of_the_example(reference: Solution) -> None:
    params, losses = reference.gradient_descent(
        lambda p: (p[0] - 3) ** 2, lambda p: (2 * (p[0] - 3),), (0,), 0.1, 3
    )
    assert_allclose(params[0], 1.464)
    assert_allclose(losses, [9, 5.76, 3.6864, 2.359296])


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (2.0, 0.960150),
        (0.5, 0.960150),
        (0.1, 0.960150),
        (0.05, -1.035579),
        (-0.5, -1.035579),
        (-2.0, -1.035579),
    ],
)
def test_gradient_descent_ends_in_the_valley_that_the_start_lies_in(
    reference: Solution, start: float, end: float
) -> None:
    params, losses = reference.gradient_descent(
        lambda p: (p[0] ** 2 - 1) ** 2 + 0.3 * p[0],
        lambda p: (4 * p[0] * (p[0] ** 2 - 1) + 0.3,),
        (start,),
        0.05,
        500,
    )
    assert_allclose(params[0], end, rtol=0, atol=1e-6)
    assert_allclose(losses[-1], 0.294146 if end > 0 else -0.305428, rtol=0, atol=1e-6)


def test_the_number_of_mistakes_is_flat_and_the_log_loss_is_not(
    reference: Solution, losses: Any, datasets: Any
) -> None:
    features, y = datasets.make_parking_lot(400, 0.05, np.random.default_rng(10))
    zero, direction = np.zeros(4), np.array([0.0, -1.0, 0.0, 0.0])
    ts = np.linspace(-3, 3, 601)

    def mistakes(w: Floats) -> int:
        return int(losses.zero_one_loss(y, (features @ w - 1 >= 0).astype(int)))

    def log_loss(w: Floats) -> float:
        return float(losses.binary_cross_entropy_with_logits(y, features @ w - 1))

    counts = reference.loss_slice(mistakes, zero, direction, ts)
    assert_allclose(reference.flat_fraction(counts), 0.657, rtol=0, atol=5e-4)
    assert len(np.unique(counts)) == 158
    assert (counts.min(), counts.max()) == (20, 217)
    assert reference.flat_fraction(reference.loss_slice(log_loss, zero, direction, ts)) == 0
    for t in (-2.0, -0.51, 0.37, 1.9):
        assert_allclose(reference.numerical_gradient(mistakes, t * direction), 0, atol=0)
