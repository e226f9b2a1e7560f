"""The reference of efficient_optimization against scikit-learn, numpy and the numbers of the exercise set."""

import importlib
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from numpy.typing import NDArray
from sklearn import linear_model, preprocessing

from grader.compare import assert_close
from grader.course import Course
from grader.suite.reference import Solution, load_solution

Floats = NDArray[np.float64]

X = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])


@pytest.fixture(scope="module")
def reference() -> Solution:
    return load_solution(Course.find().assignment("efficient_optimization"))


@pytest.fixture(scope="module")
def losses(reference: Solution) -> Any:
    """The losses that students are given with this assignment; the reference brings them."""
    return importlib.import_module("given.models_and_losses")


@pytest.fixture(scope="module")
def descent(reference: Solution) -> Any:
    return importlib.import_module("given.gradient_descent")


@pytest.fixture(scope="module")
def datasets(reference: Solution) -> Any:
    return importlib.import_module("given.datasets")


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(20)


class Plane:
    """The mean squared error of a plane on the data of the exercises."""

    start = (np.zeros(2), 0.5)

    def __init__(self, datasets: Any, descent: Any) -> None:
        self.X, self.y = datasets.make_plane(200, 0.1, np.random.default_rng(30))
        self._descent = descent

    def loss(self, params: tuple[Any, ...]) -> float:
        return float(np.mean((self.X @ params[0] + params[1] - self.y) ** 2))

    def gradient(self, params: tuple[Any, ...]) -> Any:
        return self._descent.mse_gradient(self.X, self.y, *params)


@pytest.fixture
def plane(datasets: Any, descent: Any) -> Plane:
    return Plane(datasets, descent)


def test_standardize_agrees_with_scikit_learn(
    reference: Solution, rng: np.random.Generator
) -> None:
    features = rng.normal(1e4, [1.0, 10.0, 1e4], (40, 3))
    features = np.column_stack([features, np.full(40, 2.75)])
    scaler = preprocessing.StandardScaler().fit(features)
    mean, std = reference.standardize_fit(features)
    assert_close((mean, std), (scaler.mean_, scaler.scale_), "T1")
    new = rng.normal(size=(5, 4))
    assert_close(reference.standardize_apply(new, mean, std), scaler.transform(new), "T1")


def test_standardize_fit_gives_the_spread_1_where_rounding_leaves_a_little(
    reference: Solution,
) -> None:
    assert np.full(100, 2.7).std() > 0
    assert reference.standardize_fit(np.full((100, 1), 2.7))[1] == 1


def test_standardising_makes_a_long_valley_round(
    reference: Solution, descent: Any, rng: np.random.Generator
) -> None:
    rng = np.random.default_rng(31)
    raw = np.column_stack([rng.normal(200, 50, 300), rng.normal(0.5, 0.1, 300)])
    y = 0.02 * raw[:, 0] + 3 * raw[:, 1] + rng.normal(0, 0.1, 300)
    scaled = reference.standardize_apply(raw, *reference.standardize_fit(raw))
    least = np.mean((linear_model.LinearRegression().fit(raw, y).predict(raw) - y) ** 2)
    assert_allclose(least, 0.010638, atol=5e-7)
    for features, condition, end in [(raw, 4.9e6, 0.244), (scaled, 1.25, least)]:
        A = np.column_stack([features, np.ones(300)])
        assert_allclose(np.linalg.cond(A.T @ A), condition, rtol=0.01)
        rate = 0.9 * reference.max_stable_learning_rate(features)
        _, curve = descent.gradient_descent(
            lambda p, f=features: float(np.mean((f @ p[0] + p[1] - y) ** 2)),
            lambda p, f=features: descent.mse_gradient(f, y, *p),
            (np.zeros(2), 0.0),
            rate,
            200,
        )
        assert_allclose(curve[-1], end, rtol=0.005)
        # 0 where no loss of the curve is that small.
        assert np.argmax(curve <= 1.01 * least) == (17 if features is scaled else 0)


def test_max_stable_learning_rate_is_2_over_the_largest_eigenvalue(
    reference: Solution, plane: Plane
) -> None:
    assert_allclose(reference.max_stable_learning_rate(X), 0.0321792781, rtol=0, atol=5e-11)
    assert_allclose(reference.max_stable_learning_rate(plane.X), 0.0734949, rtol=0, atol=5e-8)
    A = np.column_stack([plane.X, np.ones(200)])
    largest = np.linalg.eigvalsh(A.T @ A / 100)[-1]
    assert_close(reference.max_stable_learning_rate(plane.X), 2 / largest, "T1")


