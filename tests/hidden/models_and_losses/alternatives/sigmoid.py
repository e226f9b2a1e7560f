"""Other right implementations of sigmoid."""

import math

import numpy as np


def number_by_number(z):
    """Choose the formula by sign with a plain `if`."""
    z = np.array(z, dtype=float)
    result = np.empty(z.shape)
    for index in np.ndindex(z.shape):
        value = float(z[index])
        if value >= 0:
            result[index] = 1.0 / (1.0 + math.exp(-value))
        else:
            result[index] = math.exp(value) / (1.0 + math.exp(value))
    return result


def by_masks(z):
    """Compute the two halves separately."""
    z = np.asarray(z, dtype=float)
    result = np.full(z.shape, np.nan)
    positive, negative = z >= 0, z < 0
    result[positive] = 1 / (1 + np.exp(-z[positive]))
    powers = np.exp(z[negative])
    result[negative] = powers / (1 + powers)
    return result


def where_with_safe_sides(z):
    """Make both sides of `where` safe."""
    z = np.asarray(z, dtype=float)
    return np.where(
        z >= 0,
        1 / (1 + np.exp(-np.maximum(z, 0))),
        np.exp(np.minimum(z, 0)) / (1 + np.exp(np.minimum(z, 0))),
    )


def from_its_logarithm(z):
    """Use that ln sigmoid(z) is -ln(1 + e^-z)."""
    return np.exp(-np.logaddexp(0.0, -np.asarray(z, dtype=float)))


def overflow_silenced(z):
    """Take the textbook formula: where it overflows, the result is 0 anyway."""
    with np.errstate(over="ignore"):
        return 1.0 / (1.0 + np.exp(-np.asarray(z, dtype=float)))


def returns_a_0d_array(z):
    """Return an array for a single number, too."""
    z = np.asarray(z, dtype=float)
    small = np.exp(-np.abs(z))
    return np.asarray(np.where(z >= 0, 1 / (1 + small), small / (1 + small)))
