"""Right versions of functions of the assignment "Defining ML models, loss functions"."""

import numpy as np
from given.checks import (
    check_binary_labels,
    check_class_labels,
    check_no_nan,
    check_not_empty,
    check_shape,
    check_vectors,
)
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


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


def softmax(Z: ArrayLike) -> Floats:
    """Return the probabilities of the classes, one distribution per example.

    Formula: P[i, j] = exp(Z[i, j]) / (exp(Z[i, 0]) + ... + exp(Z[i, k-1])).

    Z: logits (scores of any size), shape (n, k): one row per example, one column per class.
    Returns an array of shape (n, k); each row sums to 1. No examples, Z of shape (0, k), give
    shape (0, k).

    No overflow and no NaN may arise for |Z| up to 1000, whatever levels the rows are on: the same
    number subtracted from all logits of a row leaves that row's result unchanged.
    A NaN in a row of Z makes that row of the result NaN; the other rows stay right.
    ValueError ("shape"): Z is not 2-D. ValueError ("empty"): no classes, k = 0.

    >>> softmax([[2, 1, 0.1], [0, 3, -1]]).round(4)
    array([[0.659 , 0.2424, 0.0986],
           [0.0466, 0.9362, 0.0171]])
    """
    Z = np.asarray(Z, dtype=float)
    check_shape(("n", "k"), Z=Z)
    if Z.shape[1] == 0:
        raise ValueError("Z is empty: there are no classes")
    powers = np.exp(Z - Z.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def predict_class(P: ArrayLike) -> Ints:
    """Return the most probable class of each example.

    Formula: the index of the largest entry of each row; of equal entries the smallest index.

    P: one row per example, one column per class, shape (n, k): probabilities, or any other
       scores of which a larger one means "more likely" (logits too).
    Returns an integer array of shape (n,) with values from 0 to k - 1. How large the largest
    entry is does not matter: [0.49, 0.51] and [0.01, 0.99] give the same class.

    ValueError ("shape"): P is not 2-D. ValueError ("empty"): no classes, k = 0.
    ValueError ("NaN"): P holds a NaN, for then no entry is the largest.

    >>> predict_class([[0.4, 0.35, 0.25], [0.1, 0.2, 0.7]])
    array([0, 2])
    """
    P = np.asarray(P, dtype=float)
    check_shape(("n", "k"), P=P)
    if P.shape[1] == 0:
        raise ValueError("P is empty: there are no classes")
    check_no_nan(P=P)
    return np.argmax(P, axis=1)


def sum_squared_error(y_true: ArrayLike, y_pred: ArrayLike) -> float:
    """Return the sum of the squared differences, the L2 loss.

    Formula: the sum over i of (y_true[i] - y_pred[i])^2.

    y_true, y_pred: the true values and the predictions, both of shape (n,).
    Returns a float, in the units of y squared. It is 0 if all predictions are right, and it
    doubles if all examples are given twice. A NaN in either input makes it NaN.

    ValueError ("shape"): the shapes differ, or are not (n,); (n,) against (n, 1) is such a case.
    ValueError ("empty"): there are no examples.

    >>> sum_squared_error([3, -0.5, 2, 7], [2.5, 0, 2, 8])
    1.5
    """
    y_true = np.asarray(y_true, dtype=float)
    y_pred = np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    return float(np.sum((y_true - y_pred) ** 2))


def mean_squared_error(y_true: ArrayLike, y_pred: ArrayLike) -> float:
    """Return the mean of the squared differences.

    Formula: (1/n) times the sum over i of (y_true[i] - y_pred[i])^2, with n, not n - 1, and
    without a factor 1/2.

    y_true, y_pred: the true values and the predictions, both of shape (n,).
    Returns a float, in the units of y squared. It does not change if all examples are given
    twice. A NaN in either input makes it NaN.

    You may call `sum_squared_error`; a mistake there then costs you nothing here.

    ValueError ("shape"): the shapes differ, or are not (n,). ValueError ("empty"): no examples.

    >>> mean_squared_error([3, -0.5, 2, 7], [2.5, 0, 2, 8])
    0.375
    """
    return float(sum_squared_error(y_true, y_pred) / np.size(y_true))


def zero_one_loss(y_true: ArrayLike, y_pred: ArrayLike) -> int:
    """Return the number of incorrect predictions.

    Formula: how many i have y_true[i] != y_pred[i].

    y_true, y_pred: the true labels and the predicted labels, both of shape (n,). The labels may
       be any numbers, two or more different ones (False, 0 and 0.0 are the same label). y_pred
       holds decisions, not probabilities: nothing is rounded or compared with a threshold here.
    Returns an int from 0, all right, to n, all wrong.

    ValueError ("shape"): the shapes differ, or are not (n,). ValueError ("empty"): no examples.

    >>> zero_one_loss([0, 2, 1, 2], [0, 1, 1, 0])
    2
    """
    y_true = np.asarray(y_true)
    y_pred = np.asarray(y_pred)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    return int(np.count_nonzero(y_true != y_pred))


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


def softmax_cross_entropy(y_true: ArrayLike, Z: ArrayLike) -> float:
    """Return the mean cross-entropy for k classes, computed from logits before the softmax.

    Formula: example i costs ln(exp(Z[i, 0]) + ... + exp(Z[i, k-1])) - Z[i, y_true[i]], which is
    minus the logarithm of the probability that `softmax` gives its true class; the loss is the
    mean over the examples.

    y_true: class labels, whole numbers from 0 to k - 1, shape (n,). Z: logits, shape (n, k).
    Returns a float, never negative. A NaN in Z makes it NaN.

    No overflow may arise for |Z| up to 1000, and the loss stays accurate there: label 1 with the
    logits 1000 and -1000 costs 2000.

    ValueError ("shape"): y_true is not (n,), Z is not (n, k), or n differs between them.
    ValueError ("empty"): no examples. ValueError ("label"): a label is not one of 0 to k - 1.

    >>> round(softmax_cross_entropy([0, 2], [[2, 1, 0.1], [0, 3, -1]]), 10)
    2.24145696
    """
    labels = np.asarray(y_true)
    Z = np.asarray(Z, dtype=float)
    check_shape(("n", "k"), Z=Z)
    n, k = Z.shape
    check_shape((n,), y_true=labels)
    check_not_empty(y_true=labels)
    check_class_labels(k, y_true=labels)
    shifted = Z - Z.max(axis=1, keepdims=True)
    log_sums = np.log(np.exp(shifted).sum(axis=1))
    return float(np.mean(log_sums - shifted[np.arange(n), labels.astype(int)]))