@pytest.mark.parametrize(
    ("fraction", "end", "kind"),
    [
        (0.01, 0.19040, "still_decreasing"),
        (0.1, 0.01529, "still_decreasing"),
        (0.5, 0.002230, "converged"),
        (0.9, 0.002230, "converged"),
        (0.99, 0.002809, "still_decreasing"),
        (1.01, 1.730, "diverging"),
        (1.5, 5.3e58, "diverging"),
    ],
)
def test_learning_rates_around_the_limit_and_the_names_of_their_curves(
    reference: Solution, descent: Any, plane: Plane, fraction: float, end: float, kind: str
) -> None:
    rate = fraction * reference.max_stable_learning_rate(plane.X)
    _, curve = descent.gradient_descent(plane.loss, plane.gradient, plane.start, rate, 100)
    assert_allclose(curve[0], 0.46878, rtol=0, atol=5e-6)
    assert_allclose(curve[-1], end, rtol=2e-3)
    assert reference.classify_loss_curve(curve) == kind


@pytest.mark.parametrize(
    ("step", "rate"), [(0, 0.5), (5, 0.4761904762), (10, 0.4545454545), (100, 0.25)]
)
def test_decayed_learning_rate_of_the_example(reference: Solution, step: int, rate: float) -> None:
    got = reference.decayed_learning_rate(0.5, step, 0.1, 10)
    assert_allclose(got, rate, rtol=0, atol=5e-11)


class Lot:
    """The logistic model of the parking lot, with the square of the contrast as a feature."""

    def __init__(self, datasets: Any, losses: Any, descent: Any) -> None:
        features, self.y = datasets.load("lot_a_train")
        self.X = np.column_stack([features, features[:, 0] ** 2])
        self._losses, self._descent = losses, descent

    def loss(self, params: tuple[Any, ...]) -> float:
        z = self.X @ params[0] + params[1]
        return float(self._losses.binary_cross_entropy_with_logits(self.y, z))

    def gradient(self, params: tuple[Any, ...], X: Floats, y: Floats) -> Any:
        return self._descent.logistic_gradient(X, y, *params)

    def recall(self, params: tuple[Any, ...]) -> float:
        return float(np.mean((self.X @ params[0] + params[1] >= 0)[self.y == 1]))


@pytest.fixture
def lot(datasets: Any, losses: Any, descent: Any) -> Lot:
    return Lot(datasets, losses, descent)


def test_three_epochs_of_small_batches_do_what_takes_277_full_batches(
    reference: Solution, lot: Lot
) -> None:
    start = (np.zeros(5), 0.0)
    for batch_size, n_epochs, seed in [(32, 3, 0), (32, 3, 1), (4000, 277, 0)]:
        params = reference.minibatch_gradient_descent(
            lot.gradient,
            start,
            lot.X,
            lot.y,
            0.3,
            batch_size,
            n_epochs,
            np.random.default_rng(seed),
        )
        expected = 0.0830 if batch_size == 32 else 0.0850
        assert_allclose(lot.loss(params), expected, rtol=0, atol=1e-4)


def test_sorted_labels_without_shuffling_lead_astray(
    reference: Solution, descent: Any, lot: Lot
) -> None:
    params: tuple[Any, ...] = (np.zeros(5), 0.0)
    order = np.argsort(lot.y, kind="stable")
    for _ in range(5):
        for batch in np.split(order, np.arange(32, 4000, 32)):
            gradient = lot.gradient(params, lot.X[batch], lot.y[batch])
            params = descent.gradient_step(params, gradient, 0.3)
    assert_allclose(params[1], 0.718, rtol=0, atol=5e-4)
    assert_allclose(lot.recall(params), 0.665)
    assert_allclose(lot.loss(params), 0.0881, rtol=0, atol=1e-4)
    shuffled = reference.minibatch_gradient_descent(
        lot.gradient, (np.zeros(5), 0.0), lot.X, lot.y, 0.3, 32, 5, np.random.default_rng(0)
    )
    assert_allclose(shuffled[1], 0.192, rtol=0, atol=0.03)
    assert_allclose(lot.recall(shuffled), 0.48, rtol=0, atol=0.02)
    assert_allclose(lot.loss(shuffled), 0.0804, rtol=0, atol=1e-4)


def test_momentum_step_of_the_example_and_after_three_steps(reference: Solution) -> None:
    assert_close(reference.momentum_step((1,), (0.5,), (2,), 0.1, 0.9), ((1.25,), (0.25,)))
    params, velocity = (1.0,), (0.0,)
    for _ in range(3):
        params, velocity = reference.momentum_step(params, velocity, (2 * params[0],), 0.1, 0.9)
    assert_allclose((params[0], velocity[0]), (0.062, -0.398), rtol=0, atol=5e-4)


@pytest.mark.parametrize(("momentum", "n_steps"), [(0, 761), (0.5, 364), (0.9, 236)])
def test_momentum_shortens_the_way_along_a_valley(
    reference: Solution, momentum: float, n_steps: int
) -> None:
    params, velocity, done = (np.ones(2),), (np.zeros(2),), 0
    while np.linalg.norm(params[0]) >= 1e-6:
        gradient = (np.array([1.0, 50.0]) * params[0],)
        params, velocity = reference.momentum_step(params, velocity, gradient, 0.018, momentum)
        done += 1
    assert done == n_steps


