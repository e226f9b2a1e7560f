"""Other right implementations of weighted_binary_cross_entropy."""

import math

import numpy as np


def loops(y_true, z, pos_weight):
    """Treat one example after the other."""
    y_true, z = np.array(y_true, dtype=float), np.array(z, dtype=float)
    if y_true.ndim != 1 or y_true.shape != z.shape:
        raise ValueError("wrong shape")
    if len(z) == 0:
        raise ValueError("Empty input")
    if pos_weight <= 0:
        raise ValueError("pos_weight must be positive")
    total = 0.0
    for label, logit in zip(y_true.tolist(), z.tolist()):
        if label not in (0, 1):
            raise ValueError("a label is wrong")
        m = -logit if label == 1 else logit
        loss = m + math.log1p(math.exp(-m)) if m > 0 else math.log1p(math.exp(m))
        total += loss * (pos_weight if label == 1 else 1)
    return total / len(z)


def logaddexp(y_true, z, pos_weight):
    """Let numpy add the exponentials."""
    y_true, z = np.asarray(y_true, dtype=float), np.asarray(z, dtype=float)
    check_vectors(y_true=y_true, z=z)
    check_not_empty(z=z)
    check_binary_labels(y_true=y_true)
    check_range("> 0", pos_weight=pos_weight)
    weights = 1 + (pos_weight - 1) * y_true
    return np.mean(weights * np.logaddexp(0, np.where(y_true == 1, -z, z)))


def both_kinds_apart(y_true, z, pos_weight):
    """Add up the losses of vacant and of occupied spaces separately."""
    y_true, z = np.asarray(y_true, dtype=float), np.asarray(z, dtype=float)
    check_vectors(y_true=y_true, z=z)
    check_not_empty(z=z)
    check_binary_labels(y_true=y_true)
    check_range("> 0", pos_weight=pos_weight)

    def softplus(m):
        return np.sum(np.maximum(m, 0) + np.log1p(np.exp(-np.abs(m))))

    vacant = y_true == 1
    return float((pos_weight * softplus(-z[vacant]) + softplus(z[~vacant])) / len(z))
