"""Public tests: running examples and a few simple checks.

Run them with `grader check` or `pytest` in this folder's parent. They carry no points; the hidden
tests try other inputs: bools and lists, ties, logits, lots without vacant spaces, wrong shapes.

The lot R has 90 occupied and 10 vacant spaces. The model found 6 of the 10 and called 10 occupied
ones vacant. S is a short list of labels and scores, two of them equal.
"""

import numpy as np
import pytest

from grader import assert_close, assert_exact

R_TRUE = np.repeat([0, 0, 1, 1], [80, 10, 4, 6])
R_PRED = np.repeat([0, 1, 0, 1], [80, 10, 4, 6])

S_TRUE = np.array([0, 0, 1, 1, 0, 1])
S_SCORES = np.array([0.1, 0.6, 0.8, 0.4, 0.4, 0.9])


@pytest.mark.function("apply_threshold")
def test_apply_threshold_on_the_example(student):
    assert_exact(student.apply_threshold([0.2, 0.7, 0.5]), np.array([0, 1, 1]))
    assert_exact(student.apply_threshold([0.2, 0.7, 0.5], 0.6), np.array([0, 1, 0]))


@pytest.mark.function("apply_threshold")
def test_apply_threshold_takes_logits(student):
    got = student.apply_threshold(np.array([-2.5, 3.0, 0.25]), 0.0)
    assert_exact(got, np.array([0, 1, 1]))


@pytest.mark.function("confusion_matrix")
def test_confusion_matrix_of_lot_r(student):
    assert_exact(student.confusion_matrix(R_TRUE, R_PRED), np.array([[80, 10], [4, 6]]))


@pytest.mark.function("confusion_matrix")
def test_confusion_matrix_of_three_classes(student):
    got = student.confusion_matrix([0, 1, 2, 2, 2], [0, 2, 2, 2, 1], 3)
    assert_exact(got, np.array([[1, 0, 0], [0, 0, 1], [0, 1, 2]]))


@pytest.mark.function("accuracy_score")
def test_accuracy_score_of_lot_r(student):
    assert_close(student.accuracy_score(R_TRUE, R_PRED), 0.86)


@pytest.mark.function("accuracy_score")
def test_accuracy_score_of_always_occupied(student):
    assert_close(student.accuracy_score(R_TRUE, np.zeros(100, dtype=int)), 0.9)


@pytest.mark.function("precision_score")
def test_precision_score_of_lot_r(student):
    assert_close(student.precision_score(R_TRUE, R_PRED), 0.375)


@pytest.mark.function("precision_score")
def test_precision_score_of_always_occupied(student):
    occupied = np.zeros(100, dtype=int)
    assert_close(student.precision_score(R_TRUE, occupied), 0.0)
    assert_close(student.precision_score(R_TRUE, occupied, 1.0), 1.0)


@pytest.mark.function("recall_score")
def test_recall_score_of_lot_r(student):
    assert_close(student.recall_score(R_TRUE, R_PRED), 0.6)


@pytest.mark.function("recall_score")
def test_recall_score_of_a_full_lot(student):
    assert_close(student.recall_score([0, 0, 0], [0, 1, 0]), 0.0)


@pytest.mark.function("fbeta_score")
def test_fbeta_score_of_lot_r(student):
    for beta, expected in [(1.0, 0.4615384615), (2.0, 0.5357142857), (0.5, 0.4054054054)]:
        got = student.fbeta_score(R_TRUE, R_PRED, beta)
        assert_close(got, expected, rtol=1e-9, atol=1e-10)


@pytest.mark.function("fbeta_score")
def test_fbeta_score_refuses_beta_0(student):
    with pytest.raises(ValueError, match=r"(?i)\bbeta\b"):
        student.fbeta_score(R_TRUE, R_PRED, 0.0)


@pytest.mark.function("false_positive_rate")
def test_false_positive_rate_of_lot_r(student):
    assert_close(student.false_positive_rate(R_TRUE, R_PRED), 1 / 9)


@pytest.mark.function("false_positive_rate")
def test_false_positive_rate_of_a_perfect_model_is_0(student):
    assert_close(student.false_positive_rate(R_TRUE, R_TRUE), 0.0)


