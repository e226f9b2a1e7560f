"""Wrong implementations of softmax."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="e^1000 does not fit. Which change of all logits of a row leaves the result unchanged?",
    relation="NaN where a logit exceeds 709",
)
def no_shift(Z):
    """The student writes the formula down as it stands."""
    Z = _matrix(Z)
    powers = np.exp(Z)
    return powers / powers.sum(axis=1, keepdims=True)


@mistake(
    "M2",
    hint="Which numbers should add up to one?",
    relation="columns add up to 1, not rows",
)
def sums_over_the_examples(Z):
    """The student takes axis 0, "the default sum"."""
    Z = _matrix(Z)
    powers = np.exp(Z - Z.max(axis=0))
    return powers / powers.sum(axis=0)


@mistake(
    "M3",
    hint="Which numbers should add up to one: a row, a column or all?",
    relation="each row is divided by n times its share; the whole matrix adds up to 1",
)
def sums_over_everything(Z):
    """The student calls max and sum without an axis."""
    Z = _matrix(Z)
    powers = np.exp(Z - Z.max(initial=-np.inf))
    return powers / powers.sum()


@mistake(
    "M4",
    hint="Try two rows on very different levels.",
    relation="right unless rows differ by more than 745; then a row of NaN",
)
def subtracts_the_global_maximum(Z):
    """The student shifts all rows by the same number."""
    Z = _matrix(Z)
    powers = np.exp(Z - Z.max(initial=-np.inf))
    return powers / powers.sum(axis=1, keepdims=True)


@mistake(
    "M5",
    hint="Print the shape of what you divide by, and test n = k.",
    relation="an exception unless n = k; then rows are divided by each other's sums",
)
def forgets_keepdims(Z):
    """The student divides (n, k) by (n,)."""
    Z = _matrix(Z)
    powers = np.exp(Z - Z.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1)


def _matrix(Z):
    Z = np.asarray(Z, dtype=float)
    check_shape(("n", "k"), Z=Z)
    if Z.shape[1] == 0:
        raise ValueError("Z is empty")
    return Z
