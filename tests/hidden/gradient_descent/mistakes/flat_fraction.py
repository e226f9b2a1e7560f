"""Wrong implementations of flat_fraction."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="How many gaps are there between 5 points?",
    relation="right (n - 1) / n",
)
def divides_by_the_number_of_values(values):
    """The student counts points instead of gaps."""
    values = _slice(values)
    return float(np.sum(values[1:] == values[:-1]) / len(values))


@mistake(
    "M2",
    hint="A value may come back later. Compare neighbours.",
    relation="the share of values that occurred before",
)
def counts_distinct_values(values):
    """The student counts how many different values there are."""
    values = _slice(values)
    return float((len(values) - len(np.unique(values))) / (len(values) - 1))


@mistake(
    "M3",
    hint="Exactly constant or nearly?",
    relation="right plus the share of neighbours that are nearly equal",
)
def takes_nearly_for_equal(values):
    """The student compares with a tolerance."""
    values = _slice(values)
    return float(np.mean(np.isclose(values[1:], values[:-1])))


def _slice(values):
    values = np.asarray(values, dtype=float)
    if len(values) < 2:
        raise ValueError("values is nearly empty")
    return values
