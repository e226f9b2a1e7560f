"""Other right implementations of majority_baseline_accuracy."""

import numpy as np


def from_the_base_rate(y_true):
    """Take the larger of share and complement."""
    y = np.asarray(y_true, dtype=float)
    if y.ndim != 1:
        raise ValueError("shape")
    if not len(y):
        raise ValueError("empty")
    if not np.isin(y, [0, 1]).all():
        raise ValueError("label")
    return max(y.mean(), 1 - y.mean())


def better_of_two_models(y_true):
    """Score both constants."""
    check_vectors(y_true=y_true)
    check_not_empty(y_true=y_true)
    y_true = np.asarray(y_true, dtype=float)
    occupied = accuracy_score(y_true, np.zeros_like(y_true))
    return max(occupied, accuracy_score(y_true, np.ones_like(y_true)))


def loops(y_true):
    """Count both labels."""
    if np.ndim(y_true) != 1:
        raise ValueError("shape")
    counts = {0: 0, 1: 0}
    for label in np.asarray(y_true).tolist():
        if label not in counts:
            raise ValueError("label")
        counts[label] += 1
    if sum(counts.values()) == 0:
        raise ValueError("empty")
    return max(counts.values()) / sum(counts.values())


def distance_from_one_half(y_true):
    """Add to one half how far the share lies from it."""
    y = np.asarray(y_true, dtype=float)
    check_vectors(y_true=y)
    check_not_empty(y_true=y)
    check_binary_labels(y_true=y)
    return float(0.5 + np.abs(y.mean() - 0.5))


def unique_counts(y_true):
    """Let np.unique count."""
    y = np.asarray(y_true, dtype=float)
    check_vectors(y_true=y)
    check_not_empty(y_true=y)
    check_binary_labels(y_true=y)
    return float(np.unique(y, return_counts=True)[1].max() / y.size)
