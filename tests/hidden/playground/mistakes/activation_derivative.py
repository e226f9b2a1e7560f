"""Wrong implementations of activation_derivative."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Is the argument z or tanh z?",
    relation="1 - z^2 for tanh and z (1 - z) for the sigmoid, negative for |z| > 1",
)
def takes_the_activation_for_z(z, name):
    """The student expects the output of the activation function as the argument."""
    z = np.asarray(z, dtype=float)
    return {"tanh": 1 - z**2, "sigmoid": z * (1 - z)}.get(name, _right(z, name))


@mistake(
    "M2",
    hint="How steep is the sigmoid at 0? Draw the tangent.",
    relation="the sigmoid itself: 0.5 instead of 0.25 at 0",
)
def sigmoid_for_its_slope(z, name):
    """The student remembers that the slope of the sigmoid has to do with the sigmoid."""
    z = np.asarray(z, dtype=float)
    return sigmoid(z) if name == "sigmoid" else _right(z, name)


@mistake(
    "M3",
    hint="The slope of tanh must be the same at z and -z.",
    relation="1 - tanh z: 0.238 instead of 0.420 at z = 1",
)
def forgets_the_square(z, name):
    """The student leaves out the square in 1 - tanh^2."""
    z = np.asarray(z, dtype=float)
    return 1 - np.tanh(z) if name == "tanh" else _right(z, name)


@mistake(
    "M4",
    hint="Check the slope of tanh at 0 numerically.",
    relation="1 - sigmoid^2 for tanh: 0.75 instead of 1 at 0",
)
def mixes_up_tanh_and_sigmoid(z, name):
    """The student computes 1 - a^2 with the wrong a."""
    z = np.asarray(z, dtype=float)
    return 1 - sigmoid(z) ** 2 if name == "tanh" else _right(z, name)


@mistake(
    "M5",
    hint="Gradients are real numbers: return floats.",
    relation="right values of type bool for relu and int for linear",
)
def returns_bools_and_integers(z, name):
    """The student returns the comparison itself, and ones as they come."""
    z = np.asarray(z, dtype=float)
    if name == "linear":
        return np.ones(z.shape, dtype=int)
    return z > 0 if name == "relu" else _right(z, name)


def _right(z, name):
    check_option(("relu", "tanh", "sigmoid", "linear"), activation=name)
    return {
        "relu": np.where(z > 0, 1.0, 0.0),
        "tanh": 1 - np.tanh(z) ** 2,
        "sigmoid": sigmoid(z) * (1 - sigmoid(z)),
        "linear": np.ones(z.shape),
    }[name]