@pytest.mark.parametrize(
    ("check_every", "n_steps", "n_checks"),
    [(1, 1193, 1194), (10, 1360, 137), (50, 1500, 31), (100, 1600, 17)],
)
def test_looking_less_often_costs_some_steps_and_saves_most_losses(
    reference: Solution, plane: Plane, check_every: int, n_steps: int, n_checks: int
) -> None:
    rate = 0.05 * reference.max_stable_learning_rate(plane.X)
    args = (plane.loss, plane.gradient, plane.start, rate, 2000, check_every, 1e-10)
    _, done, checks = reference.train_with_loss_checks(*args)
    assert (done, len(checks)) == (n_steps, n_checks)


@pytest.mark.parametrize(
    ("arguments", "work"),
    [
        ((4000, 4000, 10, 1), (10, 40000, 44000)),
        ((4000, 32, 10, 1), (1250, 40000, 5004000)),
        ((4000, 32, 10, 100), (1250, 40000, 52000)),
        ((10, 4, 3, 2), (9, 30, 50)),
    ],
)
def test_training_work_of_the_examples(
    reference: Solution, arguments: tuple[int, ...], work: tuple[int, ...]
) -> None:
    assert reference.training_work(*arguments) == work


def test_training_work_counts_what_minibatch_gradient_descent_does(
    reference: Solution, rng: np.random.Generator
) -> None:
    sizes = []

    def grad_fn(_params: Any, _features: Floats, targets: Floats) -> tuple[float]:
        sizes.append(len(targets))
        return (0.0,)

    y = np.zeros(23)
    args = (grad_fn, (0.0,), y[:, np.newaxis], y, 0.1, 5, 3, rng)
    reference.minibatch_gradient_descent(*args)
    steps, gradients, _ = reference.training_work(23, 5, 3, 1)
    assert (len(sizes), sum(sizes)) == (steps, gradients)


@pytest.mark.parametrize(
    ("curve", "kind"),
    [
        ([1, 0.5, 0.25, 0.125], "still_decreasing"),
        ([1, 0.5, 0.1, 0.1, 0.1, 0.1], "converged"),
        ([1, 0.2, 0.6, 0.2, 0.6, 0.2, 0.6], "oscillating"),
        ([1, 2], "diverging"),
        ([1, 1, 1], "converged"),
    ],
)
def test_classify_loss_curve_of_the_examples(
    reference: Solution, curve: list[float], kind: str
) -> None:
    assert reference.classify_loss_curve(curve) == kind


def test_a_fixed_step_oscillates_around_a_kink(reference: Solution, descent: Any) -> None:
    _, curve = descent.gradient_descent(
        lambda p: abs(p[0] - 0.25), lambda p: (np.sign(p[0] - 0.25),), (3.0,), 0.4, 40
    )
    assert_allclose(np.sort(curve[-2:]), [0.05, 0.35], atol=1e-9)
    assert reference.classify_loss_curve(curve) == "oscillating"


def valleys(params: tuple[Any, ...]) -> float:
    return float((params[0] ** 2 - 1) ** 2 + 0.3 * params[0])


def valleys_slope(params: tuple[Any, ...]) -> tuple[Any]:
    return (4 * params[0] * (params[0] ** 2 - 1) + 0.3,)


def test_best_of_restarts_finds_the_global_minimum(reference: Solution) -> None:
    starts = [(2,), (0.5,), (-0.5,)]
    params, index, ends = reference.best_of_restarts(valleys, valleys_slope, starts, 0.05, 500)
    assert_allclose(params[0], -1.0355787, rtol=0, atol=1e-7)
    assert index == 2
    assert_allclose(ends, [0.294146, 0.294146, -0.305428], rtol=0, atol=5e-7)


def test_best_of_restarts_does_not_trust_a_good_start(reference: Solution) -> None:
    starts = [(0.9,), (-0.1,)]
    assert_allclose([valleys(s) for s in starts], [0.3061, 0.9501], rtol=0, atol=5e-5)
    params, index, _ = reference.best_of_restarts(valleys, valleys_slope, starts, 0.05, 500)
    assert index == 1
    assert_allclose(params[0], -1.0355787, rtol=0, atol=1e-7)


def test_best_of_restarts_lets_nan_lose_even_against_inf(reference: Solution) -> None:
    ends = {1.0: np.nan, 2.0: np.inf, 3.0: np.nan}
    _, index, got = reference.best_of_restarts(
        lambda p: ends[float(p[0])], lambda _: (0.0,), [(1.0,), (2.0,), (3.0,)], 0.1, 2
    )
    assert index == 1
    assert_array_equal(got, [np.nan, np.inf, np.nan])
