"""Wrong implementations of linear_predict."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="What does your model predict for a row of zeros?",
    relation="off by the constant b",
)
def forgets_b(X, w, b=0.0):
    """The student leaves the bias out."""
    return np.asarray(X, dtype=float) @ np.asarray(w, dtype=float)


@mistake(
    "M2",
    hint="One number per example is wanted.",
    relation="shape (n, d) instead of (n,); row sums are right before b is added",
)
def multiplies_without_summing(X, w, b=0.0):
    """The student multiplies each feature by its weight and forgets to add the products up."""
    X, w = np.asarray(X, dtype=float), np.asarray(w, dtype=float)
    check_shape(("n", "d"), X=X)
    check_shape((X.shape[1],), w=w)
    return X * w + b


@mistake(
    "M3",
    hint="Test with 3 examples of 2 features.",
    relation="an exception unless n = d; then X is transposed",
)
def weights_come_first(X, w, b=0.0):
    """The student writes w @ X, as in w times x for a single example."""
    X, w = np.asarray(X, dtype=float), np.asarray(w, dtype=float)
    return w @ X + b


@mistake(
    "M4",
    hint="How many times does b enter one prediction?",
    relation="off by (d - 1) b",
)
def adds_b_to_every_product(X, w, b=0.0):
    """The student adds the bias before summing over the features."""
    X, w = np.asarray(X, dtype=float), np.asarray(w, dtype=float)
    check_shape(("n", "d"), X=X)
    check_shape((X.shape[1],), w=w)
    return (X * w + b).sum(axis=1)
