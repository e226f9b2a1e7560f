"""Wrong implementations of gradient_descent."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="How many points has a path of 3 steps?",
    relation="losses of length n_steps: the last one is missing",
)
def records_before_each_step_only(loss_fn, grad_fn, params, learning_rate, n_steps):
    """The student forgets the loss at the end."""
    params, losses = _start(params, n_steps), []
    for _ in range(n_steps):
        losses.append(loss_fn(params))
        params = gradient_step(params, grad_fn(params), learning_rate)
    return params, np.array(losses, dtype=float)


@mistake(
    "M2",
    hint="All partial derivatives belong to the same point.",
    relation="each parameter's gradient is taken after the ones before it have moved",
)
def moves_one_parameter_after_the_other(loss_fn, grad_fn, params, learning_rate, n_steps):
    """The student computes the gradient of b with the new w."""
    params = _start(params, n_steps)
    losses = [loss_fn(params)]
    for _ in range(n_steps):
        for i in range(len(params)):
            moved = gradient_step(params, grad_fn(params), learning_rate)
            params = (*params[:i], moved[i], *params[i + 1 :])
        losses.append(loss_fn(params))
    return params, np.array(losses, dtype=float)


@mistake(
    "M3",
    hint="Try n_steps = 0 and 1.",
    relation="the result of n_steps - 1 steps",
)
def goes_one_step_less(loss_fn, grad_fn, params, learning_rate, n_steps):
    """The student counts the start as a step."""
    params = _start(params, n_steps)
    losses = [loss_fn(params)]
    for _ in range(n_steps - 1):
        params = gradient_step(params, grad_fn(params), learning_rate)
        losses.append(loss_fn(params))
    return params, np.array(losses, dtype=float)


@mistake(
    "M4",
    hint="The curve of a diverging run is worth seeing.",
    relation="right until the loss rises, then too short",
)
def stops_when_the_loss_rises(loss_fn, grad_fn, params, learning_rate, n_steps):
    """The student ends a run that gets worse."""
    params = _start(params, n_steps)
    losses = [loss_fn(params)]
    for _ in range(n_steps):
        params = gradient_step(params, grad_fn(params), learning_rate)
        losses.append(loss_fn(params))
        if losses[-1] > losses[-2]:
            break
    return params, np.array(losses, dtype=float)


@mistake(
    "M5",
    hint="What was asked: the last point or the best?",
    relation="losses are right; the parameters are those of the smallest loss",
)
def returns_the_best_point(loss_fn, grad_fn, params, learning_rate, n_steps):
    """The student keeps the best parameters seen."""
    params = _start(params, n_steps)
    losses, path = [loss_fn(params)], [params]
    for _ in range(n_steps):
        params = gradient_step(params, grad_fn(params), learning_rate)
        losses.append(loss_fn(params))
        path.append(params)
    return path[int(np.argmin(losses))], np.array(losses, dtype=float)


@mistake(
    "M6",
    hint="How many losses belong to n_steps steps, also where nothing changes any more?",
    relation="right until the loss stays as it is, then too short",
)
def stops_when_the_loss_stays(loss_fn, grad_fn, params, learning_rate, n_steps):
    """The student ends a run that has arrived."""
    params = _start(params, n_steps)
    losses = [loss_fn(params)]
    for _ in range(n_steps):
        params = gradient_step(params, grad_fn(params), learning_rate)
        losses.append(loss_fn(params))
        if losses[-1] == losses[-2]:
            break
    return params, np.array(losses, dtype=float)


def _start(params, n_steps):
    check_range(">= 0", n_steps=n_steps)
    return tuple(np.array(parameter, dtype=float)[()] for parameter in params)
