"""Other right implementations of zero_one_loss."""

import numpy as np


def loops(y_true, y_pred):
    """Count up one by one."""
    y_true, y_pred = np.array(y_true), np.array(y_pred)
    if y_true.shape != y_pred.shape or y_true.ndim != 1:
        raise ValueError("different shape")
    if y_true.size == 0:
        raise ValueError("empty")
    wrong = 0
    for true, predicted in zip(y_true, y_pred):
        if true != predicted:
            wrong += 1
    return wrong


def all_but_the_right_ones(y_true, y_pred):
    """Subtract the hits from n, and return a numpy integer."""
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    return len(y_true) - np.sum(y_true == y_pred)


def positions(y_true, y_pred):
    """Count the positions at which the difference is not 0."""
    y_true, y_pred = np.asarray(y_true, dtype=np.int64), np.asarray(y_pred, dtype=np.int64)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    return len(np.flatnonzero(y_true - y_pred))


def generator(y_true, y_pred):
    """Add up truth values of plain Python numbers."""
    y_true, y_pred = np.asarray(y_true), np.asarray(y_pred)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    return sum(a != b for a, b in zip(y_true.tolist(), y_pred.tolist()))


def rounded_share(y_true, y_pred):
    """Multiply the share of errors by n and round."""
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    return round(float(np.mean(y_true != y_pred)) * len(y_true))
