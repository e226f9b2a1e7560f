"""Other right implementations of linear_predict."""

import math

import numpy as np


def loops(X, w, b=0.0):
    """Add up product by product."""
    X, w = np.array(X, dtype=float), np.array(w, dtype=float)
    if X.ndim != 2 or w.ndim != 1 or X.shape[1] != len(w):
        raise ValueError(f"the shapes {X.shape} and {w.shape} do not agree")
    predictions = np.zeros(len(X))
    for i in range(len(X)):
        total = 0.0
        for j in range(len(w)):
            total += X[i, j] * w[j]
        predictions[i] = total + b
    return predictions


def row_sums(X, w, b=0.0):
    """Multiply elementwise, then add up each row."""
    X, w = np.asarray(X, dtype=np.float64), np.asarray(w, dtype=np.float64)
    check_shape(("n", "d"), X=X)
    check_shape((X.shape[1],), w=w)
    return (X * w).sum(axis=1) + b


def einsum(X, w, b=0.0):
    """Let einsum name the indices."""
    X, w = np.asarray(X, dtype=float), np.asarray(w, dtype=float)
    if X.ndim != 2 or w.shape != X.shape[1:]:
        raise ValueError("wrong shape")
    return np.einsum("ij,j->i", X, w) + b


def bias_as_a_weight(X, w, b=0.0):
    """Append a column of ones, whose weight is the bias."""
    X, w = np.asarray(X, dtype=float), np.asarray(w, dtype=float)
    if X.ndim != 2 or w.ndim != 1 or X.shape[1] != w.shape[0]:
        raise ValueError("Shape mismatch")
    return np.hstack([X, np.ones((X.shape[0], 1))]).dot(np.append(w, float(b)))


def exact_sums(X, w, b=0.0):
    """Round once per prediction; column by column where that is not possible."""
    X, w = np.asarray(X, dtype=float), np.asarray(w, dtype=float)
    if X.ndim != 2 or w.ndim != 1 or X.shape[1] != w.shape[0]:
        raise ValueError("Shape mismatch")
    return np.array([math.fsum([*(row * w), b]) for row in X], dtype=float)


def numbers_of_features_alone(X, w, b=0.0):
    """Compare the numbers of features, and leave the rest to the product."""
    X, w = np.asarray(X, dtype=float), np.asarray(w, dtype=float)
    if X.ndim == 1 or X.shape[1] != len(w):
        raise ValueError("shape")
    return X @ w + b
