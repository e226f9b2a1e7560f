# losses and models - what I got done
# (softmax: see softmax_function, linear_predict: did not understand what w is)
import numpy as np
from given.checks import check_vectors, check_not_empty, check_no_nan, check_shape


def Sigmoid(z):
    z = np.asarray(z, dtype=float)
    return 1 / (1 + np.exp(-z))


def softmax_function(Z):
    Z = np.asarray(Z, dtype=float)
    Z = Z - Z.max(axis=1, keepdims=True)
    return np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)


def predict_class(P):
    P = np.asarray(P, dtype=float)
    check_shape(("n", "k"), P=P)
    if P.shape[1] < 1:
        raise ValueError("empty")
    check_no_nan(P=P)
    # max, then look for it
    rows = []
    for row in P:
        rows.append(list(row).index(max(row)))
    return np.array(rows, dtype=int)


def sum_squared_error(y_true, y_pred):
    y_true = np.asarray(y_true, dtype=float)
    y_pred = np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    return float(sum((y_true - y_pred) ** 2))


def MSE(y_true, y_pred):
    return sum_squared_error(y_true, y_pred) / len(y_true)


def root_mean_squared_error(y_true, y_pred):
    return float(np.sqrt(MSE(y_true, y_pred)))


def mean_absolute_error(y_true, y_pred):
    y_true = np.asarray(y_true, dtype=float)
    y_pred = np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    return float(np.median(abs(y_true - y_pred)))


def zero_one_loss(y_true, y_pred):
    y_true = np.asarray(y_true)
    y_pred = np.asarray(y_pred)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    return int(np.count_nonzero(y_true - y_pred))
