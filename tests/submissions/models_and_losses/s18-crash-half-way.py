"""Defining ML models, loss functions.

A model turns the features of an example into a prediction; a loss function turns predictions and
truths into one number that says how wrong the model is. You write three models (a plane, the
sigmoid and the softmax), the decision that an application makes from probabilities, and the
losses with which the next assignments train.

Conventions of the course
- n examples, d features, k classes. Rows are examples: X has shape (n, d), logits Z (n, k).
- Inputs may be arrays of any number type, of bool, or lists. Calculate in float64: begin with
  `np.asarray(x, dtype=float)`.
- Binary labels are 0 or 1, and 1 is the positive class: a vacant parking space.
- Logarithms are natural. No squared loss has a factor 1/2.
- Return the result and do nothing else: no printing, and the caller's arrays stay as they were.
- `given.checks` raises the errors that the docstrings ask for.
"""

import numpy as np
from given.checks import *
from given.datasets import make_parking_lot


def linear_predict(X, w, b=0.0):
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


def sigmoid(z):
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
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-z))


def softmax(Z):
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
        raise ValueError("Z is empty")
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def predict_class(P):
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
        raise ValueError("P is empty")
    check_no_nan(P=P)
    return np.argmax(P, axis=1)


def sum_squared_error(y_true, y_pred):
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


# ---- try it on the lot
X, y = make_parking_lot(50, 0.1, np.random.default_rng(3))
y_hat = linear_predict(X, np.zeros(4), 0.1)
print("all zeros:", sum_squared_error(y, y_hat))
print("first weights:", sum_squared_error(y, linear_predict(X, [0.1, 0.2, 0.0], 0.1)))


def mean_squared_error(y_true, y_pred):
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
    return sum_squared_error(y_true, y_pred) / len(y_true)


def root_mean_squared_error(y_true, y_pred):
    """Return the square root of the mean squared error.

    Formula: sqrt((1/n) times the sum over i of (y_true[i] - y_pred[i])^2).

    y_true, y_pred: the true values and the predictions, both of shape (n,).
    Returns a float in the units of y: measured in metres instead of kilometres, the values and
    this loss become 1000 times larger. A NaN in either input makes it NaN.

    You may call `mean_squared_error`; a mistake there then costs you nothing here.

    ValueError ("shape"): the shapes differ, or are not (n,). ValueError ("empty"): no examples.

    >>> root_mean_squared_error([3, -0.5, 2, 7], [2.5, 0, 2, 8])
    0.6123724356957945
    """
    return float(np.sqrt(mean_squared_error(y_true, y_pred)))


def mean_absolute_error(y_true, y_pred):
    """Return the mean of the absolute differences.

    Formula: (1/n) times the sum over i of |y_true[i] - y_pred[i]|.

    y_true, y_pred: the true values and the predictions, both of shape (n,).
    Returns a float in the units of y. An error that is 10 times as large counts 10 times as much,
    not 100 times as in a squared loss. Errors of opposite sign do not cancel. A NaN in either
    input makes it NaN.

    ValueError ("shape"): the shapes differ, or are not (n,). ValueError ("empty"): no examples.

    >>> mean_absolute_error([3, -0.5, 2, 7], [2.5, 0, 2, 8])
    0.5
    """
    y_true = np.asarray(y_true, dtype=float)
    y_pred = np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    return float(np.mean(np.abs(y_true - y_pred)))


def zero_one_loss(y_true, y_pred):
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
    return int(np.sum(y_true != y_pred))
