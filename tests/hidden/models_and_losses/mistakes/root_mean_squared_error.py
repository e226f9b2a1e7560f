"""Wrong implementations of root_mean_squared_error."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Does it stay the same when the data are doubled?",
    relation="the root of n times right",
)
def root_of_the_sum(y_true, y_pred):
    """The student takes the root of the sum of squares."""
    difference = _difference(y_true, y_pred)
    return float(np.sqrt(np.sum(difference**2)))


@mistake(
    "M2",
    hint="Your value equals the mean absolute error. Order of mean and root?",
    relation="equals the mean absolute error",
)
def mean_of_the_roots(y_true, y_pred):
    """The student takes the root of each square before averaging."""
    difference = _difference(y_true, y_pred)
    return float(np.mean(np.sqrt(difference**2)))


@mistake(
    "M3",
    hint="Where does n stand, inside or outside the root?",
    relation="right / root of n",
)
def divides_outside_the_root(y_true, y_pred):
    """The student divides the root of the sum by n."""
    difference = _difference(y_true, y_pred)
    return float(np.sqrt(np.sum(difference**2)) / len(difference))


def _difference(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    return y_true - y_pred
