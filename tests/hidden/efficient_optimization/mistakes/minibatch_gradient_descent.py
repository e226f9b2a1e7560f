"""Wrong implementations of minibatch_gradient_descent."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Print the first indices of epochs 1 and 2.",
    relation="the same batches in every epoch",
)
def shuffles_once(grad_fn, params, X, y, learning_rate, batch_size, n_epochs, rng):
    """The student draws the batches before the loop over the epochs."""
    X, y, params = _start(X, y, params, n_epochs)
    batches = minibatch_indices(len(X), batch_size, rng)
    for _ in range(n_epochs):
        for batch in batches:
            params = gradient_step(params, grad_fn(params, X[batch], y[batch]), learning_rate)
    return params


@mistake(
    "M2",
    hint="Does each row keep its label?",
    relation="the rows of X are shuffled, y is not",
)
def leaves_y_in_order(grad_fn, params, X, y, learning_rate, batch_size, n_epochs, rng):
    """The student applies the order to X alone."""
    X, y, params = _start(X, y, params, n_epochs)
    for _ in range(n_epochs):
        done = 0
        for batch in minibatch_indices(len(X), batch_size, rng):
            targets = y[done : done + len(batch)]
            done += len(batch)
            params = gradient_step(params, grad_fn(params, X[batch], targets), learning_rate)
    return params


@mistake(
    "M3",
    hint="grad_fn already averages.",
    relation="every step is batch size / n times as long as right",
)
def scales_the_gradient(grad_fn, params, X, y, learning_rate, batch_size, n_epochs, rng):
    """The student thinks that a batch knows only its share of the gradient."""
    X, y, params = _start(X, y, params, n_epochs)
    for _ in range(n_epochs):
        for batch in minibatch_indices(len(X), batch_size, rng):
            rate = learning_rate * len(batch) / len(X)
            params = gradient_step(params, grad_fn(params, X[batch], y[batch]), rate)
    return params


@mistake(
    "M4",
    hint="How many updates per epoch?",
    relation="full-batch descent: one step an epoch, with the mean gradient",
)
def steps_once_an_epoch(grad_fn, params, X, y, learning_rate, batch_size, n_epochs, rng):
    """The student adds the gradients up and takes one step at the end."""
    X, y, params = _start(X, y, params, n_epochs)
    for _ in range(n_epochs):
        total = None
        for batch in minibatch_indices(len(X), batch_size, rng):
            share = len(batch) / len(X)
            scaled = [share * np.asarray(g) for g in grad_fn(params, X[batch], y[batch])]
            total = scaled if total is None else [a + g for a, g in zip(total, scaled)]
        params = gradient_step(params, total, learning_rate)
    return params


@mistake(
    "M5",
    hint="At which point is batch 2's gradient taken?",
    relation="one long step an epoch: the sum of the gradients at its first parameters",
)
def stays_at_the_first_point(grad_fn, params, X, y, learning_rate, batch_size, n_epochs, rng):
    """The student takes all gradients of an epoch at the parameters it began with."""
    X, y, params = _start(X, y, params, n_epochs)
    for _ in range(n_epochs):
        first = params
        for batch in minibatch_indices(len(X), batch_size, rng):
            params = gradient_step(params, grad_fn(first, X[batch], y[batch]), learning_rate)
    return params


def _start(X, y, params, n_epochs):
    X, y = np.asarray(X, dtype=float), np.asarray(y)
    check_shape((len(X),), y=y)
    check_not_empty(X=X)
    check_range(">= 0", n_epochs=n_epochs)
    return X, y, tuple(np.array(parameter, dtype=float)[()] for parameter in params)
