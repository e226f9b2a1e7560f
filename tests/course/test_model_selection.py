"""The reference of model_selection against scipy, scikit-learn and the verified facts of the exercise set."""

import importlib
import itertools
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from numpy.typing import NDArray
from scipy import special, stats
from sklearn import metrics, model_selection

from grader.compare import assert_close, assert_exact
from grader.course import Course
from grader.sandbox.forkserver import import_given
from grader.suite.reference import Solution, load_solution

Floats = NDArray[np.float64]
Lot = tuple[Floats, NDArray[np.int64]]

#: learning rate, steps, weight of vacant spaces, x1 squared
TRAINING = {
    "linear": (0.5, 2000, 1.0, False),
    "linear_w19": (0.5 / 19, 4000, 19.0, False),
    "quad": (0.3, 3000, 1.0, True),
    "quad_w5": (0.1, 6000, 5.0, True),
    "quad_w19": (0.03, 6000, 19.0, True),
    "quad_100": (0.3, 100, 1.0, True),
}
#: on the validation set: loss, accuracy, precision, recall, F1, AUC, AP, cost(1,5), cost(5,1);
#: on lot B: accuracy, recall, cost(1,5)
TABLE = {
    "linear": (0.1858, 0.95, 0, 0, 0, 0.7085, 0.1152, 0.25, 0.05, 0.6, 0, 2.0),
    "linear_w19": (
        *(0.6169, 0.66025, 0.0933, 0.665, 0.1637, 0.709, 0.1152, 0.4068, 1.6318),
        *(0.65, 0.643, 0.921),
    ),
    "quad": (
        *(0.0836, 0.97, 0.7532, 0.595, 0.6648, 0.97, 0.7218, 0.111, 0.069),
        *(0.844, 0.627, 0.753),
    ),
    "quad_100": (
        *(0.0966, 0.957, 0.8684, 0.165, 0.2773, 0.9685, 0.7004, 0.21, 0.048),
        *(0.671, 0.179, 1.644),
    ),
    "quad_w5": (
        *(0.1213, 0.945, 0.4711, 0.815, 0.5971, 0.9693, 0.7085, 0.092, 0.238),
        *(0.923, 0.883, 0.265),
    ),
    "quad_w19": (
        *(0.2276, 0.89325, 0.3073, 0.905, 0.4588, 0.9683, 0.6947, 0.1258, 0.5148),
        *(0.917, 0.958, 0.15),
    ),
}


@pytest.fixture(scope="module")
def reference() -> Solution:
    return load_solution(Course.find().assignment("model_selection"))


@pytest.fixture(scope="module")
def given() -> Any:
    """The modules `datasets` and `models` of the assignment's support code."""
    import_given(str(Course.find().assignment("model_selection").release_dir / "given"))

    class Given:
        datasets: Any = importlib.import_module("given.datasets")
        models: Any = importlib.import_module("given.models")

    return Given


@pytest.fixture(scope="module")
def lots(given: Any) -> dict[str, Lot]:
    return {name: given.datasets.load(name) for name in given.datasets.LOTS}


@pytest.fixture(scope="module")
def models(given: Any, lots: dict[str, Lot]) -> dict[str, Any]:
    return {
        name: given.models.fit_logistic(*lots["lot_a_train"], *how)
        for name, how in TRAINING.items()
    }


