"""Other right implementations of root_mean_squared_error."""

import math

import numpy as np


def on_its_own(y_true, y_pred):
    """Call no other function of the module."""
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    return np.sqrt(np.mean((y_true - y_pred) ** 2))


def length_over_root_n(y_true, y_pred):
    """Divide the length of the difference by the root of n."""
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    return float(np.linalg.norm(y_true - y_pred) / np.sqrt(y_true.size))


def hypotenuse(y_true, y_pred):
    """Let math.hypot square, add and take the root."""
    y_true, y_pred = np.array(y_true, dtype=float), np.array(y_pred, dtype=float)
    if y_true.shape != y_pred.shape or y_true.ndim != 1:
        raise ValueError("different shapes")
    if len(y_true) == 0:
        raise ValueError("Empty input")
    return math.hypot(*(y_true - y_pred)) / math.sqrt(len(y_true))


def loops(y_true, y_pred):
    """Add up square by square."""
    y_true, y_pred = np.array(y_true, dtype=float), np.array(y_pred, dtype=float)
    if y_true.shape != y_pred.shape or y_true.ndim != 1:
        raise ValueError("different shapes")
    if len(y_true) == 0:
        raise ValueError("Empty input")
    total = 0.0
    for i in range(y_true.size):
        difference = float(y_true[i]) - float(y_pred[i])
        total += difference * difference
    return (total / y_true.size) ** 0.5


def from_the_mean_squared_error(y_true, y_pred):
    """Take the root of the sibling's result."""
    return math.sqrt(mean_squared_error(y_true, y_pred))
