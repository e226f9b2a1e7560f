"""All losses share one class: what happens to a difference, and how the results are combined."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from shapes import as_matrix, as_pair


def linear_predict(X: ArrayLike, w: ArrayLike, b: float = 0.0) -> np.ndarray:
    X, w = np.asarray(X, dtype=float), np.asarray(w, dtype=float)
    if X.ndim != 2 or w.ndim != 1 or X.shape[1] != w.size:
        raise ValueError(f"X of shape {X.shape} and w of shape {w.shape} do not agree")
    return np.inner(X, w) + b


class Sigmoid:
    """One object serves all calls, it has no state."""

    def __call__(self, z: ArrayLike) -> np.ndarray:
        z = np.asarray(z, dtype=float)
        return np.exp(-np.logaddexp(0.0, -z))


sigmoid = Sigmoid()


def log_softmax(Z: np.ndarray) -> np.ndarray:
    return Z - np.logaddexp.reduce(Z, axis=1, keepdims=True)


def softmax(Z: ArrayLike) -> np.ndarray:
    return np.exp(log_softmax(as_matrix(Z)))


def predict_class(P: ArrayLike) -> np.ndarray:
    P = as_matrix(P)
    if np.isnan(P).any():
        raise ValueError("P contains NaN")
    return P.argmax(axis=1)


@dataclass(frozen=True)
class Loss:
    of_difference: Callable[[np.ndarray], np.ndarray]
    combine: Callable[[np.ndarray], float]
    finish: Callable[[float], float] = float

    def __call__(self, y_true: ArrayLike, y_pred: ArrayLike) -> float:
        y_true, y_pred = as_pair(y_true, y_pred)
        return self.finish(self.combine(self.of_difference(y_true - y_pred)))


sum_squared_error = Loss(np.square, np.sum)
mean_squared_error = Loss(np.square, np.mean)
root_mean_squared_error = Loss(np.square, np.mean, lambda value: float(np.sqrt(value)))
mean_absolute_error = Loss(np.abs, np.mean)
zero_one_loss = Loss(lambda difference: difference != 0, np.sum, int)


def _binary(loss: Callable[[np.ndarray, np.ndarray], np.ndarray], name: str, y_true, scores):
    y, scores = as_pair(y_true, scores)
    if not np.all(y * (1 - y) == 0):
        raise ValueError("labels must be 0 or 1")
    if name == "p" and (np.any(scores < 0) or np.any(scores > 1)):
        raise ValueError("p must be in [0, 1]")
    return float(np.mean(loss(y == 1, scores)))


def _probability_cost(vacant: np.ndarray, p: np.ndarray) -> np.ndarray:
    with np.errstate(divide="ignore"):
        return np.where(vacant, -np.log(p), -np.log1p(-p))


def _logit_cost(vacant: np.ndarray, z: np.ndarray) -> np.ndarray:
    return np.logaddexp(0.0, np.where(vacant, -z, z))


binary_cross_entropy = partial(_binary, _probability_cost, "p")
binary_cross_entropy_with_logits = partial(_binary, _logit_cost, "z")


def softmax_cross_entropy(y_true: ArrayLike, Z: ArrayLike) -> float:
    Z, y = np.asarray(Z, dtype=float), np.asarray(y_true, dtype=float)
    if Z.ndim != 2 or y.shape != (len(Z),):
        raise ValueError(f"y_true of shape {y.shape} and Z of shape {Z.shape} do not agree")
    if len(Z) == 0:
        raise ValueError("y_true is empty")
    hits = y[:, np.newaxis] == np.arange(Z.shape[1])
    if not hits.any(axis=1).all():
        raise ValueError("labels must be the numbers of columns of Z")
    return float(-log_softmax(Z)[hits].mean())


def best_constant(y: ArrayLike, loss: str) -> float:
    y, _ = as_pair(y, y)
    match loss:
        case "squared":
            return float(y.mean())
        case "absolute":
            return float(np.median(y))
        case "cross_entropy" if np.isin(y, (0, 1)).all():
            return float(y.mean())
        case "cross_entropy":
            raise ValueError("labels must be 0 or 1")
        case "zero_one":
            values, counts = np.unique(y, return_counts=True)
            return float(values[counts.argmax()])
        case _:
            raise ValueError(f"unknown loss {loss!r}")
