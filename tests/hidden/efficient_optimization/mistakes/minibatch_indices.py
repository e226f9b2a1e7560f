"""Wrong implementations of minibatch_indices."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Sorted labels: what does the first batch see?",
    relation="0 to n - 1 in ascending order",
)
def does_not_shuffle(n, batch_size, rng):
    """The student cuts the examples as they lie."""
    check_range(">= 1", n=n, batch_size=batch_size)
    return [np.arange(start, min(start + batch_size, n)) for start in range(0, n, batch_size)]


@mistake(
    "M2",
    hint="Are all examples used?",
    relation="the last, smaller batch is missing",
)
def drops_the_partial_batch(n, batch_size, rng):
    """The student makes n // batch_size batches."""
    check_range(">= 1", n=n, batch_size=batch_size)
    order = rng.permutation(n)
    return [order[i * batch_size : (i + 1) * batch_size] for i in range(n // batch_size)]


@mistake(
    "M3",
    hint="Can examples 0 and n - 1 meet in one batch?",
    relation="the batches come in random order, but hold neighbours",
)
def shuffles_the_batches_only(n, batch_size, rng):
    """The student cuts first and shuffles what was cut."""
    check_range(">= 1", n=n, batch_size=batch_size)
    batches = [np.arange(start, min(start + batch_size, n)) for start in range(0, n, batch_size)]
    return [batches[i] for i in rng.permutation(len(batches))]


@mistake(
    "M4",
    hint="Two calls with different generators gave identical results.",
    relation="the same batches whatever rng is",
)
def has_its_own_generator(n, batch_size, rng):
    """The student fixes a seed inside."""
    check_range(">= 1", n=n, batch_size=batch_size)
    order = np.random.default_rng(0).permutation(n)
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]


@mistake(
    "M5",
    hint="Is any example used twice in the epoch?",
    relation="the last batch is filled with examples from the first one",
)
def fills_the_last_batch(n, batch_size, rng):
    """The student wants all batches equally large."""
    check_range(">= 1", n=n, batch_size=batch_size)
    order = rng.permutation(n)
    count = -(-n // batch_size)
    return list(np.resize(order, count * batch_size).reshape(count, batch_size))


@mistake(
    "M6",
    hint="May an example also stay where it is? In your shuffle of two, can it?",
    relation="all examples once, but none where it would be without a shuffle",
)
def lets_no_example_stay(n, batch_size, rng):
    """The student shuffles by hand, and draws the partner of an exchange from the others only."""
    check_range(">= 1", n=n, batch_size=batch_size)
    order = np.arange(n)
    for i in range(n - 1):
        j = rng.integers(i + 1, n)
        order[i], order[j] = order[j], order[i]
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]
