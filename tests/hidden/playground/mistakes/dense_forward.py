"""Wrong implementations of dense_forward."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Which unit does b[j] belong to?",
    relation="an exception unless n = q; then b[i] is added to row i",
)
def adds_b_to_the_rows(A, W, b):
    """The student makes b a column."""
    A, W, b = _checked(A, W, b)
    return A @ W + b[:, np.newaxis]


@mistake(
    "M2",
    hint="Each output mixes all inputs: which product sums?",
    relation="a broadcasting error, or the products entry by entry plus b",
)
def multiplies_entry_by_entry(A, W, b):
    """The student writes * for the matrix product."""
    A, W, b = _checked(A, W, b)
    return A * W + b


@mistake(
    "M3",
    hint="Test with n, p, q all different.",
    relation="an exception unless p = q; then W is transposed",
)
def multiplies_by_the_transpose(A, W, b):
    """The student takes the rows of W for the units."""
    A, W, b = _checked(A, W, b)
    return A @ W.T + b


@mistake(
    "M4",
    hint="Test with n, p and q all different: is Z still before the activation?",
    relation="tanh of the right value",
)
def includes_the_activation(A, W, b):
    """The student returns what the layer passes on, not its pre-activations."""
    A, W, b = _checked(A, W, b)
    return np.tanh(A @ W + b)


@mistake(
    "M5",
    hint="Six biases for five units: is that an error?",
    relation="right where the shapes fit; superfluous biases are ignored",
)
def ignores_superfluous_biases(A, W, b):
    """The student takes as many biases as there are units, however many there are."""
    b = np.asarray(b, dtype=float)
    return _product(A, W, b[: np.shape(W)[-1]] if b.ndim == 1 else b)


def _product(A, W, b):
    A, W, b = _checked(A, W, b)
    return A @ W + b


def _checked(A, W, b):
    A, W, b = (np.asarray(array, dtype=float) for array in (A, W, b))
    check_shape(("n", "p"), A=A)
    check_shape((A.shape[1], "q"), W=W)
    check_shape((W.shape[1],), b=b)
    return A, W, b
