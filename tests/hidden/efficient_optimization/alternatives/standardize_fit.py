"""Right implementations of standardize_fit, other than the reference."""

import math

import numpy as np


def goes_through_the_columns(X):
    """Handle column after column, in plain Python."""
    X = np.array(X, dtype=float)
    if X.ndim != 2:
        raise ValueError("X has the wrong shape")
    if len(X) == 0:
        raise ValueError("X is empty")
    mean, std = [], []
    for column in X.T:
        values = column.tolist()
        centre = math.fsum(values) / len(values)
        mean.append(centre)
        if min(values) == max(values):
            std.append(1.0)
        else:
            std.append(math.sqrt(math.fsum((x - centre) ** 2 for x in values) / len(values)))
    return np.array(mean), np.array(std)


def replaces_zeros(X):
    """Compute the mean square, and put 1 where it is 0."""
    X = np.asarray(X, dtype=np.float64)
    check_shape(("n", "d"), X=X)
    check_not_empty(X=X)
    mean = np.ones(len(X)) @ X / len(X)
    centred = X - mean
    std = np.sqrt(np.einsum("ij,ij->j", centred, centred) / len(X))
    std[np.ptp(X, axis=0) == 0] = 1.0
    return mean, std
