"""Right implementations of train_with_loss_checks, other than the reference."""

import numpy as np


def walks_from_check_to_check(loss_fn, grad_fn, params, learning_rate, max_steps, check_every, tol):
    """Take blocks of steps between the checks."""
    if max_steps < 0:
        raise ValueError("max_steps is negative")
    if check_every < 1:
        raise ValueError("check_every must be at least 1")
    if tol < 0:
        raise ValueError("tol is negative")
    if not learning_rate > 0:
        raise ValueError("learning_rate must be positive")
    point = tuple(float(p) if np.ndim(p) == 0 else np.array(p, dtype=float) for p in params)
    step, checks = 0, [(0, float(loss_fn(point)))]
    while step < max_steps:
        for _ in range(min(check_every, max_steps - step)):
            gradient = grad_fn(point)
            point = tuple(p - learning_rate * np.asarray(g) for p, g in zip(point, gradient))
            step += 1
        checks.append((step, float(loss_fn(point))))
        if abs(checks[-1][1] - checks[-2][1]) <= tol:
            return point, step, checks
    return point, step, checks


def lists_the_checks_first(loss_fn, grad_fn, params, learning_rate, max_steps, check_every, tol):
    """Know in advance after which steps the loss is looked at."""
    check_range(">= 0", max_steps=max_steps)
    check_range(">= 0", tol=tol)
    check_range(">= 1", check_every=check_every)
    planned = {*range(0, max_steps + 1, check_every), max_steps}
    params = tuple(np.array(p, dtype=float)[()] for p in params)
    previous, checks = None, []
    for t in range(max_steps + 1):
        if t > 0:
            params = gradient_step(params, grad_fn(params), learning_rate)
        if t in planned:
            loss = float(loss_fn(params))
            checks += [(t, loss)]
            if previous is not None and -tol <= previous - loss <= tol:
                return params, t, checks
            previous = loss
    return params, max_steps, checks
