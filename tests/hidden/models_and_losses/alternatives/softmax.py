"""Other right implementations of softmax."""

import math

import numpy as np


def loops(Z):
    """Treat one logit after the other."""
    Z = np.array(Z, dtype=float)
    if Z.ndim != 2:
        raise ValueError(f"Z must be a matrix, but its shape is {Z.shape}")
    n, k = Z.shape
    if k == 0:
        raise ValueError("the rows are empty")
    P = np.zeros((n, k))
    for i in range(n):
        largest = max(Z[i])
        powers = [math.exp(Z[i, j] - largest) for j in range(k)]
        for j in range(k):
            P[i, j] = powers[j] / sum(powers)
    return P


def row_by_row(Z):
    """Write a softmax of a vector and stack the rows."""
    Z = np.asarray(Z, dtype=float)
    check_shape(("n", "k"), Z=Z)
    if Z.shape[1] == 0:
        raise ValueError("Z is Empty")

    def of_vector(z):
        powers = np.exp(z - np.max(z))
        return powers / np.sum(powers)

    return np.array([of_vector(row) for row in Z]).reshape(Z.shape)


def transposed(Z):
    """Put the classes first, so that broadcasting needs no new axis."""
    Z = np.asarray(Z, dtype=float)
    check_shape(("n", "k"), Z=Z)
    if not Z.shape[1]:
        raise ValueError("empty")
    powers = np.exp(Z.T - Z.max(axis=1))
    return (powers / powers.sum(axis=0)).T


def from_its_logarithm(Z):
    """Exponentiate the log-softmax."""
    Z = np.asarray(Z, dtype=float)
    if Z.ndim != 2:
        raise ValueError("shape")
    if Z.shape[1] == 0:
        raise ValueError("empty")
    shifted = Z - Z.max(axis=1, keepdims=True)
    return np.exp(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)))


def pairwise_differences(Z):
    """Use 1 / sum of e^(z_c - z_j), with the differences capped below overflow."""
    Z = np.asarray(Z, dtype=float)
    if Z.ndim != 2:
        raise ValueError("shape")
    if Z.shape[1] == 0:
        raise ValueError("empty")
    differences = Z[:, np.newaxis, :] - Z[:, :, np.newaxis]
    # Beyond e^700 the quotient is 0 to within the smallest numbers there are.
    return 1 / np.exp(np.minimum(differences, 700)).sum(axis=2)


def einsum_of_a_column_at_a_time(Z):
    """Find the maximum with a running loop over the classes, normalise with einsum."""
    Z = np.array(Z, dtype=float)
    if Z.ndim != 2:
        raise ValueError("shape")
    if Z.shape[1] == 0:
        raise ValueError("empty")
    largest = Z[:, 0]
    for j in range(1, Z.shape[1]):
        largest = np.maximum(largest, Z[:, j])
    powers = np.exp(Z - largest[:, None])
    return np.einsum("ij,i->ij", powers, 1 / np.einsum("ij->i", powers))
