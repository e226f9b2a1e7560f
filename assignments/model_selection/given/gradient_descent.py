"""Right versions of functions of the assignment "Gradient descent"."""

import numpy as np
from given.checks import check_binary_labels, check_not_empty, check_shape
from given.models_and_losses import sigmoid
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def logistic_gradient(X: ArrayLike, y: ArrayLike, w: ArrayLike, b: float) -> tuple[Floats, float]:
    """Return the gradient of the mean binary cross-entropy of a logistic model.

    The model predicts p[i] = sigmoid(z[i]) with z[i] = X[i, 0] w[0] + ... + X[i, d-1] w[d-1] + b;
    the loss is the mean cross-entropy of p, `binary_cross_entropy_with_logits(y, z)`.
    Formula: with r[i] = p[i] - y[i], dw[j] = (1/n) times the sum over i of r[i] X[i, j], and
    db = (1/n) times the sum of r[i].

    X: features, shape (n, d). y: labels 0 or 1, shape (n,). w: weights, shape (d,). b: the bias.
    Returns (dw, db): an array of shape (d,) and a float. A NaN in X makes NaN what depends on it.

    No warning may arise for |z| up to 1000; `given.models_and_losses` has a sigmoid like that.

    ValueError ("shape"): X is not 2-D, or y is not (n,), or w is not (d,).
    ValueError ("empty"): there are no examples. ValueError ("label"): a label is not 0 or 1.

    >>> logistic_gradient([[1, 2], [3, 4], [5, 6]], [1, 0, 1], [0.5, -1], 0.25)[0].round(7)
    array([-1.7682057, -2.3164135])
    """
    X, y, w = _linear_model(X, y, w)
    check_binary_labels(y=y)
    residuals = sigmoid(X @ w + b) - y
    return X.T @ residuals / len(y), float(np.mean(residuals))


def _linear_model(X: ArrayLike, y: ArrayLike, w: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Return data and weights as arrays of floats, after the checks that the gradients share."""
    X, y, w = (np.asarray(array, dtype=float) for array in (X, y, w))
    check_shape(("n", "d"), X=X)
    check_shape((len(X),), y=y)
    check_shape((X.shape[1],), w=w)
    check_not_empty(y=y)
    return X, y, w
