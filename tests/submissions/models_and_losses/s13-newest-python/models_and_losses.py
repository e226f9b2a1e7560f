"""Written with Python 3.14, because it was the download button on the home page."""

import numpy as np


def say(message):
    # template strings are new
    return t"models_and_losses: {message}"


def vector(x):
    try:
        x = np.asarray(x, dtype=float)
    except ValueError, TypeError:
        raise ValueError("shape: this is not an array of numbers")
    if x.ndim != 1:
        raise ValueError(f"shape {x.shape}, wanted (n,)")
    return x


def pair(a, b):
    a, b = vector(a), vector(b)
    if a.shape != b.shape:
        raise ValueError(f"shape {a.shape} and shape {b.shape}")
    if not a.size:
        raise ValueError("empty")
    return a, b


def linear_predict(X, w, b=0.0):
    X, w = np.asarray(X, dtype=float), vector(w)
    if X.ndim != 2 or X.shape[1] != w.size:
        raise ValueError(f"shape {X.shape} and shape {w.shape}")
    return X @ w + b


def sum_squared_error(y_true, y_pred):
    y_true, y_pred = pair(y_true, y_pred)
    return float(((y_true - y_pred) ** 2).sum())


def mean_squared_error(y_true, y_pred):
    return sum_squared_error(y_true, y_pred) / len(y_true)


def root_mean_squared_error(y_true, y_pred):
    return float(np.sqrt(mean_squared_error(y_true, y_pred)))


def mean_absolute_error(y_true, y_pred):
    y_true, y_pred = pair(y_true, y_pred)
    return float(abs(y_true - y_pred).mean())


def zero_one_loss(y_true, y_pred):
    y_true, y_pred = pair(y_true, y_pred)
    return int((y_true != y_pred).sum())
