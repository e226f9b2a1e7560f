"""Wrong implementations of best_constant."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Draw the sum of |y - c| for y = 1, 2, 3, 4, 100.",
    relation="the mean whatever the loss",
)
def mean_for_all_four(y, loss):
    """The student believes that the mean is always the best guess."""
    return float(np.mean(_values(y, loss)))


@mistake(
    "M2",
    hint="Which value is correct most often?",
    relation='"zero_one": the median; right for labels 0 and 1',
)
def median_for_zero_one(y, loss):
    """The student takes the value in the middle for the number of wrong predictions."""
    values = _values(y, loss)
    return float(np.median(values)) if loss == "zero_one" else _best(values, loss)


@mistake(
    "M3",
    hint="What does a certain prediction cost when it is wrong once?",
    relation='"cross_entropy": 0 or 1 instead of the base rate',
)
def rounds_the_base_rate(y, loss):
    """The student predicts a label where a probability is wanted."""
    values = _values(y, loss)
    best = _best(values, loss)
    return float(np.round(best)) if loss == "cross_entropy" else best


@mistake(
    "M4",
    hint="Which statistic exactly minimises the sum of distances?",
    relation='"absolute": between mean and median',
)
def trimmed_mean_for_absolute(y, loss):
    """The student drops the smallest and the largest value, then takes the mean."""
    values = _values(y, loss)
    if loss == "absolute" and len(values) > 2:
        return float(np.mean(np.sort(values)[1:-1]))
    return _best(values, loss)


@mistake(
    "M5",
    hint="Nothing is clipped in this course: what is the base rate if no space is vacant?",
    relation='"cross_entropy": a tiny number instead of 0, a little less than 1 instead of 1',
)
def keeps_the_base_rate_off_0_and_1(y, loss):
    """The student is afraid of ln 0."""
    values = _values(y, loss)
    best = _best(values, loss)
    return float(np.clip(best, 1e-12, 1 - 1e-12)) if loss == "cross_entropy" else best


@mistake(
    "M6",
    hint="Zeros and ones are equally frequent: which of them is wanted?",
    relation='"zero_one": 1 instead of 0 for as many ones as zeros',
)
def rounds_a_base_rate_of_one_half_up(y, loss):
    """The student knows labels 0 and 1 only by their mean, and counts all others."""
    values = _values(y, loss)
    if loss == "zero_one" and np.all((values == 0) | (values == 1)):
        return float(values.mean() >= 0.5)
    return _best(values, loss)


def _values(y, loss):
    values = np.asarray(y, dtype=float)
    check_option(("squared", "absolute", "cross_entropy", "zero_one"), loss=loss)
    check_vectors(y=values)
    check_not_empty(y=values)
    if loss == "cross_entropy":
        check_binary_labels(y=values)
    return values


def _best(values, loss):
    if loss == "absolute":
        return float(np.median(values))
    if loss == "zero_one":
        distinct, counts = np.unique(values, return_counts=True)
        return float(distinct[np.argmax(counts)])
    return float(np.mean(values))
