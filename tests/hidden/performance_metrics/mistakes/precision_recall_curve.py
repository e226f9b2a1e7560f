"""Wrong implementations of precision_recall_curve."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Thresholds ascend here, unlike in the ROC.",
    relation="all three arrays reversed",
)
def descending_thresholds(y_true, scores):
    """The student keeps the order of the ROC curve."""
    return tuple(array[::-1].copy() for array in _curve(y_true, scores))


@mistake(
    "M2",
    hint="Nothing predicted: which precision does the convention choose?",
    relation="the last precision is 0 instead of 1",
)
def ends_at_precision_0(y_true, scores):
    """The student takes 0 for the precision of a model that calls nothing vacant."""
    precision, recall, thresholds = _curve(y_true, scores)
    precision[-1] = 0.0
    return precision, recall, thresholds


@mistake(
    "M3",
    hint="Can a threshold separate equal scores?",
    relation="one point for each example; right if no two scores are equal",
)
def a_point_for_each_example(y_true, scores):
    """The student goes along the sorted scores and adds a point for every space."""
    _curve(y_true, scores)
    y_true, scores = np.asarray(y_true, dtype=float), np.asarray(scores, dtype=float)
    order = np.argsort(scores, kind="stable")
    found = np.cumsum(y_true[order][::-1])[::-1]
    called = np.arange(len(scores), 0, -1)
    precision, recall = np.append(found / called, 1.0), np.append(found / found[0], 0.0)
    return precision, recall, scores[order]


@mistake(
    "M4",
    hint="Must precision rise with the threshold? Count it anew at each one.",
    relation="the running maximum of the precisions along ascending thresholds",
)
def smoothed(y_true, scores):
    """The student irons out the teeth of the curve."""
    precision, recall, thresholds = _curve(y_true, scores)
    return np.maximum.accumulate(precision), recall, thresholds


@mistake(
    "M5",
    hint="How many thresholds classify differently?",
    relation="shorter: thresholds below the one that finds all vacant spaces are missing",
)
def stops_at_full_recall(y_true, scores):
    """The student follows the convention of old versions of scikit-learn."""
    precision, recall, thresholds = _curve(y_true, scores)
    first = int(np.flatnonzero(recall == 1)[-1])
    return precision[first:].copy(), recall[first:].copy(), thresholds[first:].copy()


@mistake(
    "M6",
    hint="Nothing predicted: which precision does the convention choose?",
    relation="precision and recall are one point short: the last is missing",
)
def no_last_point(y_true, scores):
    """The student returns a point for each threshold and no other."""
    precision, recall, thresholds = _curve(y_true, scores)
    return precision[:-1].copy(), recall[:-1].copy(), thresholds


def _curve(y_true, scores):
    y_true, scores = np.asarray(y_true, dtype=float), np.asarray(scores, dtype=float)
    check_vectors(y_true=y_true, scores=scores)
    check_not_empty(y_true=y_true)
    check_binary_labels(y_true=y_true)
    check_no_nan(scores=scores)
    vacant = np.sort(scores[y_true == 1])
    if vacant.size == 0:
        raise ValueError("no label is 1")
    thresholds = np.unique(scores)
    found = vacant.size - np.searchsorted(vacant, thresholds)
    called = scores.size - np.searchsorted(np.sort(scores), thresholds)
    return np.append(found / called, 1.0), np.append(found / vacant.size, 0.0), thresholds
