"""Wrong implementations of standardize_apply."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Standardise one single new parking space.",
    relation="right for the data that the statistics come from, wrong for new data",
)
def computes_the_statistics_anew(X, mean, std):
    """The student standardises new data with their own mean and spread."""
    X, mean, std = _arrays(X, mean, std)
    spread = X.std(axis=0) if len(X) else std
    return (X - (X.mean(axis=0) if len(X) else mean)) / np.where(spread == 0, 1.0, spread)


@mistake("M2", hint="Which units has the result?", relation="right / std")
def divides_by_the_variance(X, mean, std):
    """The student mixes up standard deviation and variance."""
    X, mean, std = _arrays(X, mean, std)
    return (X - mean) / std**2


@mistake("M3", hint="Where is the new centre?", relation="right + 2 mean / std")
def adds_the_mean(X, mean, std):
    """The student moves the data away from 0 instead of to it."""
    X, mean, std = _arrays(X, mean, std)
    return (X + mean) / std


@mistake(
    "M4",
    hint="After your call, is the caller's array still what it was? Build a new array.",
    relation="right at the first call; the caller's X is standardised too",
)
def standardises_in_place(X, mean, std):
    """The student subtracts and divides in place."""
    X, mean, std = _arrays(X, mean, std)
    X -= mean
    X /= std
    return X


def _arrays(X, mean, std):
    X, mean, std = (np.asarray(array, dtype=float) for array in (X, mean, std))
    check_shape(("n", "d"), X=X)
    check_shape((X.shape[1],), mean=mean, std=std)
    check_range("> 0", std=std)
    return X, mean, std
