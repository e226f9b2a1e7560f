"""Wrong implementations of roc_auc_score."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Between two points the curve is a straight line.",
    relation="equal scores count 1 instead of 1/2: too large, right without ties",
)
def rectangles(y_true, scores):
    """The student adds up rectangles as high as the right end of each step."""
    fpr, tpr = _curve(y_true, scores)
    return float(np.sum(np.diff(fpr) * tpr[1:]))


@mistake(
    "M2",
    hint="Does x grow along your curve?",
    relation="minus right",
)
def from_right_to_left(y_true, scores):
    """The student integrates along ascending thresholds, on which both rates fall."""
    fpr, tpr = (rates[::-1] for rates in _curve(y_true, scores))
    return float(np.sum(np.diff(fpr) * (tpr[1:] + tpr[:-1]) / 2))


@mistake(
    "M3",
    hint="A coin toss between equals wins how often?",
    relation="equal scores count 0 instead of 1/2: too small, right without ties",
)
def ties_lose(y_true, scores):
    """The student counts how often a vacant space has the larger score."""
    _curve(y_true, scores)
    y_true, scores = np.asarray(y_true, dtype=float), np.asarray(scores, dtype=float)
    return float(np.mean(scores[y_true == 1][:, np.newaxis] > scores[y_true == 0]))


@mistake(
    "M4",
    hint="AUC needs scores, not decisions.",
    relation="(TPR + 1 - FPR) / 2 at the threshold 0.5",
)
def area_of_decisions(y_true, scores):
    """The student applies the threshold 0.5 first."""
    _curve(y_true, scores)
    y_true, scores = np.asarray(y_true, dtype=float), np.asarray(scores, dtype=float)
    decisions = scores >= 0.5
    return float((decisions[y_true == 1].mean() + 1 - decisions[y_true == 0].mean()) / 2)


@mistake(
    "M5",
    hint="Scores that differ by 1e-12 differ: which one is larger?",
    relation="right unless scores are equal in single precision",
)
def single_precision(y_true, scores):
    """The student saves memory."""
    fpr, tpr = _curve(y_true, np.asarray(scores, dtype=np.float32))
    return float(np.sum(np.diff(fpr) * (tpr[1:] + tpr[:-1]) / 2))


def _curve(y_true, scores):
    y_true, scores = np.asarray(y_true, dtype=float), np.asarray(scores, dtype=float)
    check_vectors(y_true=y_true, scores=scores)
    check_not_empty(y_true=y_true)
    check_both_labels(y_true=y_true)
    check_no_nan(scores=scores)
    thresholds = np.append(np.inf, np.unique(scores)[::-1])
    rates = []
    for label in (0, 1):
        ascending = np.sort(scores[y_true == label])
        rates.append(1 - np.searchsorted(ascending, thresholds) / ascending.size)
    return rates