@pytest.mark.function("majority_baseline_accuracy")
def test_majority_baseline_accuracy_of_lot_r(student):
    assert_close(student.majority_baseline_accuracy(R_TRUE), 0.9)


@pytest.mark.function("majority_baseline_accuracy")
def test_majority_baseline_accuracy_of_an_empty_car_park(student):
    assert_close(student.majority_baseline_accuracy([1, 1, 1]), 1.0)


@pytest.mark.function("roc_curve")
def test_roc_curve_of_s(student):
    fpr, tpr, thresholds = student.roc_curve(S_TRUE, S_SCORES)
    assert_close(fpr, np.array([0, 0, 0, 1, 2, 3]) / 3)
    assert_close(tpr, np.array([0, 1, 2, 2, 3, 3]) / 3)
    assert_exact(thresholds, np.array([np.inf, 0.9, 0.8, 0.6, 0.4, 0.1]))


@pytest.mark.function("roc_curve")
def test_roc_curve_refuses_a_lot_without_vacant_spaces(student):
    with pytest.raises(ValueError, match=r"(?i)label"):
        student.roc_curve(np.zeros(3, dtype=int), np.array([0.1, 0.2, 0.3]))


@pytest.mark.function("roc_auc_score")
def test_roc_auc_score_of_s(student):
    assert_close(student.roc_auc_score(S_TRUE, S_SCORES), 5 / 6)


@pytest.mark.function("roc_auc_score")
def test_roc_auc_score_of_a_coin_is_one_half(student):
    assert_close(student.roc_auc_score([0, 1, 0, 1, 0], [0.3] * 5), 0.5)


@pytest.mark.function("precision_recall_curve")
def test_precision_recall_curve_of_s(student):
    precision, recall, thresholds = student.precision_recall_curve(S_TRUE, S_SCORES)
    assert_close(precision, np.array([1 / 2, 3 / 5, 2 / 3, 1, 1, 1]))
    assert_close(recall, np.array([3, 3, 2, 2, 1, 0]) / 3)
    assert_exact(thresholds, np.array([0.1, 0.4, 0.6, 0.8, 0.9]))


@pytest.mark.function("precision_recall_curve")
def test_precision_recall_curve_ends_at_precision_1_and_recall_0(student):
    precision, recall, thresholds = student.precision_recall_curve([0, 1], [0.5, 0.25])
    assert_close(precision, np.array([0.5, 0.0, 1.0]))
    assert_close(recall, np.array([1.0, 0.0, 0.0]))
    assert_exact(thresholds, np.array([0.25, 0.5]))


@pytest.mark.function("average_precision_score")
def test_average_precision_score_of_s(student):
    assert_close(student.average_precision_score(S_TRUE, S_SCORES), 13 / 15)


@pytest.mark.function("average_precision_score")
def test_average_precision_score_of_equal_scores_is_the_base_rate(student):
    assert_close(student.average_precision_score([0, 1, 0, 0], [0.3] * 4), 0.25)


@pytest.mark.function("business_cost")
def test_business_cost_of_lot_r(student):
    assert_close(student.business_cost(R_TRUE, R_PRED, 1, 5), 0.3)
    assert_close(student.business_cost(R_TRUE, R_PRED, 5, 1), 0.54)


@pytest.mark.function("business_cost")
def test_business_cost_of_a_perfect_model_is_0(student):
    assert_close(student.business_cost(R_TRUE, R_TRUE, 1, 5), 0.0)


@pytest.mark.function("best_threshold")
def test_best_threshold_of_s(student):
    for costs, threshold, expected in [((1, 5), 0.4, 1 / 3), ((5, 1), 0.8, 1 / 6)]:
        got, cost = student.best_threshold(S_TRUE, S_SCORES, *costs)
        assert_exact(got, threshold)
        assert_close(cost, expected)


@pytest.mark.function("best_threshold")
def test_best_threshold_calls_nothing_vacant_where_that_is_cheapest(student):
    threshold, cost = student.best_threshold([0, 0, 0], [0.1, 0.2, 0.3], 1, 5)
    assert_exact(threshold, np.inf)
    assert_close(cost, 0.0)
