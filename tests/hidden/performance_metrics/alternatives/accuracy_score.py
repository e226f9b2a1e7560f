"""Other right implementations of accuracy_score."""

import numpy as np


def mean_of_hits(y_true, y_pred):
    """Average what is equal, without the matrix."""
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    check_binary_labels(y_true=y_true, y_pred=y_pred)
    return np.mean(y_true == y_pred)


def loops(y_true, y_pred):
    """Count the hits one by one."""
    y_true, y_pred = np.array(y_true), np.array(y_pred)
    if y_true.ndim != 1 or y_true.shape != y_pred.shape:
        raise ValueError("shape")
    if len(y_true) == 0:
        raise ValueError("empty")
    right = 0
    for true, predicted in zip(y_true.tolist(), y_pred.tolist()):
        if true not in (0, 1) or predicted not in (0, 1):
            raise ValueError("label")
        if true == predicted:
            right += 1
    return right / len(y_true)


def one_minus_the_errors(y_true, y_pred):
    """Subtract both kinds of errors."""
    (tn, fp), (fn, tp) = confusion_matrix(y_true, y_pred)
    return 1 - (fp + fn) / (tn + fp + fn + tp)


def dot_products(y_true, y_pred):
    """Count with scalar products of labels and their complements."""
    t, p = np.array(y_true, dtype=float), np.array(y_pred, dtype=float)
    if t.shape != p.shape or t.ndim != 1:
        raise ValueError("shapes")
    if t.size == 0:
        raise ValueError("empty")
    if not set(t.tolist()) | set(p.tolist()) <= {0.0, 1.0}:
        raise ValueError("labels")
    return float((t @ p + (1 - t) @ (1 - p)) / t.size)
