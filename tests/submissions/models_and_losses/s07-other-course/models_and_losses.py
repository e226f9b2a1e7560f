'''
My solutions. I took a machine-learning course before, conventions may be from there.
'''
import numpy as np
from numpy import exp, log


def linear_predict(X, w, b=0.0):
    X = np.asarray(X, dtype=np.float64)
    w = np.asarray(w, dtype=np.float64)
    if X.ndim != 2 or X.shape[1:] != w.shape:
        raise ValueError(f"shape of X is {X.shape}, shape of w is {w.shape}")
    return np.dot(X, w) + b


def sigmoid(z):
    z = np.asarray(z, dtype=np.float64)
    return 0.5 * (1 + np.tanh(z))


def softmax(Z):
    Z = np.asarray(Z, dtype=np.float64)
    if Z.ndim != 2:
        raise ValueError(f"shape of Z is {Z.shape}")
    if Z.shape[1] == 0:
        raise ValueError("Z is empty")
    ez = exp(Z - Z.max(axis=1, keepdims=True))
    return ez / ez.sum(axis=1, keepdims=True)


def predict_class(P):
    P = np.asarray(P, dtype=np.float64)
    if P.ndim != 2:
        raise ValueError(f"shape of P is {P.shape}")
    if P.shape[1] == 0:
        raise ValueError("P is empty")
    if np.isnan(P).any():
        raise ValueError("NaN")
    return P.argmax(axis=1)


def prepare(y, h):
    y = np.asarray(y, dtype=np.float64)
    h = np.asarray(h, dtype=np.float64)
    if y.shape != h.shape or y.ndim != 1:
        raise ValueError(f"shape of y is {y.shape}, shape of h is {h.shape}")
    m = y.shape[0]
    if m == 0:
        raise ValueError("empty")
    return y, h, m


def sum_squared_error(y_true, y_pred):
    y, h, m = prepare(y_true, y_pred)
    return 1 / 2 * float(np.sum((h - y) ** 2))


def mean_squared_error(y_true, y_pred):
    y, h, m = prepare(y_true, y_pred)
    # J = 1/(2m) sum (h - y)^2
    return sum_squared_error(y, h) / m


def root_mean_squared_error(y_true, y_pred):
    y, h, m = prepare(y_true, y_pred)
    return float(np.sqrt(np.mean((h - y) ** 2)))


def mean_absolute_error(y_true, y_pred):
    y, h, m = prepare(y_true, y_pred)
    return float(np.sum(np.abs(h - y)) / m)


def zero_one_loss(y_true, y_pred):
    y, h, m = prepare(y_true, y_pred)
    return int(np.sum((h >= 0.5) != (y >= 0.5)))


def binary_cross_entropy(y_true, p):
    y, h, m = prepare(y_true, p)
    if not set(y) <= {0, 1}:
        raise ValueError("labels must be 0 or 1")
    if (h < 0).any() or (h > 1).any():
        raise ValueError("p out of range")
    h = np.clip(h, 1e-7, 1 - 1e-7)  # as in Keras
    return float(-(1 / m) * np.sum(y * log(h) + (1 - y) * log(1 - h)))


def binary_cross_entropy_with_logits(y_true, z):
    y, z, m = prepare(y_true, z)
    if not set(y) <= {0, 1}:
        raise ValueError("labels must be 0 or 1")
    return float(np.mean(np.logaddexp(0, -y * z)))


def softmax_cross_entropy(y_true, Z):
    Z = np.asarray(Z, dtype=np.float64)
    y = np.asarray(y_true)
    if Z.ndim != 2 or y.shape != (Z.shape[0],):
        raise ValueError(f"shape of y is {y.shape}, shape of Z is {Z.shape}")
    if y.size == 0:
        raise ValueError("empty")
    k = Z.shape[1]
    if y.min() < 0 or y.max() >= k or (y != np.round(y)).any():
        raise ValueError("label")
    one_hot = np.eye(k)[y.astype(int)]
    Z = Z - Z.max(axis=1, keepdims=True)
    logp = Z - log(exp(Z).sum(axis=1, keepdims=True))
    return float(-np.mean(one_hot * logp))


def best_constant(y, loss):
    y = np.asarray(y, dtype=np.float64)
    if y.ndim != 1:
        raise ValueError(f"shape of y is {y.shape}")
    if y.size == 0:
        raise ValueError("empty")
    if loss == "cross_entropy":
        if not set(y) <= {0, 1}:
            raise ValueError("labels must be 0 or 1")
        return float(np.round(y.mean()))
    if loss == "squared":
        return float(y.mean())
    if loss == "absolute":
        return float(np.median(y))
    if loss == "zero_one":
        values, counts = np.unique(y, return_counts=True)
        return float(values[counts.argmax()])
    raise ValueError(loss)
