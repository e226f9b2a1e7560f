"""Wrong implementations of best_of_restarts."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="A good start or a good end?",
    relation="the run whose first loss is smallest",
)
def chooses_by_the_start(loss_fn, grad_fn, starts, learning_rate, n_steps):
    """The student compares where the runs begin."""
    runs, losses = _runs(loss_fn, grad_fn, starts, learning_rate, n_steps)
    best = _smallest(np.array([curve[0] for _, curve in runs]))
    return runs[best][0], best, losses


@mistake(
    "M2",
    hint="Print where each run begins.",
    relation="the first run is right; each other one goes on where the one before ended",
)
def goes_on_from_the_run_before(loss_fn, grad_fn, starts, learning_rate, n_steps):
    """The student overwrites the start."""
    if len(starts) == 0:
        raise ValueError("starts is empty")
    runs, point = [], starts[0]
    for _ in starts:
        point, curve = gradient_descent(loss_fn, grad_fn, point, learning_rate, n_steps)
        runs.append((point, curve))
    losses = np.array([curve[-1] for _, curve in runs])
    best = _smallest(losses)
    return runs[best][0], best, losses


@mistake("M3", hint="Is a high loss good?", relation="the run with the largest last loss")
def takes_the_largest_loss(loss_fn, grad_fn, starts, learning_rate, n_steps):
    """The student takes the loss for a score."""
    runs, losses = _runs(loss_fn, grad_fn, starts, learning_rate, n_steps)
    best = _smallest(-losses)
    return runs[best][0], best, losses


@mistake(
    "M4",
    hint="Is the middle of two valleys a valley?",
    relation="index and losses are right, the parameters are the mean of all runs",
)
def averages_the_runs(loss_fn, grad_fn, starts, learning_rate, n_steps):
    """The student expects the average of good parameters to be good."""
    runs, losses = _runs(loss_fn, grad_fn, starts, learning_rate, n_steps)
    mean = tuple(
        np.mean([np.asarray(value) for value in values], axis=0)
        for values in zip(*(params for params, _ in runs), strict=True)
    )
    return mean, _smallest(losses), losses


@mistake(
    "M5",
    hint="When are two losses equal: exactly or nearly?",
    relation="the first run that is nearly as good as the best",
)
def takes_nearly_equal_losses_for_ties(loss_fn, grad_fn, starts, learning_rate, n_steps):
    """The student compares floats with `isclose`."""
    runs, losses = _runs(loss_fn, grad_fn, starts, learning_rate, n_steps)
    near = np.isclose(losses, losses[_smallest(losses)])
    first = int(np.argmax(near))
    return runs[first][0], first, losses


def _runs(loss_fn, grad_fn, starts, learning_rate, n_steps):
    if len(starts) == 0:
        raise ValueError("starts is empty")
    runs = [gradient_descent(loss_fn, grad_fn, start, learning_rate, n_steps) for start in starts]
    return runs, np.array([curve[-1] for _, curve in runs])


def _smallest(losses):
    ended = np.flatnonzero(~np.isnan(losses))
    if ended.size == 0:
        raise ValueError("all losses are NaN")
    return int(ended[np.argmin(losses[ended])])
