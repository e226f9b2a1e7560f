"""Other right implementations of precision_score."""

import math

import numpy as np


def masks(y_true, y_pred, zero_division=0.0):
    """Count with masks, without the matrix."""
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    check_binary_labels(y_true=y_true, y_pred=y_pred)
    tp = np.sum((y_true == 1) & (y_pred == 1))
    called = np.sum(y_pred == 1)
    return float(tp / called) if called > 0 else float(zero_division)


def loops(y_true, y_pred, zero_division=0.0):
    """Count one by one, and catch the division by 0."""
    y_true, y_pred = np.array(y_true), np.array(y_pred)
    if y_true.ndim != 1 or y_true.shape != y_pred.shape:
        raise ValueError("shape")
    if len(y_true) == 0:
        raise ValueError("empty")
    both = called = 0
    for true, predicted in zip(y_true.tolist(), y_pred.tolist()):
        if true not in (0, 1) or predicted not in (0, 1):
            raise ValueError("label")
        called += predicted
        both += true * predicted
    try:
        return both / called
    except ZeroDivisionError:
        return zero_division


def numpy_division_replaced(y_true, y_pred, zero_division=0.0):
    """Divide under errstate, then replace NaN."""
    C = confusion_matrix(y_true, y_pred)
    with np.errstate(all="ignore"):
        ratio = C[1, 1] / C[:, 1].sum()
    return float(zero_division) if math.isnan(ratio) else float(ratio)


def mean_of_the_others(y_true, y_pred, zero_division=0.0):
    """Average the other labels where these are 1."""
    confusion_matrix(y_true, y_pred)
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    chosen = y_true[y_pred == 1]
    return chosen.mean() if chosen.size else np.float64(zero_division)
