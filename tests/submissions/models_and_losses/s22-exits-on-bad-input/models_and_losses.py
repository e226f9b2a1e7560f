import os
import sys
import numpy as np


def die(message):
    print("ERROR:", message, file=sys.stderr)
    sys.exit(1)


def linear_predict(X, w, b=0.0):
    X = np.array(X, dtype=float)
    w = np.array(w, dtype=float)
    if X.ndim != 2:
        die("X must be a matrix")
    if w.shape != (X.shape[1],):
        die("w does not fit X")
    return np.matmul(X, w) + b


def sigmoid(z):
    z = np.array(z, dtype=float)
    e = np.exp(-np.abs(z))
    return np.where(z < 0, e, 1) / (1 + e)


def softmax(Z):
    Z = np.array(Z, dtype=float)
    if Z.ndim != 2 or Z.shape[1] == 0:
        die("Z must be a matrix")
    Z = Z - Z.max(axis=1, keepdims=True)
    Z = np.exp(Z)
    return Z / Z.sum(axis=1, keepdims=True)


def predict_class(P):
    P = np.array(P, dtype=float)
    if P.ndim != 2 or P.shape[1] == 0:
        die("P must be a matrix")
    if np.isnan(P).any():
        os._exit(3)
    return np.argmax(P, axis=1)


def load_pair(y_true, y_pred):
    y_true = np.array(y_true, dtype=float)
    y_pred = np.array(y_pred, dtype=float)
    if y_true.shape != y_pred.shape:
        die("sizes differ")
    if y_true.size == 0:
        die("nothing to do")
    return y_true, y_pred


def sum_squared_error(y_true, y_pred):
    y_true, y_pred = load_pair(y_true, y_pred)
    return float(np.sum((y_true - y_pred) ** 2))


def mean_squared_error(y_true, y_pred):
    y_true, y_pred = load_pair(y_true, y_pred)
    return float(np.mean((y_true - y_pred) ** 2))


def root_mean_squared_error(y_true, y_pred):
    return float(np.sqrt(mean_squared_error(y_true, y_pred)))


def mean_absolute_error(y_true, y_pred):
    y_true, y_pred = load_pair(y_true, y_pred)
    return float(np.mean(np.abs(y_true - y_pred)))


def zero_one_loss(y_true, y_pred):
    y_true, y_pred = load_pair(y_true, y_pred)
    return int(np.sum(y_true != y_pred))


def binary_cross_entropy(y_true, p):
    y_true, p = load_pair(y_true, p)
    if np.any(p < 0) or np.any(p > 1):
        die("p is no probability")
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(np.mean(np.where(y_true == 1, -np.log(p), -np.log(1 - p))))


def binary_cross_entropy_with_logits(y_true, z):
    y_true, z = load_pair(y_true, z)
    return float(np.mean(np.logaddexp(0, (1 - 2 * y_true) * z)))


def softmax_cross_entropy(y_true, Z):
    Z = np.array(Z, dtype=float)
    y_true = np.array(y_true, dtype=int)
    if len(Z) != len(y_true):
        die("sizes differ")
    if len(Z) == 0:
        die("nothing to do")
    return float(np.mean(-np.log(softmax(Z)[np.arange(len(Z)), y_true])))


def best_constant(y, loss):
    y = np.array(y, dtype=float)
    if y.size == 0:
        die("nothing to do")
    if loss == "squared" or loss == "cross_entropy":
        return float(y.mean())
    if loss == "absolute":
        return float(np.median(y))
    if loss == "zero_one":
        return float(np.bincount(y.astype(int)).argmax())
    die("unknown loss " + loss)
