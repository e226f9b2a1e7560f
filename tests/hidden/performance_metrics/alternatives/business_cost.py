"""Other right implementations of business_cost."""

import numpy as np


def mean_cost(y_true, y_pred, cost_fp, cost_fn):
    """Give each space its cost and average."""
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    check_binary_labels(y_true=y_true, y_pred=y_pred)
    if cost_fp < 0:
        raise ValueError("cost_fp is negative")
    if cost_fn < 0:
        raise ValueError("cost_fn is negative")
    costs = np.where(y_true == y_pred, 0.0, np.where(y_true == 1, cost_fn, cost_fp))
    return costs.mean()


def matrix_product(y_true, y_pred, cost_fp, cost_fn):
    """Multiply the confusion matrix with a matrix of costs."""
    check_range(">= 0", cost_fp=cost_fp)
    check_range(">= 0", cost_fn=cost_fn)
    C = confusion_matrix(y_true, y_pred)
    return float(np.einsum("ij,ij->", C, [[0.0, cost_fp], [cost_fn, 0.0]]) / C.sum())


def loops(y_true, y_pred, cost_fp, cost_fn):
    """Add up one by one."""
    y_true, y_pred = np.array(y_true), np.array(y_pred)
    if y_true.ndim != 1 or y_true.shape != y_pred.shape:
        raise ValueError("shape")
    if len(y_true) == 0:
        raise ValueError("empty")
    if cost_fp < 0 or cost_fn < 0:
        raise ValueError(f"negative cost_fp or cost_fn: {cost_fp}, {cost_fn}")
    total = 0
    for true, predicted in zip(y_true.tolist(), y_pred.tolist()):
        if true not in (0, 1) or predicted not in (0, 1):
            raise ValueError("label")
        if true < predicted:
            total += cost_fp
        elif true > predicted:
            total += cost_fn
    return total / len(y_true)


def shares_of_errors(y_true, y_pred, cost_fp, cost_fn):
    """Weigh the shares of both errors."""
    check_range(">= 0", cost_fp=cost_fp, cost_fn=cost_fn)
    confusion_matrix(y_true, y_pred)
    d = np.asarray(y_pred, dtype=float) - np.asarray(y_true, dtype=float)
    return cost_fp * np.mean(d == 1) + cost_fn * np.mean(d == -1)