@pytest.fixture(scope="module")
def scores(given: Any, lots: dict[str, Lot], models: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The scores of each model on each lot, `scores["lot_b"]["quad"]`."""
    return {
        lot: {name: given.models.predict_scores(model, X) for name, model in models.items()}
        for lot, (X, _) in lots.items()
    }


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(60)


def business_cost(y: Any, y_pred: Any, cost_fp: float, cost_fn: float) -> float:
    (_, fp), (fn, _) = metrics.confusion_matrix(y, y_pred, labels=[0, 1])
    return float(cost_fp * fp + cost_fn * fn) / len(y)


def rates(y: Any, scores_of_model: Any) -> tuple[float, float]:
    """The true and the false positive rate at threshold 0.5."""
    decided = scores_of_model >= 0.5
    return float(np.mean(decided[y == 1])), float(np.mean(decided[y == 0]))


def test_a_split_has_the_sizes_of_scikit_learn_where_no_share_is_rounded(
    reference: Solution, rng: np.random.Generator
) -> None:
    y = rng.permutation(np.repeat([0, 1, 2], [60, 20, 40]))
    train, val = reference.stratified_split(y, 0.25, rng)
    other = model_selection.train_test_split(np.arange(120), test_size=0.25, stratify=y)
    for part, expected in zip((train, val), other, strict=True):
        assert_array_equal(np.bincount(y[part]), np.bincount(y[expected]))


def test_a_split_of_a_skewed_lot_keeps_its_vacant_spaces(
    reference: Solution, rng: np.random.Generator
) -> None:
    y = np.repeat([0, 1], [95, 5])
    chosen = np.zeros(100)
    for _ in range(400):
        train, val = reference.stratified_split(y, 0.2, rng)
        assert (len(train), len(val), np.sum(val >= 95)) == (80, 20, 1)
        chosen[val] += 1
    assert np.all(chosen > 0)


def test_a_plain_split_often_has_no_vacant_space_in_validation(rng: np.random.Generator) -> None:
    assert_allclose(stats.hypergeom(100, 5, 20).pmf(0), 0.32, atol=0.005)


def test_the_weighted_loss_agrees_with_scipy_and_scikit_learn(
    reference: Solution, rng: np.random.Generator
) -> None:
    for n in (1, 7, 1000):
        y, z, c = rng.integers(0, 2, n), rng.normal(0, 4, n), float(rng.uniform(0.1, 20))
        weights = np.where(y == 1, c, 1.0)
        expected = -np.mean(weights * special.log_expit(np.where(y == 1, z, -z)))
        got = reference.weighted_binary_cross_entropy(y, z, c)
        assert_close(got, float(expected), "T0")
        weighted_mean = metrics.log_loss(y, special.expit(z), sample_weight=weights, labels=[0, 1])
        assert_close(got, float(weighted_mean * np.sum(weights) / n), "T1")


def test_examples_of_the_weighted_loss(reference: Solution) -> None:
    f, y, z = reference.weighted_binary_cross_entropy, [1, 0, 1], [2, -1, 0.5]
    assert_close(f(y, z, 19), 3.9107855323, rtol=1e-10)
    assert_close(f(y, z, 1), 0.3047555609, rtol=1e-9)
    assert_close(f(y, z, 19) * 3 / 39, 0.3008, rtol=1e-3)


def test_weight_19_makes_one_half_the_best_constant_of_lot_a(reference: Solution) -> None:
    y = np.repeat([0, 1], [95, 5])
    logits = np.linspace(-1, 1, 201)
    losses = [
        reference.weighted_binary_cross_entropy(y, np.full(100, logit), 19) for logit in logits
    ]
    assert_allclose(logits[np.argmin(losses)], 0.0, atol=1e-9)


def test_training_returns_the_best_model_of_an_explicit_recursion(
    reference: Solution, rng: np.random.Generator
) -> None:
    X, y, X_val, y_val = (
        rng.normal(size=(20, 3)),
        rng.normal(size=20),
        rng.normal(size=(9, 3)),
        rng.normal(size=9),
    )

    def loss_fn(params: Any, X: Floats, y: Floats) -> float:
        return metrics.mean_squared_error(y, X @ params[0])  # type: ignore[no-any-return]  # untyped

    def grad_fn(params: Any, X: Floats, y: Floats) -> tuple[Floats]:
        return (2 * X.T @ (X @ params[0] - y) / len(y),)

    best, history = reference.train_with_validation(
        loss_fn, grad_fn, (np.zeros(3),), (X, y), (X_val, y_val), 0.1, 30
    )
    # Gradient descent on a quadratic in closed form.
    eigenvalues, Q = np.linalg.eigh(2 * X.T @ X / 20)
    goal = np.linalg.lstsq(X, y, rcond=None)[0]
    path = [goal - Q @ ((1 - 0.1 * eigenvalues) ** t * (Q.T @ goal)) for t in range(31)]
    val_loss = np.array([loss_fn((w,), X_val, y_val) for w in path])
    assert_close(history["val_loss"], val_loss, "T2")
    assert_close(history["train_loss"], np.array([loss_fn((w,), X, y) for w in path]), "T2")
    assert_exact(history["best_epoch"], int(np.argmin(val_loss)))
    assert_close(best[0], path[int(np.argmin(val_loss))], "T2")


def test_examples_of_early_stopping(reference: Solution) -> None:
    losses = [1, 0.8, 0.7, 0.72, 0.71, 0.73, 0.6]
    for patience, expected in [(2, (2, 4)), (4, (6, 6)), (10, (6, 6))]:
        assert_exact(reference.early_stopping(losses, patience), expected)


def test_early_stopping_agrees_with_its_definition_in_words(
    reference: Solution, rng: np.random.Generator
) -> None:
    for _ in range(200):
        losses, patience = rng.integers(0, 12, rng.integers(1, 25)) / 4, int(rng.integers(1, 6))
        best, stop = reference.early_stopping(losses, patience)
        # The first end at which no epoch of the last `patience` ones improved on what was before.
        ends = [
            e
            for e in range(patience, len(losses))
            if np.min(losses[e - patience + 1 : e + 1]) >= np.min(losses[: e - patience + 1])
        ]
        assert stop == (ends[0] if ends else len(losses) - 1)
        assert best == np.argmin(losses[: stop + 1])


def test_ranks_agree_with_scipy(reference: Solution, rng: np.random.Generator) -> None:
    for higher_is_better in (False, True):
        values = rng.integers(0, 8, 40).astype(float)
        values[5] = np.nan
        order = reference.rank_models(values, higher_is_better)
        signed = -values if higher_is_better else values
        ranks = stats.rankdata(np.where(np.isnan(signed), np.inf, signed), method="ordinal")
        assert_array_equal(np.argsort(order), ranks - 1)


def test_a_grid_holds_the_combinations_of_scikit_learn(reference: Solution) -> None:
    grid: dict[str, list[Any]] = {"c": [0.1, 1.0, 10.0], "a": ["l1", "l2"], "b": [True]}
    _, _, trials = reference.grid_search(lambda **chosen: chosen, lambda chosen: chosen["c"], grid)
    combinations = [combination for combination, _ in trials]
    assert combinations == [
        dict(zip(grid, values, strict=True)) for values in itertools.product(*grid.values())
    ]
    for combination in model_selection.ParameterGrid(grid):
        assert combinations.count(combination) == 1


def test_disagreeing_pairs_are_the_discordant_ones_of_kendall(
    reference: Solution, rng: np.random.Generator
) -> None:
    for k in (2, 5, 12):
        losses, values = rng.permutation(k) / k, rng.permutation(k) / k
        pairs = len(reference.disagreeing_pairs(losses, values))
        tau = stats.kendalltau(losses, -values).statistic
        assert_allclose(1 - 2 * pairs / (k * (k - 1) / 2), tau, atol=1e-12)


def test_rejection_agrees_with_the_metrics_of_scikit_learn(
    reference: Solution, rng: np.random.Generator
) -> None:
    for _ in range(25):
        y, y_pred = (rng.random((2, 12)) < rng.uniform(0.05, 0.7, (2, 1))).astype(int)
        limits = rng.uniform(0, 1, 2)
        expected = (
            metrics.precision_score(y, y_pred, zero_division=0) < limits[0]
            or metrics.recall_score(y, y_pred, zero_division=0) < limits[1]
        )
        assert reference.reject_model(y, y_pred, *limits) is bool(expected)


def test_precision_and_cost_of_rates_are_those_of_the_data_that_gave_them(
    reference: Solution, rng: np.random.Generator
) -> None:
    for _ in range(20):
        y = rng.permutation(np.repeat([0, 1], [30, 12]))
        y_pred = np.where(rng.random(42) < 0.3, 1 - y, y)
        tpr, fpr = np.mean(y_pred[y == 1]), np.mean(y_pred[y == 0])
        got = reference.precision_at_base_rate(tpr, fpr, 12 / 42)
        assert_close(got, float(metrics.precision_score(y, y_pred, zero_division=0)), "T0")
        cost = reference.expected_business_cost(tpr, fpr, 12 / 42, 2.0, 7.0)
        assert_close(cost, business_cost(y, y_pred, 2.0, 7.0), "T0")


def test_examples_of_other_base_rates(reference: Solution) -> None:
    assert_close(reference.precision_at_base_rate(0.9, 0.1, 0.05), 0.3214285714, rtol=1e-9)
    assert_close(reference.precision_at_base_rate(0.9, 0.1, 0.4), 0.8571428571, rtol=1e-9)
    assert_close(reference.adjust_to_base_rate(0.3, 0.05, 0.4), 0.8444444444, rtol=1e-9)
    assert_close(reference.adjust_to_base_rate(0.05, 0.05, 0.4), 0.4, "T0")
    assert_close(reference.expected_business_cost(0.9, 0.1, 0.05, 1, 5), 0.12, "T0")
    assert_close(reference.expected_business_cost(0.9, 0.1, 0.4, 1, 5), 0.26, "T0")


def test_an_adjusted_probability_is_a_shifted_logit(
    reference: Solution, rng: np.random.Generator
) -> None:
    p = rng.uniform(0.001, 0.999, 200)
    for old, new in [(0.05, 0.4), (0.7, 0.1)]:
        expected = special.expit(special.logit(p) + special.logit(new) - special.logit(old))
        assert_close(reference.adjust_to_base_rate(p, old, new), expected, "T0")


@pytest.mark.parametrize("name", TABLE)
def test_the_six_models_have_the_metrics_of_the_table(
    name: str, lots: dict[str, Lot], scores: dict[str, dict[str, Any]]
) -> None:
    y, y_b = lots["lot_a_val"][1], lots["lot_b"][1]
    p, p_b = scores["lot_a_val"][name], scores["lot_b"][name]
    y_pred, y_pred_b = (p >= 0.5).astype(int), (p_b >= 0.5).astype(int)
    found = (
        metrics.log_loss(y, p),
        metrics.accuracy_score(y, y_pred),
        metrics.precision_score(y, y_pred, zero_division=0),
        metrics.recall_score(y, y_pred),
        metrics.f1_score(y, y_pred, zero_division=0),
        metrics.roc_auc_score(y, p),
        metrics.average_precision_score(y, p),
        business_cost(y, y_pred, 1, 5),
        business_cost(y, y_pred, 5, 1),
        metrics.accuracy_score(y_b, y_pred_b),
        metrics.recall_score(y_b, y_pred_b),
        business_cost(y_b, y_pred_b, 1, 5),
    )
    assert_allclose(found[:9], TABLE[name][:9], atol=6e-5)
    assert_allclose(found[9:], TABLE[name][9:], atol=6e-4)


def test_the_linear_model_sits_in_an_inappropriate_minimum(
    lots: dict[str, Lot], scores: dict[str, dict[str, Any]]
) -> None:
    X, y = lots["lot_a_train"]
    p = scores["lot_a_train"]["linear"]
    assert np.max(np.abs(np.column_stack([X, np.ones(4000)]).T @ (p - y) / 4000)) < 1e-12
    assert_allclose(np.max(p), 0.417, atol=5e-4)
    assert np.mean((p >= 0.5) == y) == 0.95
    assert_allclose(metrics.log_loss(lots["lot_b"][1], scores["lot_b"]["linear"]), 1.124, atol=5e-4)


def test_other_lots_of_that_kind_lead_to_the_same_minimum(given: Any) -> None:
    for seed in (100, 119, 139):
        X, y = given.datasets.make_parking_lot(4000, 0.05, np.random.default_rng(seed))
        p = given.models.predict_scores(given.models.fit_logistic(X, y, 0.5, 2000), X)
        assert rates(y, p)[0] <= 0.005


def test_the_balanced_lot_does_not_allow_that_minimum(given: Any, lots: dict[str, Lot]) -> None:
    X, y = lots["lot_balanced"]
    p = given.models.predict_scores(given.models.fit_logistic(X, y, 0.5, 2000), X)
    assert_allclose(metrics.log_loss(y, p), 0.613, atol=5e-5)
    assert_allclose([np.mean((p >= 0.5) == y), rates(y, p)[0]], [0.666, 0.667], atol=6e-4)


def test_loss_and_metrics_disagree_about_the_six_models(
    reference: Solution, lots: dict[str, Lot], scores: dict[str, dict[str, Any]]
) -> None:
    y, names = lots["lot_a_val"][1], ["linear", "linear_w19", "quad", "quad_w5", "quad_w19"]
    names.append("quad_100")
    p = [scores["lot_a_val"][name] for name in names]
    losses = [metrics.log_loss(y, q) for q in p]
    f1 = [metrics.f1_score(y, q >= 0.5, zero_division=0) for q in p]
    accuracy = [metrics.accuracy_score(y, q >= 0.5) for q in p]
    assert_exact(reference.rank_models(losses, False), np.array([2, 5, 3, 0, 4, 1]))
    assert_exact(reference.rank_models(f1, True), np.array([2, 3, 4, 5, 1, 0]))
    assert_exact(
        reference.disagreeing_pairs(losses, f1), np.array([[0, 1], [0, 4], [5, 3], [5, 4]])
    )
    assert_exact(reference.disagreeing_pairs(losses, accuracy), np.array([[3, 0]]))


def test_the_loss_falls_while_recall_barely_moves(given: Any, lots: dict[str, Lot]) -> None:
    X, y = lots["lot_a_train"]
    for n_steps, loss, recall in [
        (5, 0.1702, 0.0),
        (50, 0.0993, 0.095),
        (200, 0.0872, 0.31),
        (1000, 0.0788, 0.545),
    ]:
        model = given.models.fit_logistic(X, y, 0.3, n_steps, square_x1=True)
        p = given.models.predict_scores(model, X)
        assert_allclose(metrics.log_loss(y, p), loss, atol=6e-5)
        assert_allclose(rates(y, p)[0], recall, atol=1e-9)


def test_always_occupied_is_rejected_in_spite_of_its_accuracy(
    reference: Solution, lots: dict[str, Lot]
) -> None:
    y = lots["lot_a_val"][1]
    occupied = np.zeros(4000, dtype=int)
    assert np.mean(y == occupied) == 0.95
    assert reference.reject_model(y, occupied, 0.01, 0.0)
    assert reference.reject_model(y, occupied, 0.0, 0.01)


def test_limits_and_prices_select_different_models(
    reference: Solution, lots: dict[str, Lot], scores: dict[str, dict[str, Any]]
) -> None:
    y, candidates = lots["lot_a_val"][1], scores["lot_a_val"]
    for limits, prices, expected in [
        ((0.3, 0.5), (1, 5), "quad_w5"),
        ((0.3, 0.9), (1, 5), "quad_w19"),
        ((0.7, 0.5), (1, 5), "quad"),
        ((0.7, 0.9), (1, 5), None),
        ((0.0, 0.0), (5, 1), "quad_100"),
    ]:
        assert reference.select_model(y, candidates, 0.5, *limits, *prices) == expected
    # "Always occupied" costs less than quad at (5, 1).
    assert business_cost(y, np.zeros(4000), 5, 1) == 0.05
    assert business_cost(y, candidates["quad"] >= 0.5, 5, 1) == 0.069


@pytest.mark.parametrize(
    ("name", "precision", "observed", "costs"),
    [
        ("quad", 0.9748, 0.9728, (0.111, 0.8162, 0.7533)),
        ("quad_w19", 0.8489, 0.8531, (0.1258, 0.2544, 0.1498)),
    ],
)
def test_rates_of_lot_a_predict_lot_b(
    reference: Solution,
    lots: dict[str, Lot],
    scores: dict[str, dict[str, Any]],
    name: str,
    precision: float,
    observed: float,
    costs: tuple[float, ...],
) -> None:
    tpr, fpr = rates(lots["lot_a_val"][1], scores["lot_a_val"][name])
    y, y_pred = lots["lot_b"][1], scores["lot_b"][name] >= 0.5
    found = reference.precision_at_base_rate(tpr, fpr, 0.4)
    assert_allclose([found, metrics.precision_score(y, y_pred)], [precision, observed], atol=6e-5)
    expected = [reference.expected_business_cost(tpr, fpr, share, 1, 5) for share in (0.05, 0.4)]
    assert_allclose([*expected, business_cost(y, y_pred, 1, 5)], costs, atol=6e-5)


def test_adjusted_probabilities_are_better_on_lot_b(
    reference: Solution, lots: dict[str, Lot], scores: dict[str, dict[str, Any]]
) -> None:
    y, p = lots["lot_b"][1], scores["lot_b"]["quad"]
    q = reference.adjust_to_base_rate(p, 0.05, 0.4)
    for found, loss, accuracy, recall, f1, cost in [
        (p, 0.3646, 0.844, 0.627, 0.762, 0.753),
        (q, 0.1896, 0.926, 0.947, 0.911, 0.159),
    ]:
        y_pred = found >= 0.5
        assert_allclose(metrics.log_loss(y, found), loss, atol=6e-5)
        assert_allclose(
            [
                metrics.accuracy_score(y, y_pred),
                metrics.recall_score(y, y_pred),
                metrics.f1_score(y, y_pred),
                business_cost(y, y_pred, 1, 5),
            ],
            [accuracy, recall, f1, cost],
            atol=6e-4,
        )
    assert_allclose(metrics.roc_auc_score(y, q), metrics.roc_auc_score(y, p), atol=1e-12)


def test_early_stopping_on_the_plateau_of_a_small_network(
    reference: Solution, lots: dict[str, Lot]
) -> None:
    network = load_solution(Course.find().assignment("playground"))
    (X, y), (X_val, y_val) = lots["lot_a_small"], lots["lot_a_small_val"]
    layers = network.init_network([4, 16, 1], np.random.default_rng(0))
    losses, recalls, f1, train_loss = [], [], [], 0.0
    for epoch in range(4001):
        logits, cache = network.network_forward(X, layers)
        if epoch % 20 == 0:
            z = network.network_forward(X_val, layers)[0]
            losses.append(float(np.mean(np.logaddexp(0, (1 - 2 * y_val) * z))))
            recalls.append(float(np.mean(z[y_val == 1] >= 0)))
            f1.append(float(2 * np.sum((z >= 0) & (y_val == 1)) / np.sum((z >= 0) + y_val)))
            train_loss = float(np.mean(np.logaddexp(0, (1 - 2 * y) * logits)))
        grads = network.network_backward(network.bce_with_logits_gradient(y, logits), layers, cache)
        layers = [
            (W - 0.5 * dW, b - 0.5 * db) for (W, b), (dW, db) in zip(layers, grads, strict=True)
        ]
    for patience, best, stop in [(1, 40, 60), (2, 40, 80), (3, 40, 100)]:
        assert_exact(reference.early_stopping(losses, patience), (best // 20, stop // 20))
    for patience in (4, 5, 10):
        assert_exact(reference.early_stopping(losses, patience)[0], 860 // 20)
    assert recalls[40 // 20] == 0.0
    assert set(recalls[1 : 200 // 20 + 1]) == {0.0}
    assert_allclose([losses[1], losses[10]], [0.1989, 0.1844], atol=6e-5)
    assert (int(np.argmin(losses)), int(np.argmax(f1))) == (860 // 20, 2780 // 20)
    found = [losses[43], f1[43], f1[139], losses[139], train_loss, losses[200]]
    assert_allclose(found, [0.1117, 0.324, 0.447, 0.1495, 0.0088, 0.1787], atol=6e-4)
