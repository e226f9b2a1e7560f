"""Wrong implementations of softmax_gradient."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Each row of the residual sums to zero. Does yours?",
    relation="1 is subtracted in the columns of all true classes, for every row",
)
def subtracts_in_whole_columns(X, y, W, b):
    """The student writes P[:, y] -= 1 instead of picking one entry per row."""
    X, y, P = _probabilities(X, y, W, b)
    P[:, y] -= 1
    return X.T @ P / len(X), P.mean(axis=0)


@mistake(
    "M2",
    hint="Duplicate the data: the loss is unchanged. Your gradient?",
    relation="n times right",
)
def takes_the_sum(X, y, W, b):
    """The student adds up instead of averaging."""
    X, R = _residuals(X, y, W, b)
    return X.T @ R, R.sum(axis=0)


@mistake(
    "M3",
    hint="A step needs W minus a multiple of dW: which shape must dW have?",
    relation="dW is transposed, shape (k, d); db is right",
)
def transposes_the_gradient(X, y, W, b):
    """The student multiplies in the other order."""
    X, R = _residuals(X, y, W, b)
    return R.T @ X / len(X), R.mean(axis=0)


@mistake(
    "M4",
    hint="How many biases does the model have?",
    relation="dW is right, db is zeros of shape (n,)",
)
def averages_db_over_the_classes(X, y, W, b):
    """The student averages each row of the residuals, which sums to 0."""
    X, R = _residuals(X, y, W, b)
    return X.T @ R / len(X), R.mean(axis=1)


@mistake("M5", hint="Take one step. Did the loss rise?", relation="minus right")
def subtracts_the_other_way_round(X, y, W, b):
    """The student writes one-hot labels minus probabilities."""
    X, R = _residuals(X, y, W, b)
    return -X.T @ R / len(X), -R.mean(axis=0)


def _probabilities(X, y, W, b):
    X, W, b = (np.asarray(array, dtype=float) for array in (X, W, b))
    check_shape(("n", "d"), X=X)
    check_shape((X.shape[1], "k"), W=W)
    check_shape((W.shape[1],), b=b)
    check_shape((len(X),), y=y)
    check_not_empty(y=y)
    check_class_labels(W.shape[1], y=y)
    return X, np.asarray(y).astype(int), softmax(X @ W + b)


def _residuals(X, y, W, b):
    X, y, P = _probabilities(X, y, W, b)
    P[np.arange(len(y)), y] -= 1
    return X, P
