"""Right implementations of minibatch_gradient_descent, other than the reference."""

import numpy as np


def shuffles_the_data(grad_fn, params, X, y, learning_rate, batch_size, n_epochs, rng):
    """Reorder copies of the data in each epoch and cut slices."""
    X, y = np.array(X, dtype=float), np.array(y, dtype=float)
    if y.shape != (X.shape[0],):
        raise ValueError("X and y differ in shape")
    if X.size == 0:
        raise ValueError("X is empty")
    if n_epochs < 0:
        raise ValueError("n_epochs is negative")
    if batch_size < 1:
        raise ValueError("batch_size must be 1 or more")
    if learning_rate <= 0:
        raise ValueError("learning_rate must be positive")
    point = [float(p) if np.ndim(p) == 0 else np.array(p, dtype=float) for p in params]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        X_now, y_now = X[order], y[order]
        for start in range(0, len(X), batch_size):
            stop = start + batch_size
            gradient = grad_fn(tuple(point), X_now[start:stop], y_now[start:stop])
            point = [p - learning_rate * np.asarray(g) for p, g in zip(point, gradient)]
    return tuple(point)


def steps_through_a_flat_list(grad_fn, params, X, y, learning_rate, batch_size, n_epochs, rng):
    """Draw the batches of all epochs first."""
    X, y = np.asarray(X, dtype=float), np.asarray(y)
    if len(X) != len(y):
        raise ValueError(f"shapes differ: {X.shape} and {y.shape}")
    check_not_empty(y=y)
    check_range(">= 0", n_epochs=n_epochs)
    check_range(">= 1", batch_size=batch_size)
    batches = [b for _ in range(n_epochs) for b in minibatch_indices(len(y), batch_size, rng)]
    params = tuple(np.array(p, dtype=float)[()] for p in params)
    for batch in batches:
        gradient = grad_fn(params, np.take(X, batch, axis=0), np.take(y, batch))
        params = gradient_step(params, gradient, learning_rate)
    return params
