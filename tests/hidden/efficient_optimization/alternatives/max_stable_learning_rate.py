"""Right implementations of max_stable_learning_rate, other than the reference."""

import numpy as np


def from_the_hessian(X):
    """Build the matrix of second derivatives and take its eigenvalues."""
    X = np.array(X, dtype=float)
    if X.ndim != 2:
        raise ValueError("X has the wrong shape")
    n = X.shape[0]
    if n == 0:
        raise ValueError("X is empty")
    A = np.hstack([X, np.ones((n, 1))])
    H = 2 / n * A.T @ A
    return float(2 / np.linalg.eigvalsh(H)[-1])


def from_singular_values(X):
    """Divide by the root of n first."""
    X = np.asarray(X, dtype=float)
    check_shape(("n", "d"), X=X)
    check_not_empty(X=X)
    A = np.insert(X, 0, 1.0, axis=1) / np.sqrt(len(X))
    return 1 / np.linalg.svd(A, compute_uv=False)[0] ** 2


def from_the_smaller_product(X):
    """Take A A^T instead, which has the same largest eigenvalue."""
    X = np.asarray(X, dtype=float)
    check_shape(("n", "d"), X=X)
    check_not_empty(X=X)
    return float(len(X) / np.linalg.eigvalsh(X @ X.T + 1.0).max())


def without_a_check_of_the_dimensions(X):
    """Append the ones and leave the rest to the norm."""
    X = np.asarray(X, dtype=float)
    if len(X) == 0:
        raise ValueError("empty")
    return len(X) / np.linalg.norm(np.c_[X, np.ones(len(X))], 2) ** 2
