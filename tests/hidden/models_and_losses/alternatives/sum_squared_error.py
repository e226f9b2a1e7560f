"""Other right implementations of sum_squared_error."""

import math

import numpy as np


def loops(y_true, y_pred):
    """Add up square by square."""
    y_true, y_pred = np.array(y_true, dtype=float), np.array(y_pred, dtype=float)
    if y_true.shape != y_pred.shape or y_true.ndim != 1:
        raise ValueError("different Shape")
    if len(y_true) == 0:
        raise ValueError("empty")
    total = 0.0
    for i in range(len(y_true)):
        total = total + (y_true[i] - y_pred[i]) ** 2
    return float(total)


def inner_product(y_true, y_pred):
    """Multiply the difference with itself."""
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_pred=y_pred)
    difference = y_pred - y_true
    return np.dot(difference, difference)


def exact_sum(y_true, y_pred):
    """Add up plain floats without rounding in between."""
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    return math.fsum((a - b) * (a - b) for a, b in zip(y_true.tolist(), y_pred.tolist()))


def squared_norm(y_true, y_pred):
    """Square the length of the difference."""
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    return np.linalg.norm(y_true - y_pred) ** 2


def backwards(y_true, y_pred):
    """Add up from the end, in einsum."""
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    difference = (y_true - y_pred)[::-1]
    return float(np.einsum("i,i", difference, difference))
