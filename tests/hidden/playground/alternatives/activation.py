"""Other right implementations of activation."""

import math

import numpy as np


def number_by_number(z, name):
    """Apply a scalar function in a loop."""
    z = np.array(z, dtype=float)
    if name not in ("relu", "tanh", "sigmoid", "linear"):
        raise ValueError(f"{name} is not an activation function")
    result = np.zeros(z.shape)
    for index in np.ndindex(z.shape):
        v = z[index]
        if name == "relu":
            result[index] = 0.0 if v < 0 else v
        elif name == "tanh":
            result[index] = math.tanh(v)
        elif name == "sigmoid" and v >= 0:
            result[index] = 1 / (1 + math.exp(-v))
        elif name == "sigmoid":
            result[index] = math.exp(v) / (1 + math.exp(v)) if v == v else v
        else:
            result[index] = v
    return result


def table_of_functions(z, name):
    """Look the function up; compute the sigmoid by tanh."""
    functions = {
        "relu": lambda z: z * (z > 0),
        "tanh": np.tanh,
        "sigmoid": lambda z: 0.5 * (1 + np.tanh(0.5 * z)),
        "linear": lambda z: 1.0 * z,
    }
    if name not in functions:
        raise ValueError(f"unknown activation {name!r}")
    return functions[name](np.asarray(z, dtype=float))


def tanh_from_the_sigmoid(z, name):
    """Compute tanh z as 2 sigmoid(2 z) - 1, and relu as (z + |z|) / 2."""
    z = np.array(z, dtype=np.float64, copy=True)
    check_option(["relu", "tanh", "sigmoid", "linear"], activation=name)
    if name == "relu":
        return (z + np.abs(z)) / 2
    if name == "tanh":
        return 2 * sigmoid(2 * z) - 1
    return sigmoid(z) if name == "sigmoid" else z


def in_a_copy(z, name):
    """Change a copy by masks."""
    out = np.array(z, dtype=float)
    match name:
        case "relu":
            out[out < 0] = 0
        case "tanh":
            np.tanh(out, out=out)
        case "sigmoid":
            positive = out > 0
            powers = np.exp(-np.abs(out))
            out = 1 / (1 + powers)
            out[~positive] *= powers[~positive]
        case "linear":
            pass
        case _:
            raise ValueError(f"no activation is called {name}")
    return out
