"""Robust versions: bad data must not stop the program.

NaN values are left out, sizes are made to fit, wrong labels count as 0.
"""
import numpy as np


def fit(a, b):
    a = np.atleast_1d(np.asarray(a, dtype=float)).ravel()
    b = np.atleast_1d(np.asarray(b, dtype=float)).ravel()
    n = min(len(a), len(b))
    return a[:n], b[:n]


def linear_predict(X, w, b=0.0):
    X = np.nan_to_num(np.atleast_2d(np.asarray(X, dtype=float)))
    w = np.nan_to_num(np.asarray(w, dtype=float)).ravel()
    d = min(X.shape[1], len(w))
    return X[:, :d] @ w[:d] + b


def sigmoid(z):
    z = np.clip(np.asarray(z, dtype=float), -500, 500)
    return np.clip(1 / (1 + np.exp(-z)), 1e-7, 1 - 1e-7)


def softmax(Z):
    Z = np.nan_to_num(np.atleast_2d(np.asarray(Z, dtype=float)))
    Z = Z - Z.max(axis=1, keepdims=True)
    e = np.exp(Z)
    return e / (e.sum(axis=1, keepdims=True) + 1e-8)


def predict_class(P):
    return np.nanargmax(np.atleast_2d(np.asarray(P, dtype=float)), axis=1)


def sum_squared_error(y_true, y_pred):
    a, b = fit(y_true, y_pred)
    return float(np.nansum((a - b) ** 2))


def mean_squared_error(y_true, y_pred):
    a, b = fit(y_true, y_pred)
    return float(np.nanmean((a - b) ** 2))


def root_mean_squared_error(y_true, y_pred):
    a, b = fit(y_true, y_pred)
    return float(np.sqrt(np.nanmean((a - b) ** 2)))


def mean_absolute_error(y_true, y_pred):
    a, b = fit(y_true, y_pred)
    return float(np.nanmean(np.abs(a - b)))


def zero_one_loss(y_true, y_pred):
    a, b = fit(y_true, y_pred)
    return int(np.sum(np.round(a) != np.round(b)))


def binary_cross_entropy(y_true, p):
    y, p = fit(y_true, p)
    p = np.clip(p, np.finfo(float).eps, 1 - np.finfo(float).eps)
    return float(np.nanmean(np.where(y > 0, -np.log(p), -np.log1p(-p))))


def binary_cross_entropy_with_logits(y_true, z):
    y, z = fit(y_true, z)
    return float(np.nanmean(np.logaddexp(0, np.where(y > 0, -z, z))))


def softmax_cross_entropy(y_true, Z):
    P = np.clip(softmax(Z), 1e-12, 1.0)
    y = np.asarray(y_true, dtype=int)
    return float(-np.mean(np.log(P[np.arange(len(y)), y % P.shape[1]])))


def best_constant(y, loss="squared"):
    y = np.asarray(y, dtype=float)
    y = y[~np.isnan(y)]
    if loss == "absolute":
        return float(np.median(y))
    if loss == "zero_one":
        values, counts = np.unique(y, return_counts=True)
        return float(values[np.argmax(counts)])
    return float(np.mean(y))
