"""What every function of my solution checks first."""

import numpy as np


def as_pair(a, b):
    """Two vectors of the same length, as floats."""
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    if a.ndim != 1 or a.shape != b.shape:
        raise ValueError(f"two vectors of the same shape are needed, not {a.shape} and {b.shape}")
    if a.size == 0:
        raise ValueError("the vectors are empty")
    return a, b


def as_matrix(M):
    """A matrix with at least one column, as floats."""
    M = np.asarray(M, dtype=float)
    if M.ndim != 2:
        raise ValueError(f"a matrix is needed, not an array of shape {M.shape}")
    if M.shape[1] == 0:
        raise ValueError("the rows are empty")
    return M
