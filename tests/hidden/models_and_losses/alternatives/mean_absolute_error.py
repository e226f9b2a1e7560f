"""Other right implementations of mean_absolute_error."""

import math

import numpy as np


def loops(y_true, y_pred):
    """Add up distance by distance."""
    y_true, y_pred = np.array(y_true, dtype=float), np.array(y_pred, dtype=float)
    if y_true.shape != y_pred.shape or y_true.ndim != 1:
        raise ValueError("different shape")
    if y_true.size == 0:
        raise ValueError("empty")
    total = 0.0
    for true, predicted in zip(y_true, y_pred):
        total += true - predicted if true > predicted else predicted - true
    return float(total / y_true.size)


def norm(y_true, y_pred):
    """Divide the 1-norm of the difference by n."""
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    return np.linalg.norm(y_true - y_pred, ord=1) / len(y_true)


def larger_minus_smaller(y_true, y_pred):
    """Subtract the smaller one of each pair from the larger one."""
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    return float((np.maximum(y_true, y_pred) - np.minimum(y_true, y_pred)).mean())


def roots_of_squares(y_true, y_pred):
    """Take the root of the square for the absolute value, and add up exactly."""
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    return math.fsum(np.sqrt((y_true - y_pred) ** 2).tolist()) / y_true.size
