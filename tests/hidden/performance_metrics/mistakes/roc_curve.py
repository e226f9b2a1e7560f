"""Wrong implementations of roc_curve."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Two spaces with the same score: can a threshold separate them?",
    relation="one point for each example; right if no two scores are equal",
)
def a_point_for_each_example(y_true, scores):
    """The student goes down the sorted scores and adds a point for every space."""
    y_true, scores = _checked(y_true, scores)
    order = np.argsort(-scores, kind="stable")
    vacant = np.append(0, np.cumsum(y_true[order]))
    called = np.arange(len(scores) + 1)
    fpr, tpr = (called - vacant) / np.sum(y_true == 0), vacant / np.sum(y_true)
    return fpr, tpr, np.append(np.inf, scores[order])


@mistake(
    "M2",
    hint="The curve starts where nothing is predicted vacant: which threshold is that?",
    relation="all three arrays reversed",
)
def ascending_thresholds(y_true, scores):
    """The student leaves the thresholds as np.unique sorts them."""
    return tuple(array[::-1].copy() for array in _curve(y_true, scores))


@mistake(
    "M3",
    hint="Which threshold predicts nothing?",
    relation="one point short: the first is missing",
)
def no_origin(y_true, scores):
    """The student takes the scores for thresholds and nothing else."""
    return tuple(array[1:].copy() for array in _curve(y_true, scores))


@mistake(
    "M4",
    hint="Which rate goes on the x axis?",
    relation="the first two arrays exchanged",
)
def swapped_axes(y_true, scores):
    """The student returns the true positive rate first."""
    fpr, tpr, thresholds = _curve(y_true, scores)
    return tpr, fpr, thresholds


@mistake(
    "M5",
    hint="All predicted vacant: which two rates?",
    relation="the rates times the shares of the two labels; it does not end at (1, 1)",
)
def divides_by_all(y_true, scores):
    """The student divides both counts by the number of spaces."""
    fpr, tpr, thresholds = _curve(y_true, scores)
    vacant = np.mean(np.asarray(y_true, dtype=float))
    return fpr * (1 - vacant), tpr * vacant, thresholds


@mistake(
    "M6",
    hint="A threshold above every possible score is ...",
    relation="right rates; the first threshold is the largest score + 1",
)
def finite_first_threshold(y_true, scores):
    """The student follows the convention of old versions of scikit-learn."""
    fpr, tpr, thresholds = _curve(y_true, scores)
    thresholds[0] = thresholds[1] + 1
    return fpr, tpr, thresholds


def _checked(y_true, scores):
    y_true, scores = np.asarray(y_true, dtype=float), np.asarray(scores, dtype=float)
    check_vectors(y_true=y_true, scores=scores)
    check_not_empty(y_true=y_true)
    check_both_labels(y_true=y_true)
    check_no_nan(scores=scores)
    return y_true, scores


def _curve(y_true, scores):
    y_true, scores = _checked(y_true, scores)
    thresholds = np.append(np.inf, np.unique(scores)[::-1])
    rates = []
    for label in (0, 1):
        ascending = np.sort(scores[y_true == label])
        rates.append(1 - np.searchsorted(ascending, thresholds) / ascending.size)
    return rates[0], rates[1], thresholds
