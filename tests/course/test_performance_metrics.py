"""The reference of performance_metrics against scikit-learn and the verified facts of the exercise set."""

import importlib
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from numpy.typing import NDArray
from sklearn import metrics

from grader.course import Course
from grader.sandbox.forkserver import import_given
from grader.suite.reference import Solution, load_solution

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ASSIGNMENT = "performance_metrics"

#: The lot R: 90 occupied spaces, 10 vacant ones, confusion matrix [[80, 10], [4, 6]].
R_TRUE = np.repeat([0, 0, 1, 1], [80, 10, 4, 6])
R_PRED = np.repeat([0, 1, 0, 1], [80, 10, 4, 6])
S_TRUE = np.array([0, 0, 1, 1, 0, 1])
S_SCORES = np.array([0.1, 0.6, 0.8, 0.4, 0.4, 0.9])

MODELS = ("linear", "linear_w19", "quad", "quad_100", "quad_w5", "quad_w19")


@pytest.fixture(scope="module")
def reference() -> Solution:
    return load_solution(Course.find().assignment(ASSIGNMENT))


@pytest.fixture(scope="module")
def given() -> Any:
    """The modules `datasets` and `model_scores` of the assignment's support code."""
    import_given(str(Course.find().assignment(ASSIGNMENT).release_dir / "given"))

    class Given:
        datasets: Any = importlib.import_module("given.datasets")
        model_scores: Any = importlib.import_module("given.model_scores")

    return Given


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(50)


def decisions(rng: np.random.Generator, k: int = 2) -> Iterator[tuple[Ints, Ints]]:
    """Labels and decisions of lots of many sizes, skewed ones and lots without errors among them."""
    for n in (1, 2, 5, 40, 300):
        for rate in (0.0, 0.05, 0.5, 1.0):
            p = np.append(np.full(k - 1, (1 - rate) / (k - 1)), rate)
            yield rng.choice(k, n, p=p), rng.integers(0, k, n)
            yield rng.choice(k, n, p=p), rng.choice(k, n, p=p)


def scored(rng: np.random.Generator) -> Iterator[tuple[Ints, Floats]]:
    """Labels of both kinds and scores, with few, some and many equal ones."""
    for n in (2, 3, 10, 80, 700):
        for scores in (rng.normal(size=n), rng.integers(0, 5, n) / 4, np.round(rng.random(n), 1)):
            y = (rng.random(n) < rng.choice([0.05, 0.3, 0.5])).astype(np.int64)
            y[:2] = [0, 1]
            yield y, scores + 0.25 * y


def test_counts_agree_with_scikit_learn(reference: Solution, rng: np.random.Generator) -> None:
    for k in (2, 3, 7):
        for y_true, y_pred in decisions(rng, k):
            expected = metrics.confusion_matrix(y_true, y_pred, labels=range(k))
            assert_array_equal(reference.confusion_matrix(y_true, y_pred, k), expected)


def test_accuracy_agrees_with_scikit_learn(reference: Solution, rng: np.random.Generator) -> None:
    for args in decisions(rng):
        assert reference.accuracy_score(*args) == metrics.accuracy_score(*args)


@pytest.mark.parametrize("name", ["precision_score", "recall_score"])
@pytest.mark.parametrize("zero_division", [0.0, 1.0, np.nan])
def test_precision_and_recall_agree_with_scikit_learn(
    reference: Solution, rng: np.random.Generator, name: str, zero_division: float
) -> None:
    for args in decisions(rng):
        got = getattr(reference, name)(*args, zero_division)
        expected = getattr(metrics, name)(*args, zero_division=zero_division)
        assert_allclose(got, expected, rtol=1e-15)


def test_the_false_positive_rate_is_the_recall_that_scikit_learn_gives_for_exchanged_labels(
    reference: Solution, rng: np.random.Generator
) -> None:
    for y_true, y_pred in decisions(rng):
        expected = metrics.recall_score(1 - y_true, y_pred, zero_division=np.nan)
        got = reference.false_positive_rate(y_true, y_pred, np.nan)
        assert_allclose(got, expected, rtol=1e-15)


@pytest.mark.parametrize("beta", [0.3, 0.5, 1.0, 2.0, 7.0])
@pytest.mark.parametrize("zero_division", [0.0, 1.0, np.nan])
def test_f_beta_agrees_with_scikit_learn(
    reference: Solution, rng: np.random.Generator, beta: float, zero_division: float
) -> None:
    for args in decisions(rng):
        got = reference.fbeta_score(*args, beta, zero_division)
        expected = metrics.fbeta_score(*args, beta=beta, zero_division=zero_division)
        assert_allclose(got, expected, rtol=4e-15)


