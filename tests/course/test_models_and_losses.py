"""The reference of models_and_losses against scikit-learn, scipy and the numbers of the exercise set."""

from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy import optimize, special, stats
from sklearn import linear_model, metrics

from grader.compare import assert_close
from grader.course import Course
from grader.suite.reference import Solution, load_solution


@pytest.fixture(scope="module")
def reference() -> Solution:
    return load_solution(Course.find().assignment("models_and_losses"))


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(20)


def test_linear_predict_agrees_with_a_linear_regression(
    reference: Solution, rng: np.random.Generator
) -> None:
    X, y = rng.normal(size=(50, 4)), rng.normal(size=50)
    model = linear_model.LinearRegression().fit(X, y)
    assert_close(reference.linear_predict(X, model.coef_, model.intercept_), model.predict(X), "T1")


def test_sigmoid_agrees_with_expit_also_in_its_tail(
    reference: Solution, rng: np.random.Generator
) -> None:
    z = np.concatenate([rng.normal(0, 5, 200), np.linspace(-700, 700, 101)])
    assert_close(reference.sigmoid(z), special.expit(z), atol=0.0)
    assert_allclose(reference.sigmoid(-40.0), 4.248354e-18, rtol=1e-6, atol=0)


def test_softmax_agrees_with_scipy_on_any_level(
    reference: Solution, rng: np.random.Generator
) -> None:
    Z = rng.normal(0, 3, (40, 6)) + rng.uniform(-900, 900, (40, 1))
    assert_close(reference.softmax(Z), special.softmax(Z, axis=1), "T0")


def test_predict_class_agrees_with_argmax(reference: Solution, rng: np.random.Generator) -> None:
    P = rng.integers(0, 4, (60, 5)) / 4
    assert_array_equal(reference.predict_class(P), np.argmax(P, axis=1))


@pytest.mark.parametrize(
    ("name", "oracle"),
    [
        ("sum_squared_error", lambda y, p: len(y) * metrics.mean_squared_error(y, p)),
        ("mean_squared_error", metrics.mean_squared_error),
        ("root_mean_squared_error", metrics.root_mean_squared_error),
        ("mean_absolute_error", metrics.mean_absolute_error),
    ],
)
def test_losses_agree_with_scikit_learn(
    reference: Solution, rng: np.random.Generator, name: str, oracle: Any
) -> None:
    for n in (1, 2, 7, 1000):
        y_true, y_pred = rng.normal(size=(2, n))
        assert_close(getattr(reference, name)(y_true, y_pred), oracle(y_true, y_pred), "T0")


def test_zero_one_loss_agrees_with_scikit_learn(
    reference: Solution, rng: np.random.Generator
) -> None:
    y_true, y_pred = rng.integers(0, 4, (2, 100))
    got = reference.zero_one_loss(y_true, y_pred)
    assert got == metrics.zero_one_loss(y_true, y_pred, normalize=False)
    assert type(got) is int


def test_binary_cross_entropy_agrees_with_log_loss(
    reference: Solution, rng: np.random.Generator
) -> None:
    y_true, p = rng.integers(0, 2, 100), rng.uniform(0.01, 0.99, 100)
    expected = metrics.log_loss(y_true, p, labels=[0, 1])
    assert_close(reference.binary_cross_entropy(y_true, p), expected, "T0")


def test_binary_cross_entropy_with_logits_agrees_with_log_expit(
    reference: Solution, rng: np.random.Generator
) -> None:
    y_true, z = rng.integers(0, 2, 100), rng.uniform(-1000, 1000, 100)
    expected = -np.mean(special.log_expit(np.where(y_true == 1, z, -z)))
    assert_close(reference.binary_cross_entropy_with_logits(y_true, z), expected, "T0")


def test_softmax_cross_entropy_agrees_with_log_softmax(
    reference: Solution, rng: np.random.Generator
) -> None:
    y_true, Z = rng.integers(0, 5, 100), rng.normal(0, 300, (100, 5))
    expected = -special.log_softmax(Z, axis=1)[np.arange(100), y_true].mean()
    assert_close(reference.softmax_cross_entropy(y_true, Z), expected, "T0")


