"""Right implementations of flat_fraction, other than the reference."""

from itertools import pairwise

import numpy as np


def counts_in_a_loop(values):
    """Count equal pairs in plain Python."""
    values = list(np.asarray(values, dtype=float).tolist())
    if len(values) < 2:
        raise ValueError("empty: no pair of neighbours")
    return sum(1 for left, right in pairwise(values) if left == right) / (len(values) - 1)


def takes_differences(values):
    """Count the zeros among the differences."""
    gaps = np.diff(np.array(values, dtype=float))
    if gaps.size == 0:
        raise ValueError("values must not be empty or a single one")
    return np.count_nonzero(gaps == 0) / gaps.size
