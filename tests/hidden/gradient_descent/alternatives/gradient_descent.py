"""Right implementations of gradient_descent, other than the reference."""

import numpy as np


def fills_an_array(loss_fn, grad_fn, params, learning_rate, n_steps):
    """Make room for the losses first, and step without a sibling."""
    if n_steps < 0:
        raise ValueError("n_steps is negative")
    if learning_rate <= 0:
        raise ValueError("learning_rate must be positive")
    point = [float(p) if np.ndim(p) == 0 else np.array(p, dtype=float) for p in params]
    losses = np.full(n_steps + 1, np.nan)
    for t in range(n_steps + 1):
        if t > 0:
            gradient = grad_fn(tuple(point))
            point = [p - learning_rate * np.asarray(g) for p, g in zip(point, gradient)]
        losses[t] = loss_fn(tuple(point))
    return tuple(point), losses


def keeps_the_path(loss_fn, grad_fn, params, learning_rate, n_steps):
    """Walk first, then look at the losses of the whole path."""
    check_range(">= 0", n_steps=n_steps)
    path = [tuple(np.array(p, dtype=np.float64)[()] for p in params)]
    while len(path) <= n_steps:
        path.append(gradient_step(path[-1], grad_fn(path[-1]), learning_rate))
    return path[-1], np.array([float(loss_fn(point)) for point in path])