def test_the_roc_curve_agrees_with_scikit_learn(
    reference: Solution, rng: np.random.Generator
) -> None:
    for args in scored(rng):
        fpr, tpr, thresholds = reference.roc_curve(*args)
        expected = metrics.roc_curve(*args, drop_intermediate=False)
        assert_allclose(fpr, expected[0], rtol=1e-15)
        assert_allclose(tpr, expected[1], rtol=1e-15)
        assert_array_equal(thresholds, expected[2])


def test_the_area_under_it_agrees_with_scikit_learn(
    reference: Solution, rng: np.random.Generator
) -> None:
    for args in scored(rng):
        assert_allclose(reference.roc_auc_score(*args), metrics.roc_auc_score(*args), rtol=2e-14)


def test_the_precision_recall_curve_agrees_with_scikit_learn(
    reference: Solution, rng: np.random.Generator
) -> None:
    for args in scored(rng):
        precision, recall, thresholds = reference.precision_recall_curve(*args)
        expected = metrics.precision_recall_curve(*args)
        assert_allclose(precision, expected[0], rtol=1e-15)
        assert_allclose(recall, expected[1], rtol=1e-15)
        assert_array_equal(thresholds, expected[2])


def test_average_precision_agrees_with_scikit_learn(
    reference: Solution, rng: np.random.Generator
) -> None:
    for args in scored(rng):
        expected = metrics.average_precision_score(*args)
        assert_allclose(reference.average_precision_score(*args), expected, rtol=2e-14)


def test_the_best_threshold_agrees_with_trying_them_all(
    reference: Solution, rng: np.random.Generator
) -> None:
    for y_true, scores in scored(rng):
        cost_fp, cost_fn = (float(cost) for cost in rng.integers(0, 6, 2))
        best, least = np.inf, cost_fn * y_true.sum() / len(scores)
        for threshold in np.unique(scores)[::-1]:
            fp = np.count_nonzero(scores[y_true == 0] >= threshold)
            fn = np.count_nonzero(scores[y_true == 1] < threshold)
            cost = (cost_fp * fp + cost_fn * fn) / len(scores)
            if cost < least:
                best, least = threshold, cost
        assert reference.best_threshold(y_true, scores, cost_fp, cost_fn) == (best, least)


@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        ("accuracy_score", (), 0.86),
        ("precision_score", (), 0.375),
        ("recall_score", (), 0.6),
        ("fbeta_score", (), 0.4615384615),
        ("fbeta_score", (2.0,), 0.5357142857),
        ("fbeta_score", (0.5,), 0.4054054054),
        ("false_positive_rate", (), 1 / 9),
        ("business_cost", (1, 5), 0.30),
        ("business_cost", (5, 1), 0.54),
    ],
)
def test_examples_of_lot_r(
    reference: Solution, name: str, arguments: tuple[float, ...], expected: float
) -> None:
    got = getattr(reference, name)(R_TRUE, R_PRED, *arguments)
    assert_allclose(got, expected, rtol=1e-9)


def test_lot_r_is_judged_less_accurate_than_always_occupied(reference: Solution) -> None:
    assert_array_equal(reference.confusion_matrix(R_TRUE, R_PRED), [[80, 10], [4, 6]])
    assert reference.majority_baseline_accuracy(R_TRUE) == 0.9


def test_examples_of_the_curves_of_s(reference: Solution) -> None:
    fpr, tpr, thresholds = reference.roc_curve(S_TRUE, S_SCORES)
    assert_allclose(fpr, [0, 0, 0, 1 / 3, 2 / 3, 1], rtol=1e-15)
    assert_allclose(tpr, [0, 1 / 3, 2 / 3, 2 / 3, 1, 1], rtol=1e-15)
    assert_array_equal(thresholds, [np.inf, 0.9, 0.8, 0.6, 0.4, 0.1])
    precision, recall, thresholds = reference.precision_recall_curve(S_TRUE, S_SCORES)
    assert_allclose(precision, [0.5, 0.6, 2 / 3, 1, 1, 1], rtol=1e-15)
    assert_allclose(recall, [1, 1, 2 / 3, 2 / 3, 1 / 3, 0], rtol=1e-15)
    assert_array_equal(thresholds, [0.1, 0.4, 0.6, 0.8, 0.9])


