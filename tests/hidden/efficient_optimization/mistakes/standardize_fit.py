"""Wrong implementations of standardize_fit."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Duplicate the rows. Should the spread change?",
    relation="std is right times the square root of n / (n - 1)",
)
def divides_by_n_minus_1(X):
    """The student takes the standard deviation of a sample."""
    X = _matrix(X)
    std = np.sqrt(((X - X.mean(axis=0)) ** 2).sum(axis=0) / max(len(X) - 1, 1))
    return X.mean(axis=0), np.where(np.all(X == X[0], axis=0), 1.0, std)


@mistake(
    "M2",
    hint="One mean per feature.",
    relation="one value per row instead of one per column",
)
def takes_the_rows(X):
    """The student averages along the wrong axis."""
    X = _matrix(X)
    std = X.std(axis=1)
    return X.mean(axis=1), np.where(std == 0, 1.0, std)


@mistake(
    "M3",
    hint="What is 0/0 in your next function?",
    relation="right, but std is 0 for constant columns",
)
def keeps_a_spread_of_0(X):
    """The student forgets the columns that do not vary."""
    X = _matrix(X)
    return X.mean(axis=0), X.std(axis=0)


@mistake(
    "M4",
    hint="Only constant columns need help.",
    relation="every std is too large by 1e-8",
)
def adds_a_little_to_every_spread(X):
    """The student avoids dividing by 0 with a small summand."""
    X = _matrix(X)
    return X.mean(axis=0), X.std(axis=0) + 1e-8


def _matrix(X):
    X = np.asarray(X, dtype=float)
    check_shape(("n", "d"), X=X)
    check_not_empty(X=X)
    return X
