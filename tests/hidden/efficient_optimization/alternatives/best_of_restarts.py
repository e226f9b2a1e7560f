"""Right implementations of best_of_restarts, other than the reference."""

import numpy as np


def keeps_the_best_so_far(loss_fn, grad_fn, starts, learning_rate, n_steps):
    """Walk on its own and compare each end with the best one before."""
    if n_steps < 0:
        raise ValueError("n_steps is negative")
    if learning_rate <= 0:
        raise ValueError("learning_rate must be positive")
    losses, best = [], None
    for index, start in enumerate(starts):
        point = tuple(float(p) if np.ndim(p) == 0 else np.array(p, dtype=float) for p in start)
        for _ in range(n_steps):
            point = gradient_step(point, grad_fn(point), learning_rate)
        loss = float(loss_fn(point))
        losses.append(loss)
        if not np.isnan(loss) and (best is None or loss < losses[best[1]]):
            best = (point, index)
    if best is None:
        raise ValueError("no starts (empty), or only NaN")
    return best[0], best[1], np.array(losses)


def ranks_all_ends(loss_fn, grad_fn, starts, learning_rate, n_steps):
    """Sort the ends by loss and place, NaN last."""
    ends = [
        gradient_descent(loss_fn, grad_fn, start, learning_rate, n_steps)[0] for start in starts
    ]
    losses = np.array([loss_fn(end) for end in ends], dtype=float)
    if not len(losses) or np.all(np.isnan(losses)):
        raise ValueError("empty, or all NaN")
    best = min(range(len(losses)), key=lambda i: (np.isnan(losses[i]), losses[i], i))
    return ends[best], best, losses