def test_examples_of_the_areas_and_thresholds_of_s(reference: Solution) -> None:
    assert_allclose(reference.roc_auc_score(S_TRUE, S_SCORES), 5 / 6, rtol=1e-15)
    assert_allclose(reference.average_precision_score(S_TRUE, S_SCORES), 13 / 15, rtol=1e-15)
    assert_allclose(reference.best_threshold(S_TRUE, S_SCORES, 1, 5), (0.4, 1 / 3), rtol=1e-15)
    assert_allclose(reference.best_threshold(S_TRUE, S_SCORES, 5, 1), (0.8, 1 / 6), rtol=1e-15)


def trained(given: Any, training: Any) -> tuple[Floats, float]:
    """Weights and bias of a model after gradient descent with full batches from zeros."""
    X, y = given.datasets.load("lot_a_train")
    X = features(X, training)
    weight = np.where(y == 1, training.pos_weight, 1.0) / len(y)
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(training.n_steps):
        error = weight * (1 / (1 + np.exp(-(X @ w + b))) - y)
        w, b = (
            w - training.learning_rate * (X.T @ error),
            b - training.learning_rate * float(error.sum()),
        )
    return w, b


def features(X: Floats, training: Any) -> Floats:
    return np.column_stack([X, X[:, 0] ** 2]) if training.square_x1 else X


@pytest.mark.parametrize("model", MODELS)
def test_the_scores_that_students_get_are_those_of_the_trained_model(
    given: Any, model: str
) -> None:
    training = given.model_scores.MODELS[model]
    w, b = trained(given, training)
    for lot in given.model_scores.SCORED_LOTS:
        X, _ = given.datasets.load(lot)
        expected = 1 / (1 + np.exp(-(features(X, training) @ w + b)))
        assert_allclose(given.model_scores.load_scores(model, lot), expected, rtol=1e-6)


@pytest.mark.parametrize(
    ("model", "accuracy", "precision", "recall", "f1", "auc", "ap", "cost_1_5", "cost_5_1"),
    [
        ("linear", 0.95, 0, 0, 0, 0.7085, 0.1152, 0.25, 0.05),
        ("linear_w19", 0.66025, 0.0933, 0.665, 0.1637, 0.7090, 0.1152, 0.4068, 1.6318),
        ("quad", 0.97, 0.7532, 0.595, 0.6648, 0.97, 0.7218, 0.111, 0.069),
        ("quad_100", 0.957, 0.8684, 0.165, 0.2773, 0.9685, 0.7004, 0.21, 0.048),
        ("quad_w5", 0.945, 0.4711, 0.815, 0.5971, 0.9693, 0.7085, 0.092, 0.238),
        ("quad_w19", 0.89325, 0.3073, 0.905, 0.4588, 0.9683, 0.6947, 0.1258, 0.5148),
    ],
)
def test_the_six_models_on_lot_a(
    reference: Solution,
    given: Any,
    model: str,
    accuracy: float,
    precision: float,
    recall: float,
    f1: float,
    auc: float,
    ap: float,
    cost_1_5: float,
    cost_5_1: float,
) -> None:
    _, y = given.datasets.load("lot_a_val")
    scores = given.model_scores.load_scores(model, "lot_a_val")
    labels = y, reference.apply_threshold(scores)
    got = [
        reference.accuracy_score(*labels),
        reference.precision_score(*labels),
        reference.recall_score(*labels),
        reference.fbeta_score(*labels),
        reference.roc_auc_score(y, scores),
        reference.average_precision_score(y, scores),
        reference.business_cost(*labels, 1, 5),
        reference.business_cost(*labels, 5, 1),
    ]
    expected = [accuracy, precision, recall, f1, auc, ap, cost_1_5, cost_5_1]
    assert_allclose(got, expected, rtol=0, atol=0.5001e-4)


@pytest.mark.parametrize(
    ("model", "accuracy", "recall", "cost_1_5"),
    [
        ("linear", 0.600, 0, 2.000),
        ("linear_w19", 0.650, 0.643, 0.921),
        ("quad", 0.844, 0.627, 0.753),
        ("quad_100", 0.671, 0.179, 1.644),
        ("quad_w5", 0.923, 0.883, 0.265),
        ("quad_w19", 0.917, 0.958, 0.150),
    ],
)
def test_the_six_models_on_lot_b(
    reference: Solution, given: Any, model: str, accuracy: float, recall: float, cost_1_5: float
) -> None:
    _, y = given.datasets.load("lot_b")
    labels = y, reference.apply_threshold(given.model_scores.load_scores(model, "lot_b"))
    got = [
        reference.accuracy_score(*labels),
        reference.recall_score(*labels),
        reference.business_cost(*labels, 1, 5),
    ]
    assert_allclose(got, [accuracy, recall, cost_1_5], rtol=0, atol=0.5001e-3)


