"""Wrong implementations of activation."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="After your call, is the caller's array still what it was? Build a new array.",
    relation="right values, but the negative part of the argument is lost",
)
def relu_in_place(z, name):
    """The student sets the negative numbers to 0 where they are."""
    z = np.asarray(z, dtype=float)
    if name == "relu":
        z[z < 0] = 0
        return z
    return _right(z, name)


@mistake(
    "M2",
    hint="`max` reduces, `maximum` compares.",
    relation="the column maxima in place of relu",
)
def maximum_over_the_rows(z, name):
    """The student writes np.max(z, 0), in which 0 is an axis."""
    z = np.asarray(z, dtype=float)
    return np.max(z, 0) if name == "relu" else _right(z, name)


@mistake(
    "M3",
    hint="Change the result. Did the input change too?",
    relation="right values that share their memory with the argument",
)
def linear_returns_the_argument(z, name):
    """The student returns z for "linear", and np.asarray has copied nothing."""
    z = np.asarray(z, dtype=float)
    return z if name == "linear" else _right(z, name)


@mistake(
    "M4",
    hint="Evaluate at z = -1000 and watch for warnings.",
    relation="right values, with overflow warnings",
)
def naive_sigmoid(z, name):
    """The student writes the formula of the sigmoid down as it stands."""
    z = np.asarray(z, dtype=float)
    return 1 / (1 + np.exp(-z)) if name == "sigmoid" else _right(z, name)


@mistake(
    "M5",
    hint="relu(0.0005) is 0.0005, and the sigmoid of -31 is small but not 0.",
    relation="right values but for those near 0, which are 0",
)
def takes_what_is_small_for_0(z, name):
    """The student rounds to three digits what relu lets through, and cuts the sigmoid off."""
    z = np.asarray(z, dtype=float)
    if name == "relu":
        return np.where(z < 1e-3, np.minimum(z, 0) * 0, z)
    return np.where(z < -30, 0.0, _right(z, name)) if name == "sigmoid" else _right(z, name)


def _right(z, name):
    check_option(("relu", "tanh", "sigmoid", "linear"), activation=name)
    functions = {
        "relu": lambda: np.maximum(z, 0),
        "tanh": lambda: np.tanh(z),
        "sigmoid": lambda: sigmoid(z),
        "linear": lambda: np.array(z),
    }
    return functions[name]()
