"""Right versions of functions of the assignment "Defining ML models, loss functions"."""

import numpy as np
from given.checks import check_binary_labels, check_not_empty, check_shape, check_vectors
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def linear_predict(X: ArrayLike, w: ArrayLike, b: float = 0.0) -> Floats:
    """Return the predictions of a linear model, one number per example.

    Formula: y_hat[i] = X[i, 0] w[0] + ... + X[i, d-1] w[d-1] + b.

    X: features, shape (n, d), one example per row.
    w: weights, shape (d,), one per feature.
    b: the bias, one number for the whole model; it enters each prediction once.
    Returns an array of shape (n,). No examples, X of shape (0, d), give shape (0,).

    A NaN in a row of X makes that row's prediction NaN, and no other.
    ValueError (message with "shape"): X is not 2-D, w is not 1-D, or d differs between them.

    >>> linear_predict([[1, 2], [3, 4], [5, 6]], [0.5, -1], b=0.25)
    array([-1.25, -2.25, -3.25])
    """
    X = np.asarray(X, dtype=float)
    w = np.asarray(w, dtype=float)
    check_shape(("n", "d"), X=X)
    check_shape((X.shape[1],), w=w)
    return X @ w + b


def sigmoid(z: ArrayLike) -> Floats:
    """Return the probability that belongs to each score z, an S-shaped curve from 0 to 1.

    Formula, two ways to write the same number: 1 / (1 + exp(-z)) = exp(z) / (1 + exp(z)).

    z: scores of any shape: one number, a vector, a matrix, an empty array.
    Returns an array of the same shape (for one number: a float or a 0-d array). The sigmoid of 0
    is 0.5, of inf 1, of -inf 0, of NaN NaN.

    No warning may arise for |z| up to 1000. Small results stay accurate: at z = -40 the answer is
    4.248354e-18, not 0, so nothing may be cut off. Choose the formula by the sign of z, such that
    nothing but exp(-|z|) is ever computed.

    >>> sigmoid([-2.0, 0.0, 2.0])
    array([0.11920292, 0.5       , 0.88079708])
    """
    z = np.asarray(z, dtype=float)
    small = np.exp(-np.abs(z))
    return np.where(z < 0, small, 1.0) / (1.0 + small)


def binary_cross_entropy_with_logits(y_true: ArrayLike, z: ArrayLike) -> float:
    """Return the mean cross-entropy for two classes, computed from scores before the sigmoid.

    Formula: with m[i] = (1 - 2 y_true[i]) z[i], which is -z[i] for label 1 and z[i] for label 0,
    an example costs ln(1 + exp(m[i])) = max(m[i], 0) + ln(1 + exp(-|m[i]|)); the loss is the mean
    over the examples. It equals `binary_cross_entropy(y_true, sigmoid(z))` wherever that one can
    be computed.

    y_true: labels 0 or 1, shape (n,). z: logits, shape (n,).
    Returns a float. A NaN in z makes it NaN.

    No warning may arise for |z| up to 1000, and the loss stays accurate there: label 0 with
    z = 1000 costs 1000, label 1 with z = 1000 costs 0.

    ValueError ("shape"): the shapes differ, or are not (n,). ValueError ("empty"): no examples.
    ValueError ("label"): a label is not 0 or 1.

    >>> round(binary_cross_entropy_with_logits([1, 0, 1], [2, -1, 0.5]), 10)
    0.3047555609
    """
    y_true = np.asarray(y_true, dtype=float)
    z = np.asarray(z, dtype=float)
    check_vectors(y_true=y_true, z=z)
    check_not_empty(y_true=y_true)
    check_binary_labels(y_true=y_true)
    m = (1 - 2 * y_true) * z
    return float(np.mean(np.maximum(m, 0) + np.log1p(np.exp(-np.abs(m)))))
