"""Wrong implementations of average_precision_score."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="The formula is a step sum.",
    relation="the area under straight lines between the points",
)
def trapezoids(y_true, scores):
    """The student integrates as for the ROC curve."""
    precision, recall = _curve(y_true, scores)
    return float(-np.sum(np.diff(recall) * (precision[1:] + precision[:-1]) / 2))


@mistake(
    "M2",
    hint="Each precision is weighted by the recall gained there.",
    relation="the mean of all precisions of the curve",
)
def mean_of_the_precisions(y_true, scores):
    """The student takes "average" literally."""
    precision, recall = _curve(y_true, scores)
    return float(np.mean(precision))


@mistake(
    "M3",
    hint="Recall descends along the array: which sign have its differences?",
    relation="minus right",
)
def negative(y_true, scores):
    """The student forgets that recall falls along the curve."""
    precision, recall = _curve(y_true, scores)
    return float(np.sum(np.diff(recall) * precision[:-1]))


@mistake(
    "M4",
    hint="Which precision belongs to the step from R_i to R_{i+1}?",
    relation="each step weighted with the precision of its later point",
)
def precision_of_the_later_point(y_true, scores):
    """The student pairs each step with the wrong end."""
    precision, recall = _curve(y_true, scores)
    return float(-np.sum(np.diff(recall) * precision[1:]))


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
    return np.append(found / called, 1.0), np.append(found / vacant.size, 0.0)
