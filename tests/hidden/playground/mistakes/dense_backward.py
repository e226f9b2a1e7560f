"""Wrong implementations of dense_backward."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Where has 1/n been applied already?",
    relation="dW and db are right/n",
)
def divides_by_n(dZ, A, W):
    """The student averages over the examples once more."""
    dZ, A, W = _checked(dZ, A, W)
    return dZ @ W.T, A.T @ dZ / len(A), dZ.sum(axis=0) / len(A)


@mistake(
    "M2",
    hint="b is shared by all examples: how do their wishes combine?",
    relation="db is dZ itself, of shape (n, q)",
)
def does_not_sum_db(dZ, A, W):
    """The student leaves db as one row for each example."""
    dZ, A, W = _checked(dZ, A, W)
    return dZ @ W.T, A.T @ dZ, dZ.copy()


@mistake(
    "M3",
    hint="Where has 1/n been applied already?",
    relation="db is right/n",
)
def averages_db(dZ, A, W):
    """The student takes the mean over the examples for db."""
    dZ, A, W = _checked(dZ, A, W)
    return dZ @ W.T, A.T @ dZ, dZ.mean(axis=0)


@mistake(
    "M4",
    hint="dA has the shape of A. Which arrangement gives it?",
    relation="an exception unless p = q; then dA is multiplied by W, not by its transpose",
)
def forgets_to_transpose_w(dZ, A, W):
    """The student goes backwards through W as forwards."""
    dZ, A, W = _checked(dZ, A, W)
    return dZ @ W, A.T @ dZ, dZ.sum(axis=0)


@mistake(
    "M5",
    hint="dW has the shape of W.",
    relation="dW is transposed, of shape (q, p)",
)
def transposes_dw(dZ, A, W):
    """The student multiplies in the other order."""
    dZ, A, W = _checked(dZ, A, W)
    return dZ @ W.T, dZ.T @ A, dZ.sum(axis=0)


@mistake(
    "M6",
    hint="This layer is affine: what is its derivative?",
    relation="dA is multiplied by 1 - A^2, entry by entry",
)
def includes_the_slope_of_the_activation(dZ, A, W):
    """The student takes the layer below into this one."""
    dZ, A, W = _checked(dZ, A, W)
    return dZ @ W.T * (1 - A**2), A.T @ dZ, dZ.sum(axis=0)


def _checked(dZ, A, W):
    dZ, A, W = (np.asarray(array, dtype=float) for array in (dZ, A, W))
    check_shape(("n", "p"), A=A)
    check_shape((A.shape[1], "q"), W=W)
    check_shape((A.shape[0], W.shape[1]), dZ=dZ)
    return dZ, A, W
