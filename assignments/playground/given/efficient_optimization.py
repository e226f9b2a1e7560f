"""Right versions of functions of the assignment "Making gradient descent efficient"."""

import numpy as np
from given.checks import check_range
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def minibatch_indices(n: int, batch_size: int, rng: np.random.Generator) -> list[Ints]:
    """Return the batches of one epoch: all examples in random order, cut into pieces.

    The numbers 0 to n - 1 are put into a random order, every order equally likely, and cut into
    consecutive batches of batch_size. If batch_size does not divide n, the last batch is smaller;
    it is kept, so that every example occurs exactly once.

    n: the number of examples. batch_size: at least 1; if it is larger than n, there is one batch.
    rng: where the random order comes from. Generators in the same state give the same batches;
       the next call with the same generator gives others.
    Returns a list of integer arrays.

    ValueError ("n"): n is below 1. ValueError ("batch_size"): batch_size is below 1.

    >>> batches = minibatch_indices(10, 4, np.random.default_rng(0))
    >>> [len(batch) for batch in batches], sorted(int(i) for batch in batches for i in batch)
    ([4, 4, 2], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    """
    check_range(">= 1", n=n, batch_size=batch_size)
    order = rng.permutation(n)
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]
