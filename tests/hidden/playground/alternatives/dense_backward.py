"""Other right implementations of dense_backward."""

import numpy as np


def loops(dZ, A, W):
    """Three nested loops that spread each entry of dZ."""
    dZ, A, W = np.array(dZ, dtype=float), np.array(A, dtype=float), np.array(W, dtype=float)
    if not dZ.ndim == A.ndim == W.ndim == 2:
        raise ValueError("all shapes must be two-dimensional")
    (n, p), q = A.shape, dZ.shape[1]
    if dZ.shape[0] != n or W.shape != (p, q):
        raise ValueError(f"shapes {dZ.shape}, {A.shape} and {W.shape} do not fit")
    dA, dW, db = np.zeros((n, p)), np.zeros((p, q)), np.zeros(q)
    for i in range(n):
        for j in range(q):
            db[j] += dZ[i, j]
            for k in range(p):
                dA[i, k] += dZ[i, j] * W[k, j]
                dW[k, j] += dZ[i, j] * A[i, k]
    return dA, dW, db


def einsum(dZ, A, W):
    """Name the indices."""
    dZ, A, W = (np.asarray(array, dtype=float) for array in (dZ, A, W))
    check_shape(("n", "p"), A=A)
    check_shape((A.shape[1], "q"), W=W)
    check_shape((A.shape[0], W.shape[1]), dZ=dZ)
    return (
        np.einsum("nq,pq->np", dZ, W),
        np.einsum("np,nq->pq", A, dZ),
        np.einsum("nq->q", dZ),
    )


def by_transposing_the_product(dZ, A, W):
    """Use (W dZ^T)^T and (dZ^T A)^T, and a row of ones for db."""
    dZ, A, W = np.asarray(dZ, float), np.asarray(A, float), np.asarray(W, float)
    if dZ.ndim != 2 or A.ndim != 2 or W.ndim != 2:
        raise ValueError("shape")
    if dZ.shape != (A.shape[0], W.shape[1]) or A.shape[1] != W.shape[0]:
        raise ValueError("shape")
    return (W @ dZ.T).T, (dZ.T @ A).T, np.ones(len(dZ)) @ dZ


def example_by_example(dZ, A, W):
    """Add up the outer products of the examples."""
    dZ, A, W = (np.array(array, dtype=np.float64) for array in (dZ, A, W))
    check_shape(("n", "q"), dZ=dZ)
    check_shape((len(dZ), "p"), A=A)
    check_shape((A.shape[1], dZ.shape[1]), W=W)
    dA = np.array([W.dot(error) for error in dZ])
    dW = sum(np.outer(a, error) for a, error in zip(A, dZ))
    return dA, dW, np.add.reduce(dZ)
