"""Wrong implementations of binary_cross_entropy."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="What do occupied spaces contribute?",
    relation="too small: the terms of label 0 are missing",
)
def drops_the_second_term(y_true, p):
    """The student keeps y ln p only."""
    y_true, p = _vectors(y_true, p)
    with np.errstate(divide="ignore"):
        return float(np.mean(np.where(y_true == 1, -np.log(p), 0.0)))


@mistake(
    "M2",
    hint="Which argument is inside the logarithm?",
    relation="infinite or NaN: the logarithms are those of the labels",
)
def swaps_the_arguments(y_true, p):
    """The student takes p ln y + (1 - p) ln(1 - y)."""
    y_true, p = _vectors(y_true, p)
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(-np.mean(p * np.log(y_true) + (1 - p) * np.log1p(-y_true)))


@mistake(
    "M3",
    hint="How wrong is a model that was certain? Your clip puts a price on it; the with-logits "
    "version is the one to train on.",
    relation="34.5 instead of inf for a certain and wrong prediction",
)
def clips_at_1e_15(y_true, p):
    """The student clips the probabilities as older libraries do."""
    y_true, p = _vectors(y_true, p)
    return _mean_cost(y_true, np.clip(p, 1e-15, 1 - 1e-15))


@mistake(
    "M3",
    hint="How wrong is a model that was certain? Your clip puts a price on it; the with-logits "
    "version is the one to train on.",
    relation="16.1 instead of inf for a certain and wrong prediction",
)
def clips_at_1e_7(y_true, p):
    """The student clips the probabilities as Keras does."""
    y_true, p = _vectors(y_true, p)
    return _mean_cost(y_true, np.clip(p, 1e-7, 1 - 1e-7))


@mistake(
    "M3",
    hint="How wrong is a model that was certain? Your clip puts a price on it; the with-logits "
    "version is the one to train on.",
    relation="36.0 instead of inf for a certain and wrong prediction",
)
def clips_at_eps(y_true, p):
    """The student clips the probabilities as scikit-learn does."""
    y_true, p = _vectors(y_true, p)
    eps = np.finfo(float).eps
    return _mean_cost(y_true, np.clip(p, eps, 1 - eps))


@mistake(
    "M4",
    hint="Which of the two terms counts when y = 1?",
    relation="NaN for a certain and right prediction",
)
def lets_0_times_infinity_happen(y_true, p):
    """The student computes both terms for every example."""
    y_true, p = _vectors(y_true, p)
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(-np.mean(y_true * np.log(p) + (1 - y_true) * np.log1p(-p)))


@mistake(
    "M5",
    hint="Duplicate all examples: should a mean change?",
    relation="n times right",
)
def takes_the_sum(y_true, p):
    """The student adds up instead of averaging."""
    y_true, p = _vectors(y_true, p)
    return len(p) * _mean_cost(y_true, p)


@mistake(
    "M6",
    hint="Which sign has the logarithm of a probability?",
    relation="-right",
)
def forgets_the_minus(y_true, p):
    """The student returns the mean logarithm of the probabilities."""
    y_true, p = _vectors(y_true, p)
    return -_mean_cost(y_true, p)


@mistake(
    "M7",
    hint="A perfect model now has an infinite loss.",
    relation="the loss of 1 - p",
)
def takes_p_as_the_probability_of_0(y_true, p):
    """The student believes that p is the probability of an occupied space."""
    y_true, p = _vectors(y_true, p)
    return _mean_cost(1 - y_true, p)


@mistake(
    "M8",
    hint="Which comparisons with NaN are true?",
    relation="right for labels 0 and 1; a NaN label is taken for 0 instead of being an error",
)
def lets_nan_labels_pass(y_true, p):
    """The student looks for labels that are too small, too large or in between."""
    y_true, p = np.asarray(y_true, dtype=float), np.asarray(p, dtype=float)
    check_vectors(y_true=y_true, p=p)
    check_not_empty(y_true=y_true)
    if np.any((y_true < 0) | (y_true > 1) | ((y_true > 0) & (y_true < 1))):
        raise ValueError("a label is not 0 or 1")
    check_range("in [0, 1]", p=p)
    return _mean_cost(y_true, p)


def _vectors(y_true, p):
    y_true, p = np.asarray(y_true, dtype=float), np.asarray(p, dtype=float)
    check_vectors(y_true=y_true, p=p)
    check_not_empty(y_true=y_true)
    check_binary_labels(y_true=y_true)
    check_range("in [0, 1]", p=p)
    return y_true, p


def _mean_cost(y_true, p):
    with np.errstate(divide="ignore"):
        return float(np.mean(np.where(y_true == 1, -np.log(p), -np.log1p(-p))))
