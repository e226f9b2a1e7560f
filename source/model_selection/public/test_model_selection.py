"""Public tests: the examples of the docstrings and a few simple checks.

Run them with `grader check` or `pytest` in this folder's parent. They carry no points; the hidden
tests try other inputs: integers and lists, ties, NaN, wrong shapes, empty arrays, other sizes.
"""

import numpy as np
import pytest

from grader import assert_close, assert_exact

SIX_LOSSES = [0.1858, 0.6169, 0.0836, 0.1213, 0.2276, 0.0966]
SIX_F1 = [0.0, 0.1637, 0.6648, 0.5971, 0.4588, 0.2773]


@pytest.mark.function("stratified_split")
def test_stratified_split_on_the_example(student, rng):
    y = np.array([0] * 95 + [1] * 5)
    train, val = student.stratified_split(y, 0.2, rng)
    assert (len(train), len(val)) == (80, 20)
    assert np.sum(y[val]) == 1


@pytest.mark.function("stratified_split")
def test_stratified_split_uses_every_example_once(student, rng):
    train, val = student.stratified_split(np.array([0, 1, 1, 2, 0, 2, 1, 0, 0]), 0.4, rng)
    assert_exact(np.sort(np.concatenate([train, val])), np.arange(9))


@pytest.mark.function("weighted_binary_cross_entropy")
def test_weighted_binary_cross_entropy_on_the_example(student):
    got = student.weighted_binary_cross_entropy([1, 0, 1], [2, -1, 0.5], 19)
    assert_close(got, 3.9107855323, rtol=1e-10)


@pytest.mark.function("weighted_binary_cross_entropy")
def test_weighted_binary_cross_entropy_of_occupied_spaces_ignores_the_weight(student):
    got = student.weighted_binary_cross_entropy(np.zeros(3), np.zeros(3), 7.0)
    assert_close(got, np.log(2))


def mean_square(params, X, y):
    return np.mean((X[:, 0] * params[0] - y) ** 2)


def slope(params, X, y):
    return (2 * np.mean((X[:, 0] * params[0] - y) * X[:, 0]),)


@pytest.mark.function("train_with_validation")
def test_train_with_validation_on_the_example(student):
    train, val = (np.ones((2, 1)), np.array([3.0, 5.0])), (np.ones((1, 1)), np.array([2.5]))
    best, history = student.train_with_validation(mean_square, slope, (0.0,), train, val, 0.25, 3)
    assert_close(best, (2.0,), "T2")
    assert_exact(history["best_epoch"], 1)
    assert_close(history["train_loss"], np.array([17.0, 5.0, 2.0, 1.25]), "T2")
    assert_close(history["val_loss"], np.array([6.25, 0.25, 0.25, 1.0]), "T2")


@pytest.mark.function("train_with_validation")
def test_train_with_validation_without_epochs_returns_the_start(student):
    data = (np.ones((2, 1)), np.array([3.0, 5.0]))
    best, history = student.train_with_validation(mean_square, slope, (1.5,), data, data, 0.25, 0)
    assert_close(best, (1.5,), "T2")
    assert_exact(history["best_epoch"], 0)


@pytest.mark.function("early_stopping")
def test_early_stopping_on_the_examples(student):
    losses = [1, 0.8, 0.7, 0.72, 0.71, 0.73, 0.6]
    assert_exact(student.early_stopping(losses, 2), (2, 4))
    assert_exact(student.early_stopping(losses, 4), (6, 6))


@pytest.mark.function("early_stopping")
def test_early_stopping_lets_a_falling_loss_fall(student):
    assert_exact(student.early_stopping([5.0, 4.0, 3.0, 2.0], 1), (3, 3))


@pytest.mark.function("generalization_gap")
def test_generalization_gap_on_the_example(student):
    got = student.generalization_gap([1, 0.5], [1.1, 0.9])
    assert_close(got, np.array([0.1, 0.4]))


@pytest.mark.function("generalization_gap")
def test_generalization_gap_refuses_curves_of_different_lengths(student):
    with pytest.raises(ValueError, match=r"(?i)shape"):
        student.generalization_gap(np.ones(4), np.ones(5))


@pytest.mark.function("rank_models")
def test_rank_models_on_the_losses_of_six_models(student):
    assert_exact(student.rank_models(SIX_LOSSES, False), np.array([2, 5, 3, 0, 4, 1]))


@pytest.mark.function("rank_models")
def test_rank_models_on_the_scores_of_six_models(student):
    assert_exact(student.rank_models(SIX_F1, True), np.array([2, 3, 4, 5, 1, 0]))


