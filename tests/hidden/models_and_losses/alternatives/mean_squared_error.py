"""Other right implementations of mean_squared_error."""

import math

import numpy as np


def mean(y_true, y_pred):
    """Average the squares without a detour over their sum."""
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    return np.mean(np.square(y_true - y_pred))


def loops(y_true, y_pred):
    """Add up shares of 1/n."""
    y_true, y_pred = list(y_true), list(y_pred)
    if len(y_true) != len(y_pred):
        raise ValueError("the shapes differ")
    if not y_true:
        raise ValueError("empty")
    total = 0.0
    for true, predicted in zip(y_true, y_pred):
        if np.ndim(true) or np.ndim(predicted):
            raise ValueError("wrong shape")
        total += (float(true) - float(predicted)) ** 2 / len(y_true)
    return total


def variance_plus_squared_bias(y_true, y_pred):
    """Split the mean square of the differences into their variance and their squared mean."""
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    difference = y_true - y_pred
    if not np.all(np.isfinite(difference)):
        return float(np.mean(difference**2))
    return float(np.var(difference) + np.mean(difference) ** 2)


def weighted_average(y_true, y_pred):
    """Average with np.average."""
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    return float(np.average((y_pred - y_true) ** 2))


def exact_sum(y_true, y_pred):
    """Add up plain floats without rounding in between."""
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    return math.fsum(((y_true - y_pred) ** 2).tolist()) / y_true.size


def running_mean(y_true, y_pred):
    """Move the mean so far by each new square's share."""
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    mean = 0.0
    for count, error in enumerate(y_true - y_pred, start=1):
        mean += (error * error - mean) / count
    return mean
