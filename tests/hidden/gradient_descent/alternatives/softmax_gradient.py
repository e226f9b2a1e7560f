"""Right implementations of softmax_gradient, other than the reference."""

import numpy as np


def goes_through_the_examples(X, y, W, b):
    """Add up the outer products of the examples."""
    X, W, b = (np.asarray(array, dtype=float) for array in (X, W, b))
    y = np.asarray(y)
    if X.ndim != 2 or W.ndim != 2 or W.shape[0] != X.shape[1] or b.shape != W.shape[1:]:
        raise ValueError("the shapes do not fit")
    if y.shape != (len(X),):
        raise ValueError("y has the wrong shape")
    if len(X) == 0:
        raise ValueError("X is empty")
    if min(y) < 0 or max(y) >= len(b):
        raise ValueError("a label is not a class")
    dW, db = np.zeros(W.shape), np.zeros(b.shape)
    for x, label in zip(X, y, strict=True):
        z = x @ W + b
        e = np.exp(z - np.max(z))
        r = e / e.sum()
        r[int(label)] -= 1
        dW += np.outer(x, r) / len(X)
        db += r / len(X)
    return dW, db


def subtracts_sums_by_class(X, y, W, b):
    """Take the expected features of each class minus the observed ones."""
    X, W, b = (np.asarray(array, dtype=float) for array in (X, W, b))
    check_shape(("n", "d"), X=X)
    check_shape((X.shape[1], "k"), W=W)
    check_shape((W.shape[1],), b=b)
    check_shape((len(X),), y=y)
    check_not_empty(y=y)
    check_class_labels(len(b), y=y)
    P = softmax(X @ W + b)
    observed = (np.asarray(y)[:, np.newaxis] == np.arange(len(b))).astype(float)
    dW = np.tensordot(X, P, (0, 0)) - np.tensordot(X, observed, (0, 0))
    return dW / len(X), np.mean(P - observed, axis=0)


def picks_one_entry_per_row(X, y, W, b):
    """Subtract 1 by fancy indexing, with the bias as an extra row of the weights."""
    X, W, b = (np.array(array, dtype=float) for array in (X, W, b))
    y = np.array(y)
    if X.ndim != 2 or y.ndim != 1 or W.ndim != 2 or b.ndim != 1:
        raise ValueError("shape")
    if (len(y), X.shape[1], W.shape[1]) != (len(X), len(W), len(b)):
        raise ValueError("shape")
    if not len(y):
        raise ValueError("empty")
    if not np.isin(y, np.arange(len(b))).all():
        raise ValueError("label")
    ones = np.hstack([X, np.ones((len(X), 1))])
    R = softmax(ones @ np.vstack([W, b]))
    R[np.arange(len(y)), y.astype(int)] -= 1.0
    gradient = ones.T @ R / len(y)
    return gradient[:-1].copy(), gradient[-1].copy()
