"""Other right implementations of binary_cross_entropy."""

import math

import numpy as np


def loops(y_true, p):
    """Decide example by example which logarithm counts."""
    y_true, p = np.array(y_true, dtype=float), np.array(p, dtype=float)
    if y_true.shape != p.shape or y_true.ndim != 1:
        raise ValueError("different shape")
    if y_true.size == 0:
        raise ValueError("empty")
    total = 0.0
    for label, probability in zip(y_true.tolist(), p.tolist()):
        if label not in (0.0, 1.0):
            raise ValueError(f"wrong label {label}")
        if probability < 0 or probability > 1:
            raise ValueError(f"p = {probability} is no probability")
        if probability == 1 - label:
            total = math.inf
        else:
            total -= math.log(probability) if label else math.log1p(-probability)
    return total / y_true.size


def by_masks(y_true, p):
    """Treat the two classes separately."""
    y_true, p = np.asarray(y_true, dtype=float), np.asarray(p, dtype=float)
    check_vectors(y_true=y_true, p=p)
    check_not_empty(y_true=y_true)
    check_binary_labels(y_true=y_true)
    check_range("in [0, 1]", p=p)
    total = -np.log(p[y_true == 1]).sum() - np.log1p(-p[y_true == 0]).sum()
    return total / p.size


def one_logarithm(y_true, p):
    """Take ln(1 - q) of the probability q of what is not true."""
    y_true, p = np.asarray(y_true, dtype=float), np.asarray(p, dtype=float)
    check_vectors(y_true=y_true, p=p)
    check_not_empty(y_true=y_true)
    check_binary_labels(y_true=y_true)
    check_range("in [0, 1]", p=p)
    vacant = y_true == 1
    costs = -np.log1p(-np.where(vacant, 0.5, p))
    costs[vacant] = -np.log(p[vacant])
    return float(costs.mean())


def product_where_it_is_defined(y_true, p):
    """Write down the formula and let 0 times infinity be 0."""
    y, p = np.asarray(y_true, dtype=float), np.asarray(p, dtype=float)
    check_vectors(y_true=y, p=p)
    check_not_empty(y_true=y)
    check_binary_labels(y_true=y)
    check_range("in [0, 1]", p=p)
    with np.errstate(divide="ignore", invalid="ignore"):
        first, second = y * np.log(p), (1 - y) * np.log1p(-p)
    first[y == 0], second[y == 1] = 0.0, 0.0
    return float(-(first + second).mean())


def safe_logarithm(y_true, p):
    """Compute only the logarithm that is needed, with `where=`."""
    y, p = np.asarray(y_true, dtype=float), np.asarray(p, dtype=float)
    check_vectors(y_true=y, p=p)
    check_not_empty(y_true=y)
    check_binary_labels(y_true=y)
    check_range("in [0, 1]", p=p)
    logarithms = np.zeros(p.shape)
    with np.errstate(divide="ignore"):
        np.log(p, out=logarithms, where=y == 1)
        np.log1p(-p, out=logarithms, where=y == 0)
    return -math.fsum(logarithms.tolist()) / len(p)