@pytest.mark.parametrize(
    ("loss", "name"), [("squared", "mean_squared_error"), ("absolute", "mean_absolute_error")]
)
def test_best_constant_is_where_a_minimiser_ends(
    reference: Solution, rng: np.random.Generator, loss: str, name: str
) -> None:
    y = rng.exponential(size=31)
    loss_of = getattr(reference, name)
    found = optimize.minimize_scalar(lambda c: loss_of(y, np.full(31, c)), bounds=(0, y.max()))
    assert_allclose(reference.best_constant(y, loss), found.x, atol=1e-4)


def test_best_constant_for_the_zero_one_loss_is_the_mode(
    reference: Solution, rng: np.random.Generator
) -> None:
    for _ in range(20):
        y = rng.integers(0, 5, 12)
        assert reference.best_constant(y, "zero_one") == stats.mode(y).mode


@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        ("linear_predict", ([[1, 2], [3, 4], [5, 6]], [0.5, -1], 0.25), [-1.25, -2.25, -3.25]),
        (
            "softmax",
            ([[2, 1, 0.1], [0, 3, -1]],),
            [
                [0.6590011389, 0.2424329707, 0.0985658904],
                [0.0466126226, 0.9362395519, 0.0171478255],
            ],
        ),
        ("sum_squared_error", ([3, -0.5, 2, 7], [2.5, 0, 2, 8]), 1.5),
        ("mean_squared_error", ([3, -0.5, 2, 7], [2.5, 0, 2, 8]), 0.375),
        ("root_mean_squared_error", ([3, -0.5, 2, 7], [2.5, 0, 2, 8]), 0.6123724357),
        ("mean_absolute_error", ([3, -0.5, 2, 7], [2.5, 0, 2, 8]), 0.5),
        ("binary_cross_entropy", ([1, 0, 1], [0.9, 0.2, 0.6]), 0.2797765636),
        ("binary_cross_entropy", ([1], [0.49]), 0.7133498879),
        ("binary_cross_entropy", ([1], [0.01]), 4.6051701860),
        ("binary_cross_entropy", ([0], [1e-20]), 1e-20),
        ("binary_cross_entropy", ([1, 0], [0.0, 0.5]), np.inf),
        ("binary_cross_entropy_with_logits", ([1, 0, 1], [2, -1, 0.5]), 0.3047555609),
        ("binary_cross_entropy_with_logits", ([0], [1000]), 1000.0),
        ("binary_cross_entropy_with_logits", ([1], [1000]), 0.0),
        ("binary_cross_entropy_with_logits", ([0], [40]), 40.0),
        ("softmax_cross_entropy", ([0, 2], [[2, 1, 0.1], [0, 3, -1]]), 2.2414569600),
        ("softmax_cross_entropy", ([1], [[1e3, -1e3]]), 2000.0),
        ("best_constant", ([1, 2, 3, 4, 100], "squared"), 22.0),
        ("best_constant", ([1, 2, 3, 4, 100], "absolute"), 3.0),
        ("best_constant", ([0] * 19 + [1], "squared"), 0.05),
        ("best_constant", ([0] * 19 + [1], "absolute"), 0.0),
        ("best_constant", ([0] * 19 + [1], "cross_entropy"), 0.05),
        ("best_constant", ([0] * 19 + [1], "zero_one"), 0.0),
    ],
)
def test_examples_of_the_exercise_set(
    reference: Solution, name: str, arguments: tuple[Any, ...], expected: Any
) -> None:
    assert_allclose(getattr(reference, name)(*arguments), expected, rtol=5e-9, atol=0)


def test_stable_functions_raise_no_warning(reference: Solution) -> None:
    z = np.array([-1000.0, -1.0, 0.0, 1.0, 1000.0])
    Z, ones = z[:, np.newaxis] - z, np.ones(5)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        assert np.isfinite(reference.sigmoid(z)).all()
        assert np.isfinite(reference.softmax(Z)).all()
        assert np.isfinite(reference.binary_cross_entropy_with_logits(ones, z))
        assert np.isfinite(reference.softmax_cross_entropy(ones, Z))


def test_an_outlier_multiplies_the_absolute_loss_by_10_and_the_squared_one_by_100(
    reference: Solution,
) -> None:
    truth, near, far = np.zeros(100), np.zeros(100), np.zeros(100)
    near[0], far[0] = 1.0, 10.0
    for name, factor in [("mean_absolute_error", 10), ("sum_squared_error", 100)]:
        loss = getattr(reference, name)
        assert_allclose(loss(truth, far), factor * loss(truth, near))
