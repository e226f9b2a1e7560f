"""Right implementations of minibatch_indices, other than the reference."""

import numpy as np


def shuffles_in_place(n, batch_size, rng):
    """Shuffle the numbers, then split them at multiples of the batch size."""
    if n < 1:
        raise ValueError(f"n is {n}")
    if batch_size < 1:
        raise ValueError(f"batch_size is {batch_size}")
    numbers = np.arange(n)
    rng.shuffle(numbers)
    return np.split(numbers, np.arange(batch_size, n, batch_size))


def sorts_random_keys(n, batch_size, rng):
    """Draw a key for each example and sort by it."""
    check_range(">= 1", n=n)
    check_range(">= 1", batch_size=batch_size)
    order = list(np.argsort(rng.random(n)))
    batches = []
    while order:
        batches.append(np.array(order[:batch_size], dtype=np.int64))
        order = order[batch_size:]
    return batches


def draws_one_after_the_other(n, batch_size, rng):
    """Draw without replacement, from the last place to the first."""
    check_range(">= 1", n=n, batch_size=batch_size)
    left, order = list(range(n)), []
    while left:
        order.append(left.pop(int(rng.integers(len(left)))))
    count = (n + batch_size - 1) // batch_size
    return [np.array(order[i * batch_size : (i + 1) * batch_size]) for i in range(count)]


def unsigned(n, batch_size, rng):
    """Sort random numbers, and keep the order in few bytes."""
    check_range(">= 1", n=n, batch_size=batch_size)
    order = np.argsort(rng.random(int(n)), kind="stable").astype(np.uint16)
    return np.split(order, np.arange(batch_size, n, batch_size))
