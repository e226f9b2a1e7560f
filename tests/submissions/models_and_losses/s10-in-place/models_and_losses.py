import numpy as np
from given.checks import (check_binary_labels, check_class_labels, check_no_nan, check_not_empty,
                          check_option, check_range, check_shape, check_vectors)


def linear_predict(X, w, b=0.0):
    X = np.asarray(X, float)
    w = np.asarray(w, float)
    check_shape(("n", "d"), X=X)
    check_shape((X.shape[1],), w=w)
    out = X @ w
    out += b
    return out


def sigmoid(z):
    z = np.asarray(z, float)
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def softmax(Z):
    # no copies, that is faster for big matrices
    Z = np.asarray(Z, float)
    check_shape(("n", "k"), Z=Z)
    if Z.shape[1] == 0: raise ValueError("empty")
    Z -= Z.max(axis=1, keepdims=True)
    np.exp(Z, out=Z)
    Z /= Z.sum(axis=1, keepdims=True)
    return Z


def predict_class(P):
    P = np.asarray(P, float)
    check_shape(("n", "k"), P=P)
    if P.shape[1] == 0: raise ValueError("empty")
    check_no_nan(P=P)
    return P.argmax(axis=1)


def sum_squared_error(y_true, y_pred):
    y_true = np.asarray(y_true, float)
    y_pred = np.asarray(y_pred, float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    y_true -= y_pred
    y_true *= y_true
    return float(y_true.sum())


def mean_squared_error(y_true, y_pred):
    return sum_squared_error(y_true, y_pred) / len(y_true)


def root_mean_squared_error(y_true, y_pred):
    return float(np.sqrt(mean_squared_error(y_true, y_pred)))


def mean_absolute_error(y_true, y_pred):
    y_true = np.asarray(y_true, float)
    y_pred = np.asarray(y_pred, float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    return float(np.abs(y_true - y_pred).mean())


def zero_one_loss(y_true, y_pred):
    y_true = np.asarray(y_true)
    y_pred = np.asarray(y_pred)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    return int((y_true != y_pred).sum())


def binary_cross_entropy(y_true, p):
    y_true = np.asarray(y_true, float)
    p = np.asarray(p, float)
    check_vectors(y_true=y_true, p=p)
    check_not_empty(y_true=y_true)
    check_binary_labels(y_true=y_true)
    check_range("in [0, 1]", p=p)
    # probability of what really happened
    p[y_true == 0] *= -1
    total = 0
    for value in p:
        total -= np.log1p(value) if value <= 0 else np.log(value)
    return float(total / len(p))


def binary_cross_entropy_with_logits(y_true, z):
    y_true = np.asarray(y_true, float)
    z = np.asarray(z, float)
    check_vectors(y_true=y_true, z=z)
    check_not_empty(y_true=y_true)
    check_binary_labels(y_true=y_true)
    z[y_true == 1] *= -1
    return float(np.logaddexp(0, z).mean())


def softmax_cross_entropy(y_true, Z):
    y_true = np.asarray(y_true)
    Z = np.asarray(Z, float)
    check_shape(("n", "k"), Z=Z)
    check_shape((len(Z),), y_true=y_true)
    check_not_empty(y_true=y_true)
    check_class_labels(Z.shape[1], y_true=y_true)
    Z -= Z.max(axis=1, keepdims=True)
    lse = np.log(np.exp(Z).sum(axis=1))
    return float((lse - Z[np.arange(len(Z)), y_true.astype(int)]).mean())


def best_constant(y, loss):
    y = np.asarray(y, float)
    check_option(("squared", "absolute", "cross_entropy", "zero_one"), loss=loss)
    check_vectors(y=y)
    check_not_empty(y=y)
    if loss == "absolute":
        y.sort()
        mid = len(y) // 2
        return float(y[mid]) if len(y) % 2 else float((y[mid - 1] + y[mid]) / 2)
    if loss == "zero_one":
        v, c = np.unique(y, return_counts=True)
        return float(v[np.argmax(c)])
    if loss == "cross_entropy":
        check_binary_labels(y=y)
    return float(y.mean())
