"""Other right implementations of fbeta_score."""

import numpy as np


def harmonic_mean(y_true, y_pred, beta=1.0, zero_division=0.0):
    """Combine precision and recall."""
    if beta <= 0:
        raise ValueError("beta must be positive")
    if not (np.any(y_true) or np.any(y_pred)):
        confusion_matrix(y_true, y_pred)
        return float(zero_division)
    p, r = precision_score(y_true, y_pred), recall_score(y_true, y_pred)
    if p == 0 or r == 0:
        return 0.0
    return (1 + beta**2) * p * r / (beta**2 * p + r)


def weighted_reciprocals(y_true, y_pred, beta=1.0, zero_division=0.0):
    """Take the weighted harmonic mean with alpha = 1 / (1 + beta^2)."""
    check_range("> 0", beta=beta)
    (_, fp), (fn, tp) = confusion_matrix(y_true, y_pred).tolist()
    if tp == 0:
        return 0.0 if fp or fn else float(zero_division)
    alpha = 1 / (1 + beta * beta)
    return 1 / (alpha * (tp + fp) / tp + (1 - alpha) * (tp + fn) / tp)


def loops(y_true, y_pred, beta=1.0, zero_division=0.0):
    """Add up numerator and denominator one by one."""
    t, p = np.array(y_true, dtype=float), np.array(y_pred, dtype=float)
    if t.shape != p.shape or t.ndim != 1:
        raise ValueError("shape")
    if t.size == 0:
        raise ValueError("empty")
    if not beta > 0:
        raise ValueError(f"Beta is {beta}")
    weight = beta**2
    above = below = 0.0
    for true, predicted in zip(t, p):
        if true not in (0, 1) or predicted not in (0, 1):
            raise ValueError("label")
        above += (1 + weight) * true * predicted
        below += weight * true + predicted
    return float(above / below) if below else zero_division


def sums_of_labels(y_true, y_pred, beta=1.0, zero_division=0.0):
    """Write the denominator as beta^2 times the vacant plus those called vacant."""
    check_range("> 0", beta=beta)
    confusion_matrix(y_true, y_pred)
    t, p = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    below = beta**2 * t.sum() + p.sum()
    return (1 + beta**2) * np.dot(t, p) / below if below > 0 else float(zero_division)
