"""Right implementations of logistic_gradient, other than the reference."""

import math

import numpy as np


def goes_through_the_examples(X, y, w, b):
    """Add up example by example, in plain Python."""
    X, y, w = (np.asarray(array, dtype=float) for array in (X, y, w))
    if X.ndim != 2 or y.shape != X.shape[:1] or w.shape != X.shape[1:]:
        raise ValueError("the shapes do not fit")
    if len(X) == 0:
        raise ValueError("X is empty")
    if not set(y.tolist()) <= {0.0, 1.0}:
        raise ValueError("only the labels 0 and 1 are known")
    dw, db = np.zeros(X.shape[1]), 0.0
    for row, label in zip(X, y, strict=True):
        z = float(row @ w + b)
        p = 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))
        dw = dw + (p - label) * row / len(X)
        db += (p - label) / len(X)
    return dw, float(db)


def uses_tanh(X, y, w, b):
    """Write the sigmoid as (1 + tanh(z/2)) / 2."""
    X, y, w = _linear_model(X, y, w)
    if np.any((y != 0) & (y != 1)) or np.isnan(y).any():
        raise ValueError("bad label")
    r = 0.5 * (np.tanh(0.5 * (X.dot(w) + b)) + 1.0) - y
    return np.mean(X * r[:, np.newaxis], axis=0), r.mean()


def separates_the_labels(X, y, w, b):
    """Push with the probability of the wrong label, by the example's sign."""
    X, y, w = _linear_model(X, y, w)
    check_binary_labels(y=y)
    sign = np.where(y == 1, -1.0, 1.0)
    push = sign * sigmoid(sign * (X @ w + b))
    return np.einsum("i,ij->j", push, X) / len(y), float(push.sum() / len(y))
