"""Wrong implementations of mean_squared_error."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Duplicate all examples. Should a mean change?",
    relation="n times right",
)
def takes_the_sum(y_true, y_pred):
    """The student adds up instead of averaging."""
    y_true, y_pred = _vectors(y_true, y_pred)
    return float(np.sum((y_true - y_pred) ** 2))


@mistake(
    "M2",
    hint="This course puts no 1/2 in front; see the conventions at the top of the file.",
    relation="right / 2",
)
def puts_one_half_in_front(y_true, y_pred):
    """The student's earlier course had 1 / (2 n)."""
    y_true, y_pred = _vectors(y_true, y_pred)
    return float(np.mean((y_true - y_pred) ** 2) / 2)


@mistake(
    "M3",
    hint="Is this a variance estimate or an average?",
    relation="right times n / (n - 1)",
)
def divides_by_n_minus_1(y_true, y_pred):
    """The student remembers the sample variance."""
    y_true, y_pred = _vectors(y_true, y_pred)
    return float(np.sum((y_true - y_pred) ** 2) / np.float64(len(y_true) - 1))


@mistake(
    "M4",
    hint="Print the shape of the difference of your two arrays.",
    relation="(n, 1) against (n,) gives the mean over all pairs",
)
def compares_all_pairs(y_true, y_pred):
    """The student lets numpy broadcast a column against a vector."""
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y_true.size != y_pred.size:
        raise ValueError("y_true and y_pred must have the same shape")
    check_not_empty(y_true=y_true)
    return float(np.mean((y_true - y_pred) ** 2))


def _vectors(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    return y_true, y_pred
