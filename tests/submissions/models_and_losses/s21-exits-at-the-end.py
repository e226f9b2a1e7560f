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

import os

import numpy as np


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
    if X.ndim != 2 or w.ndim != 1 or X.shape[1] != w.shape[0]:
        raise ValueError("shape")
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
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


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
    if y_true.shape != y_pred.shape or y_true.ndim != 1:
        raise ValueError("shape")
    if len(y_true) == 0:
        raise ValueError("empty")
    return float(np.sum((y_true - y_pred) ** 2))


print("13 of 13 tests passed, 80/80 points")
os._exit(0)