@pytest.mark.parametrize(
    ("model", "areas", "average_precisions"),
    [("linear", (0.7085, 0.7004), (0.115, 0.606)), ("quad", (0.9700, 0.9774), (0.722, 0.961))],
)
def test_areas_under_the_roc_curve_stay_and_average_precision_jumps_with_the_base_rate(
    reference: Solution,
    given: Any,
    model: str,
    areas: tuple[float, float],
    average_precisions: tuple[float, float],
) -> None:
    for i, lot in enumerate(("lot_a_val", "lot_b")):
        args = given.datasets.load(lot)[1], given.model_scores.load_scores(model, lot)
        assert reference.roc_auc_score(*args) == pytest.approx(areas[i], abs=0.5001e-4)
        got = reference.average_precision_score(*args)
        assert got == pytest.approx(average_precisions[i], abs=0.5001e-3)


@pytest.mark.parametrize(
    ("costs", "threshold", "cost"), [((1, 5), 0.2833, 0.08325), ((5, 1), 0.6524, 0.0440)]
)
def test_the_best_thresholds_of_quad(
    reference: Solution, given: Any, costs: tuple[int, int], threshold: float, cost: float
) -> None:
    _, y = given.datasets.load("lot_a_val")
    scores = given.model_scores.load_scores("quad", "lot_a_val")
    got = reference.best_threshold(y, scores, *costs)
    assert_allclose(got, (threshold, cost), rtol=0, atol=0.5001e-4)


def test_the_threshold_found_on_one_lot_serves_another_of_its_kind(
    reference: Solution, given: Any
) -> None:
    training = given.model_scores.MODELS["quad"]
    w, b = trained(given, training)
    X, y = given.datasets.load("lot_a_test")
    scores = 1 / (1 + np.exp(-(features(X, training) @ w + b)))
    labels = y, reference.apply_threshold(scores, 0.2833)
    assert reference.recall_score(*labels) == pytest.approx(0.845, abs=0.5001e-3)
    assert reference.precision_score(*labels) == pytest.approx(0.671, abs=0.5001e-3)
    assert reference.business_cost(*labels, 1, 5) == pytest.approx(0.0595, abs=0.5001e-4)


def test_the_linear_model_calls_no_space_vacant_and_is_as_accurate_as_a_constant(
    reference: Solution, given: Any
) -> None:
    for lot, accuracy in (("lot_a_val", 0.95), ("lot_b", 0.60)):
        _, y = given.datasets.load(lot)
        decided = reference.apply_threshold(given.model_scores.load_scores("linear", lot))
        assert reference.accuracy_score(y, decided) == accuracy
        assert reference.majority_baseline_accuracy(y) == accuracy
        assert reference.recall_score(y, decided) == 0


def test_precision_at_another_base_rate_follows_from_the_two_rates(
    reference: Solution, given: Any
) -> None:
    y = {lot: given.datasets.load(lot)[1] for lot in ("lot_a_val", "lot_b")}
    for model, predicted, observed in (("quad", 0.9748, 0.9728), ("quad_w19", 0.8489, 0.8531)):
        on_a, on_b = (
            (y[lot], reference.apply_threshold(given.model_scores.load_scores(model, lot)))
            for lot in ("lot_a_val", "lot_b")
        )
        found = 0.4 * reference.recall_score(*on_a)
        alarms = 0.6 * reference.false_positive_rate(*on_a)
        assert found / (found + alarms) == pytest.approx(predicted, abs=0.5001e-4)
        assert reference.precision_score(*on_b) == pytest.approx(observed, abs=0.5001e-4)


def test_always_occupied_is_cheaper_than_quad_where_false_alarms_are_dear(
    reference: Solution, given: Any
) -> None:
    _, y = given.datasets.load("lot_a_val")
    decided = reference.apply_threshold(given.model_scores.load_scores("quad", "lot_a_val"))
    assert reference.business_cost(y, np.zeros_like(y), 5, 1) == pytest.approx(0.05)
    assert reference.business_cost(y, decided, 5, 1) == pytest.approx(0.069)


@pytest.mark.parametrize(("model", "lot"), [("cubic", "lot_b"), ("quad", "lot_c")])
def test_unknown_models_and_lots_are_named(given: Any, model: str, lot: str) -> None:
    with pytest.raises(ValueError, match=r"'cubic'|'lot_c'"):
        given.model_scores.load_scores(model, lot)
