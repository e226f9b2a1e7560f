"""Other right implementations of activation_derivative."""

import math

import numpy as np


def number_by_number(z, name):
    """Apply a scalar formula in a loop."""
    z = np.array(z, dtype=float)
    if name not in {"relu", "tanh", "sigmoid", "linear"}:
        raise ValueError(f"{name} is not an activation function")
    result = np.ones(z.shape)
    for index in np.ndindex(z.shape):
        v = float(z[index])
        if name == "relu":
            result[index] = 1.0 if v > 0 else 0.0
        elif name == "tanh":
            result[index] = 1 - math.tanh(v) ** 2
        elif name == "sigmoid":
            power = math.exp(-abs(v))
            result[index] = power / (1 + power) ** 2
    return result


def by_exponentials(z, name):
    """Use 1/cosh^2 for tanh and e^-|z| / (1 + e^-|z|)^2 for the sigmoid."""
    z = np.asarray(z, dtype=float)
    check_option(("relu", "tanh", "sigmoid", "linear"), activation=name)
    if name == "relu":
        return np.heaviside(z, 0.0)
    if name == "linear":
        return np.full_like(z, 1.0)
    small = np.exp(-np.abs(z))
    return small / (1 + small) ** 2 if name == "sigmoid" else (2 / (np.exp(z) + np.exp(-z))) ** 2


def from_the_activation(z, name):
    """Write each slope as a function of the activation."""
    a = activation(z, name)
    slopes = {
        "relu": lambda a: (a > 0).astype(float),
        "tanh": lambda a: (1 + a) * (1 - a),
        "sigmoid": lambda a: a - a * a,
        "linear": lambda a: 0 * a + 1,
    }
    return slopes[name](a)


def by_an_if(z, name):
    """Compute everything here."""
    z = np.asarray(z, float)
    if name == "relu":
        return 1.0 * (z > 0)
    elif name == "tanh":
        return 1.0 - np.square(np.tanh(z))
    elif name == "sigmoid":
        s = 1.0 / (1.0 + np.exp(-z))
        return s * (1.0 - s)
    elif name == "linear":
        return np.ones_like(z)
    else:
        raise ValueError("unknown activation function: " + name)
