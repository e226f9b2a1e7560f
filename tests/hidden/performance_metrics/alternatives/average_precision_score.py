"""Other right implementations of average_precision_score."""

import numpy as np


def step_by_step(y_true, scores):
    """Add up the steps in a loop."""
    precision, recall, _ = precision_recall_curve(y_true, scores)
    total = 0.0
    for i in range(len(precision) - 1):
        total += (recall[i] - recall[i + 1]) * precision[i]
    return total


def dot_product(y_true, scores):
    """Multiply the recalls won with the precisions."""
    precision, recall, _ = precision_recall_curve(y_true, scores)
    return float(-np.diff(recall) @ precision[:-1])


def mean_over_vacant_spaces(y_true, scores):
    """Average, over the vacant spaces, the precision at their own score as threshold."""
    y_true, scores = np.asarray(y_true, dtype=float), np.asarray(scores, dtype=float)
    if y_true.ndim != 1 or y_true.shape != scores.shape:
        raise ValueError("shape")
    if y_true.size == 0:
        raise ValueError("empty")
    if not np.isin(y_true, [0, 1]).all() or not y_true.any():
        raise ValueError("labels")
    if np.isnan(scores).any():
        raise ValueError("scores contain nan")
    own = [y_true[scores >= score].mean() for score in scores[y_true == 1]]
    return float(np.mean(own))


def own_curve(y_true, scores):
    """Count down the sorted scores, without the sibling."""
    y_true, scores = np.asarray(y_true, dtype=float), np.asarray(scores, dtype=float)
    check_vectors(y_true=y_true, scores=scores)
    check_not_empty(y_true=y_true)
    check_binary_labels(y_true=y_true)
    check_no_nan(scores=scores)
    if y_true.sum() == 0:
        raise ValueError("no label 1")
    distinct, where = np.unique(-scores, return_inverse=True)
    found = np.bincount(where, weights=y_true, minlength=distinct.size)
    called = np.bincount(where, minlength=distinct.size)
    return float(np.sum(found * found.cumsum() / called.cumsum()) / y_true.sum())