@pytest.mark.function("grid_search")
def test_grid_search_on_the_example(student):
    best, best_score, trials = student.grid_search(
        lambda a, b: a * b, lambda model: 1.5 * model, {"a": [2, 4], "b": [3, 1]}, False
    )
    assert_exact(best, {"a": 2, "b": 1})
    assert_close(best_score, 3.0)
    combinations = [{"a": a, "b": b} for a, b in [(2, 3), (2, 1), (4, 3), (4, 1)]]
    assert_exact([combination for combination, _ in trials], combinations)
    assert_close([value for _, value in trials], [9.0, 3.0, 18.0, 6.0])


@pytest.mark.function("grid_search")
def test_grid_search_prefers_high_scores_unless_told_otherwise(student):
    best, best_score, _ = student.grid_search(
        lambda c: c, lambda model: 1.0 - model * model, {"c": [3.0, 0.5, 2.0]}
    )
    assert_exact(best, {"c": 0.5})
    assert_close(best_score, 0.75)


@pytest.mark.function("disagreeing_pairs")
def test_disagreeing_pairs_of_six_models(student):
    got = student.disagreeing_pairs(SIX_LOSSES, SIX_F1)
    assert_exact(got, np.array([[0, 1], [0, 4], [5, 3], [5, 4]]))


@pytest.mark.function("disagreeing_pairs")
def test_disagreeing_pairs_of_models_on_which_both_agree(student):
    assert student.disagreeing_pairs([0.3, 0.1, 0.2], [0.5, 0.9, 0.7]).shape == (0, 2)


@pytest.mark.function("reject_model")
def test_reject_model_on_the_examples(student):
    assert student.reject_model([1, 1, 1, 0], [1, 1, 0, 0], 0.9, 0.5) is False
    assert student.reject_model([1, 1, 1, 0], [1, 1, 0, 0], 0.9, 0.8) is True


@pytest.mark.function("reject_model")
def test_reject_model_does_not_let_accuracy_excuse_it(student):
    y_true = np.array([1] + [0] * 19)
    assert student.reject_model(y_true, np.zeros(20, dtype=int), 0.0, 0.1) is True


@pytest.mark.function("precision_at_base_rate")
def test_precision_at_base_rate_on_the_examples(student):
    assert_close(student.precision_at_base_rate(0.9, 0.1, 0.05), 0.3214285714, rtol=1e-9)
    assert_close(student.precision_at_base_rate(0.9, 0.1, 0.4), 0.8571428571, rtol=1e-9)


@pytest.mark.function("precision_at_base_rate")
def test_precision_at_base_rate_without_false_alarms_is_1(student):
    assert_close(student.precision_at_base_rate(0.25, 0.0, 0.5), 1.0)


@pytest.mark.function("adjust_to_base_rate")
def test_adjust_to_base_rate_on_the_examples(student):
    got = student.adjust_to_base_rate(np.array([0.05, 0.3, 1.0]), 0.05, 0.4)
    assert_close(got, np.array([0.4, 0.8444444444, 1.0]), rtol=1e-9)


@pytest.mark.function("adjust_to_base_rate")
def test_adjust_to_base_rate_changes_nothing_on_the_same_lot(student):
    p = np.array([0.0, 0.125, 0.5, 0.75])
    assert_close(student.adjust_to_base_rate(p, 0.25, 0.25), p)


@pytest.mark.function("expected_business_cost")
def test_expected_business_cost_on_the_examples(student):
    assert_close(student.expected_business_cost(0.9, 0.1, 0.05, 1, 5), 0.12)
    assert_close(student.expected_business_cost(0.9, 0.1, 0.4, 1, 5), 0.26)


@pytest.mark.function("expected_business_cost")
def test_expected_business_cost_of_a_perfect_model_is_0(student):
    assert_close(student.expected_business_cost(1.0, 0.0, 0.25, 3.0, 2.0), 0.0)


@pytest.mark.function("select_model")
def test_select_model_on_the_example(student):
    y_true = np.array([1, 1, 0, 0, 0, 0])
    scores = {"bold": [0.9, 0.6, 0.7, 0.2, 0.1, 0.3], "shy": [0.8, 0.4, 0.3, 0.2, 0.1, 0.1]}
    assert student.select_model(y_true, scores, 0.5, 0.6, 0.4, 1, 5) == "bold"
    assert student.select_model(y_true, scores, 0.5, 0.8, 0.4, 1, 5) == "shy"


@pytest.mark.function("select_model")
def test_select_model_may_reject_all(student):
    scores = {"always occupied": np.zeros(4)}
    assert student.select_model(np.array([0, 1, 0, 0]), scores, 0.5, 0.5, 0.5, 1, 1) is None
