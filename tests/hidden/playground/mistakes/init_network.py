"""Wrong implementations of init_network."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Two equal hidden units receive equal gradients. Can they become different?",
    relation="all weights are 0",
)
def zeros(layer_sizes, rng):
    """The student starts from nothing, as in linear regression."""
    return [(np.zeros((p, q)), np.zeros(q)) for p, q in _layers(layer_sizes)]


@mistake(
    "M2",
    hint="Are the hidden units different after training?",
    relation="all weights are 0.5",
)
def constant(layer_sizes, rng):
    """The student starts from one number that is not 0."""
    return [(np.full((p, q), 0.5), np.zeros(q)) for p, q in _layers(layer_sizes)]


@mistake(
    "M3",
    hint="A is (n, fan_in). What must W be for A @ W?",
    relation="W of shape (fan_out, fan_in)",
)
def transposed(layer_sizes, rng):
    """The student lets each row of W belong to a unit."""
    return [(rng.normal(0.0, 1 / np.sqrt(p), (q, p)), np.zeros(q)) for p, q in _layers(layer_sizes)]


@mistake(
    "M4",
    hint="Normal's second argument is a standard deviation; fan_in is what enters the unit.",
    relation="the standard deviation is 1/fan_in: the weights are too small by sqrt(fan_in)",
)
def variance_as_deviation(layer_sizes, rng):
    """The student passes the variance where the standard deviation is wanted."""
    return [(rng.normal(0.0, 1 / p, (p, q)), np.zeros(q)) for p, q in _layers(layer_sizes)]


@mistake(
    "M4b",
    hint="Normal's second argument is a standard deviation; fan_in is what enters the unit.",
    relation="the variance is 1/fan_out",
)
def variance_by_fan_out(layer_sizes, rng):
    """The student scales by the number of units, not of inputs."""
    return [(rng.normal(0.0, 1 / np.sqrt(q), (p, q)), np.zeros(q)) for p, q in _layers(layer_sizes)]


@mistake(
    "M5",
    hint="One number per unit: which shape?",
    relation="b of shape (1, fan_out)",
)
def biases_as_a_row(layer_sizes, rng):
    """The student makes b a table with one row."""
    return [
        (rng.normal(0.0, 1 / np.sqrt(p), (p, q)), np.zeros((1, q))) for p, q in _layers(layer_sizes)
    ]


@mistake(
    "M6",
    hint="Compare the first numbers of layers 1 and 2.",
    relation="all layers start with the same numbers, up to their scale",
)
def the_same_seed_for_each_layer(layer_sizes, rng):
    """The student makes a new generator for each layer, always in the same state."""
    seed = int(rng.integers(1 << 32))
    return [
        (np.random.default_rng(seed).normal(0.0, 1 / np.sqrt(p), (p, q)), np.zeros(q))
        for p, q in _layers(layer_sizes)
    ]


def _layers(layer_sizes):
    if len(layer_sizes) < 2:
        raise ValueError(f"layer_sizes must hold two sizes or more, got {list(layer_sizes)}")
    check_range(">= 1", layer_sizes=layer_sizes)
    return zip(layer_sizes, layer_sizes[1:])
