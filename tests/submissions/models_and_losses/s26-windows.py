"""Aufgabe 1: Modelle und Verlustfunktionen."""
import numpy as np

from given.checks import (check_binary_labels, check_class_labels, check_no_nan, check_not_empty,
                          check_option, check_range, check_shape, check_vectors)


def matrix(M, name):
    M = np.asarray(M, dtype=float)
    check_shape(("n", "k"), **{name: M})
    if M.shape[1] == 0:
        raise ValueError(name + " is empty")
    return M


def vektoren(a, b):
    a = np.asarray(a, dtype=float)
    b = np.asarray(b, dtype=float)
    check_vectors(y_true=a, y_pred=b)
    check_not_empty(y_true=a)
    return a, b


def linear_predict(X, w, b=0.0):
    X = np.asarray(X, dtype=float)
    w = np.asarray(w, dtype=float)
    check_shape(("n", "d"), X=X)
    check_shape((X.shape[1],), w=w)
    return b + X @ w


def sigmoid(z):
    z = np.asarray(z, dtype=float)
    # für negative z die andere Formel, sonst läuft exp über
    negativ = z < 0
    e = np.exp(np.where(negativ, z, -z))
    return np.where(negativ, e / (1 + e), 1 / (1 + e))


def softmax(Z):
    Z = matrix(Z, "Z")
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def predict_class(P):
    P = matrix(P, "P")
    check_no_nan(P=P)
    return np.argmax(P, axis=1)


def sum_squared_error(y_true, y_pred):
    a, b = vektoren(y_true, y_pred)
    return float(((a - b) ** 2).sum())


def mean_squared_error(y_true, y_pred):
    a, b = vektoren(y_true, y_pred)
    return float(((a - b) ** 2).mean())


def root_mean_squared_error(y_true, y_pred):
    # Wurzel aus dem Mittel, dieselbe Einheit wie y (Meter, €, ...)
    return float(np.sqrt(mean_squared_error(y_true, y_pred)))


def mean_absolute_error(y_true, y_pred):
    a, b = vektoren(y_true, y_pred)
    return float(abs(a - b).mean())


def zero_one_loss(y_true, y_pred):
    a, b = vektoren(y_true, y_pred)
    return int((a != b).sum())


def binary_cross_entropy(y_true, p):
    y, p = vektoren(y_true, p)
    check_binary_labels(y_true=y)
    check_range("in [0, 1]", p=p)
    with np.errstate(divide="ignore"):
        verlust = -np.where(y == 1, np.log(p), np.log1p(-p))
    return float(verlust.mean())


def binary_cross_entropy_with_logits(y_true, z):
    y, z = vektoren(y_true, z)
    check_binary_labels(y_true=y)
    return float(np.logaddexp(0, np.where(y == 1, -z, z)).mean())


def softmax_cross_entropy(y_true, Z):
    y = np.asarray(y_true, dtype=float)
    Z = np.asarray(Z, dtype=float)
    check_shape(("n", "k"), Z=Z)
    check_shape((Z.shape[0],), y_true=y)
    check_not_empty(y_true=y)
    check_class_labels(Z.shape[1], y_true=y)
    Z = Z - Z.max(axis=1, keepdims=True)
    return float((np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(y.size), y.astype(int)]).mean())


def best_constant(y, loss):
    y = np.asarray(y, dtype=float)
    check_option(("squared", "absolute", "cross_entropy", "zero_one"), loss=loss)
    check_vectors(y=y)
    check_not_empty(y=y)
    if loss == "absolute":
        return float(np.median(y))
    if loss == "zero_one":
        werte, anzahl = np.unique(y, return_counts=True)
        return float(werte[anzahl.argmax()])
    if loss == "cross_entropy":
        check_binary_labels(y=y)
    return float(y.mean())
