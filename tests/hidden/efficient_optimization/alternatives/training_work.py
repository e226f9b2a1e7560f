"""Right implementations of training_work, other than the reference."""

import math

import numpy as np


def with_a_ceiling(n_examples, batch_size, n_epochs, check_every):
    """Round the number of batches up."""
    for name, value in (
        ("n_examples", n_examples),
        ("batch_size", batch_size),
        ("check_every", check_every),
    ):
        if value < 1:
            raise ValueError(f"{name} must be at least 1, not {value}")
    if n_epochs < 0:
        raise ValueError(f"n_epochs must be at least 0, not {n_epochs}")
    steps = math.ceil(n_examples / batch_size) * n_epochs
    checks = 1 + math.floor(steps / check_every)
    return steps, n_examples * n_epochs, checks * n_examples


def with_a_remainder(n_examples, batch_size, n_epochs, check_every):
    """Count the full batches, and one more if something is left."""
    check_range(">= 1", n_examples=n_examples, batch_size=batch_size, check_every=check_every)
    check_range(">= 0", n_epochs=n_epochs)
    full, rest = divmod(n_examples, batch_size)
    steps = n_epochs * (full + (1 if rest else 0))
    losses = n_examples + n_examples * (steps // check_every)
    return steps, n_epochs * n_examples, losses


def integers_of_64_bits(n_examples, batch_size, n_epochs, check_every):
    """Calculate with numpy's integers."""
    check_range(">= 1", n_examples=n_examples, batch_size=batch_size, check_every=check_every)
    check_range(">= 0", n_epochs=n_epochs)
    n, size, epochs, every = np.array([n_examples, batch_size, n_epochs, check_every])
    steps = epochs * ((n + size - 1) // size)
    return steps, epochs * n, n * (1 + steps // every)
