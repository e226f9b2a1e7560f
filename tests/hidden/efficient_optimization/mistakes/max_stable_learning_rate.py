"""Wrong implementations of max_stable_learning_rate."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Which feature is always 1?",
    relation="too large: the limit for a model without a bias",
)
def forgets_the_bias(X):
    """The student takes the eigenvalues of X transposed times X."""
    A = _with_ones(X)[:, :-1]
    return float(len(A) / np.linalg.norm(A, 2) ** 2)


@mistake("M2", hint="Your loss has no 1/2.", relation="2 times right")
def forgets_the_2_of_the_loss(X):
    """The student has the Hessian of half the mean of the squares."""
    A = _with_ones(X)
    return float(2 * len(A) / np.linalg.norm(A, 2) ** 2)


@mistake(
    "M3",
    hint="At which rate does the error flip its sign but keep its size?",
    relation="right / 2",
)
def inverts_the_largest_eigenvalue(X):
    """The student takes the rate that is fastest in one direction for the limit."""
    A = _with_ones(X)
    return float(0.5 * len(A) / np.linalg.norm(A, 2) ** 2)


@mistake(
    "M4",
    hint="Which direction explodes first?",
    relation="far too large: from the smallest eigenvalue",
)
def takes_the_smallest_eigenvalue(X):
    """The student picks the flattest direction."""
    A = _with_ones(X)
    smallest = np.linalg.svd(A, compute_uv=False).min()
    return float(len(A) / max(smallest**2, 1e-300))


@mistake(
    "M5",
    hint="Duplicate the data: the mean loss is unchanged. Your limit?",
    relation="right / n",
)
def forgets_n(X):
    """The student has the Hessian of the sum of the squares."""
    A = _with_ones(X)
    return float(1 / np.linalg.norm(A, 2) ** 2)


def _with_ones(X):
    X = np.asarray(X, dtype=float)
    check_shape(("n", "d"), X=X)
    check_not_empty(X=X)
    return np.column_stack([X, np.ones(len(X))])
