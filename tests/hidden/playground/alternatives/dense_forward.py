"""Other right implementations of dense_forward."""

import numpy as np


def loops(A, W, b):
    """Three nested loops."""
    A, W, b = np.array(A, dtype=float), np.array(W, dtype=float), np.array(b, dtype=float)
    if A.ndim != 2 or W.ndim != 2 or b.ndim != 1:
        raise ValueError("wrong number of dimensions: check the shapes")
    if A.shape[1] != W.shape[0] or W.shape[1] != b.shape[0]:
        raise ValueError(f"shapes {A.shape}, {W.shape} and {b.shape} do not fit")
    Z = np.zeros((A.shape[0], W.shape[1]))
    for i in range(A.shape[0]):
        for j in range(W.shape[1]):
            total = b[j]
            for k in range(A.shape[1]):
                total += A[i, k] * W[k, j]
            Z[i, j] = total
    return Z


def einsum(A, W, b):
    """Name the indices."""
    A, W, b = (np.asarray(array, dtype=float) for array in (A, W, b))
    check_shape(("n", "p"), A=A)
    check_shape((A.shape[1], "q"), W=W)
    check_shape((W.shape[1],), b=b)
    return np.einsum("ip,pq->iq", A, W) + b[np.newaxis, :]


def bias_as_a_weight(A, W, b):
    """Take b for the weight of an input that is always 1."""
    A, W, b = np.asarray(A, float), np.asarray(W, float), np.asarray(b, float)
    if A.ndim != 2 or W.ndim != 2 or A.shape[1] != W.shape[0] or b.shape != W.shape[1:]:
        raise ValueError("shape")
    return np.column_stack([A, np.ones(len(A))]).dot(np.vstack([W, b]))


def row_by_row(A, W, b):
    """Add up weighted rows of W."""
    A, W, b = (np.array(array, dtype=np.float64) for array in (A, W, b))
    check_shape(("n", "p"), A=A)
    check_shape((A.shape[1], "q"), W=W)
    check_shape((W.shape[1],), b=b)
    Z = np.tile(b, (A.shape[0], 1))
    for k in range(W.shape[0]):
        Z += np.outer(A[:, k], W[k])
    return Z
