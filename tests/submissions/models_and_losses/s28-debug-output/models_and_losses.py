import numpy as np
from given.checks import *

np.set_printoptions(threshold=100_000)


def debug(name, *values):
    # to see what happens
    for step in range(2000):
        print("=" * 100)
        print(step, name, *values)


def linear_predict(X, w, b=0.0):
    X = np.asarray(X, dtype=float)
    w = np.asarray(w, dtype=float)
    debug("linear_predict", X.shape, w.shape, b)
    check_shape(("n", "d"), X=X)
    check_shape((X.shape[1],), w=w)
    return X @ w + b


def sigmoid(z):
    z = np.asarray(z, dtype=float)
    debug("sigmoid", z.shape)
    return 1 / (1 + np.exp(-z))


def softmax(Z):
    Z = np.asarray(Z, dtype=float)
    check_shape(("n", "k"), Z=Z)
    if Z.shape[1] == 0:
        raise ValueError("empty")
    Z = Z - Z.max(axis=1, keepdims=True)
    debug("softmax after the shift", Z.shape)
    return np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)


def predict_class(P):
    P = np.asarray(P, dtype=float)
    check_shape(("n", "k"), P=P)
    if P.shape[1] == 0:
        raise ValueError("empty")
    check_no_nan(P=P)
    return P.argmax(axis=1)


def sum_squared_error(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    debug("sse", y_true.shape)
    return float(np.sum((y_true - y_pred) ** 2))


def mean_squared_error(y_true, y_pred):
    debug("mse calls sse")
    return sum_squared_error(y_true, y_pred) / len(y_true)


def root_mean_squared_error(y_true, y_pred):
    return float(np.sqrt(mean_squared_error(y_true, y_pred)))


def mean_absolute_error(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    return float(np.mean(y_true - y_pred))


def zero_one_loss(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true), np.asarray(y_pred)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    return int(np.sum(y_true != y_pred))


def binary_cross_entropy(y_true, p):
    y_true, p = np.asarray(y_true, dtype=float), np.asarray(p, dtype=float)
    check_vectors(y_true=y_true, p=p)
    check_not_empty(y_true=y_true)
    check_binary_labels(y_true=y_true)
    check_range("in [0, 1]", p=p)
    debug("bce", y_true.shape)
    return float(np.mean(y_true * np.log(p) + (1 - y_true) * np.log(1 - p)))


def binary_cross_entropy_with_logits(y_true, z):
    return binary_cross_entropy(y_true, sigmoid(z))


def softmax_cross_entropy(y_true, Z):
    y_true, Z = np.asarray(y_true), np.asarray(Z, dtype=float)
    check_shape(("n", "k"), Z=Z)
    check_shape((len(Z),), y_true=y_true)
    check_not_empty(y_true=y_true)
    check_class_labels(Z.shape[1], y_true=y_true)
    Z = Z - Z.max(axis=1, keepdims=True)
    debug("softmax_cross_entropy", Z.shape)
    return float(np.sum(np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(len(Z)), y_true]))


def best_constant(y, loss):
    y = np.asarray(y, dtype=float)
    check_option(("squared", "absolute", "cross_entropy", "zero_one"), loss=loss)
    check_vectors(y=y)
    check_not_empty(y=y)
    debug(loss)
    if loss == "squared":
        return float(y.mean())
    if loss == "absolute":
        return float(np.median(y))
    if loss == "cross_entropy":
        check_binary_labels(y=y)
        return float(y.mean())
    values, counts = np.unique(y, return_counts=True)
    return float(values[counts.argmax()])
