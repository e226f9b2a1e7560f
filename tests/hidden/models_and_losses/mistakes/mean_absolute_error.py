"""Wrong implementations of mean_absolute_error."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="+1 and -1: is the mean error 0?",
    relation="the signed mean error",
)
def lets_errors_cancel(y_true, y_pred):
    """The student forgets the absolute value."""
    return float(np.mean(_difference(y_true, y_pred)))


@mistake(
    "M2",
    hint="+1 and -1: is the mean error 0?",
    relation="the absolute value of the signed mean error",
)
def absolute_value_of_the_mean(y_true, y_pred):
    """The student takes the absolute value after the mean."""
    return float(np.abs(np.mean(_difference(y_true, y_pred))))


@mistake(
    "M3",
    hint="Duplicate all examples. Should a mean change?",
    relation="n times right",
)
def takes_the_sum(y_true, y_pred):
    """The student adds up instead of averaging."""
    return float(np.sum(np.abs(_difference(y_true, y_pred))))


@mistake(
    "M4",
    hint="Which average is in the name?",
    relation="the median of the distances",
)
def median_of_the_distances(y_true, y_pred):
    """The student takes the robust average that belongs to the best constant."""
    return float(np.median(np.abs(_difference(y_true, y_pred))))


def _difference(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    return y_true - y_pred
