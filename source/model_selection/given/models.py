"""Logistic models of the parking lots, so that you need not train them by hand.

    model = fit_logistic(X, y, learning_rate=0.3, n_steps=3000, square_x1=True)
    p = predict_scores(model, X_val)

A car is darker *or* brighter than asphalt, which no plane through x1 can say; with `square_x1` the
model also sees x1 squared. `pos_weight` says how many times a vacant space counts in training.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from given.models_and_losses import sigmoid

__all__ = ["LogisticModel", "fit_logistic", "predict_logits", "predict_scores"]

Floats = NDArray[np.float64]


class LogisticModel(NamedTuple):
    """A trained model: one weight per feature, the bias, and whether x1 squared is a feature."""

    w: Floats
    b: float
    square_x1: bool = False


def fit_logistic(
    X: ArrayLike,
    y: ArrayLike,
    learning_rate: float,
    n_steps: int,
    pos_weight: float = 1.0,
    square_x1: bool = False,
) -> LogisticModel:
    """Return a logistic model, trained by full-batch gradient descent from zeros.

    X: features, shape (n, d). y: labels 0 or 1, shape (n,). The loss is the cross-entropy in which
    an example with label 1 counts `pos_weight` times, divided by n. With `square_x1` the square
    of the first feature is one more feature, the last.
    """
    features = _features(X, square_x1)
    labels = np.asarray(y, dtype=float)
    weights = 1.0 + (pos_weight - 1.0) * labels
    w, b = np.zeros(features.shape[1]), 0.0
    for _ in range(n_steps):
        pulls = weights * (sigmoid(features @ w + b) - labels) / len(labels)
        w = w - learning_rate * (features.T @ pulls)
        b = b - learning_rate * float(pulls.sum())
    return LogisticModel(w, b, square_x1)


def predict_logits(model: LogisticModel, X: ArrayLike) -> Floats:
    """Return one logit per row of X, shape (n,)."""
    return _features(X, model.square_x1) @ model.w + model.b


def predict_scores(model: LogisticModel, X: ArrayLike) -> Floats:
    """Return the probability of "vacant" for each row of X, shape (n,)."""
    return sigmoid(predict_logits(model, X))


def _features(X: ArrayLike, square_x1: bool) -> Floats:
    X = np.asarray(X, dtype=float)
    return np.column_stack([X, X[:, 0] ** 2]) if square_x1 else X
