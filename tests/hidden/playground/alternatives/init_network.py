"""Other right implementations of init_network."""

import numpy as np


def loops(layer_sizes, rng):
    """Draw every weight on its own."""
    sizes = list(layer_sizes)
    if len(sizes) < 2 or min(sizes) < 1:
        raise ValueError(f"layer_sizes is wrong: {sizes}")
    layers = []
    for i in range(1, len(sizes)):
        W = np.zeros((sizes[i - 1], sizes[i]))
        for row in range(W.shape[0]):
            for column in range(W.shape[1]):
                W[row, column] = rng.normal() / sizes[i - 1] ** 0.5
        layers.append((W, np.array([0.0] * sizes[i])))
    return layers


def scaled_standard_normal(layer_sizes, rng):
    """Scale standard normal numbers."""
    if len(layer_sizes) < 2:
        raise ValueError("layer_sizes needs at least two entries")
    check_range(">= 1", layer_sizes=layer_sizes)
    return [
        (rng.standard_normal((p, q)) * np.sqrt(1.0 / p), np.zeros((q,)))
        for p, q in pairwise(layer_sizes)
    ]


def units_first_then_transposed(layer_sizes, rng):
    """Draw one unit's weights after the other."""
    if len(layer_sizes) < 2 or any(size < 1 for size in layer_sizes):
        raise ValueError("layer_sizes must hold two or more positive numbers")
    layers = []
    fan_in = layer_sizes[0]
    for fan_out in layer_sizes[1:]:
        units = rng.normal(loc=0, scale=fan_in**-0.5, size=(fan_out, fan_in))
        layers += [(units.T, np.zeros(fan_out, dtype=np.float64))]
        fan_in = fan_out
    return layers


def all_at_once(layer_sizes, rng):
    """Draw all numbers in one call and cut them up, from the last layer to the first."""
    sizes = np.array(layer_sizes, dtype=int)
    if sizes.size < 2 or (sizes < 1).any():
        raise ValueError("layer_sizes: at least two sizes, none below 1")
    counts = sizes[:-1] * sizes[1:]
    numbers = np.split(rng.normal(size=int(counts.sum())), np.cumsum(counts[::-1])[:-1])[::-1]
    return [
        (part.reshape(p, q) / np.sqrt(p), np.zeros(q))
        for part, p, q in zip(numbers, sizes, sizes[1:])
    ]
