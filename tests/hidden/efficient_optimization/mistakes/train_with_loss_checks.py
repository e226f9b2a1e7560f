"""Wrong implementations of train_with_loss_checks."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Your function is right and as slow as before: count the loss calls.",
    relation="right, but the loss is computed after every step",
)
def computes_the_loss_at_every_step(
    loss_fn, grad_fn, params, learning_rate, max_steps, check_every, tol
):
    """The student computes the loss always and notes it sometimes."""
    params = _start(params, max_steps, check_every, tol)
    checks = [(0, float(loss_fn(params)))]
    for step in range(1, max_steps + 1):
        params = gradient_step(params, grad_fn(params), learning_rate)
        loss = float(loss_fn(params))
        if step % check_every == 0 or step == max_steps:
            checks.append((step, loss))
            if abs(checks[-2][1] - loss) <= tol:
                break
    return params, checks[-1][0], checks


@mistake(
    "M2",
    hint="Which losses do you know without computing extra ones?",
    relation="stops up to check_every steps too early",
)
def compares_with_the_step_before(
    loss_fn, grad_fn, params, learning_rate, max_steps, check_every, tol
):
    """The student compares with the loss one step before the check."""
    params = _start(params, max_steps, check_every, tol)
    checks = [(0, float(loss_fn(params)))]
    for step in range(1, max_steps + 1):
        before = params
        params = gradient_step(params, grad_fn(params), learning_rate)
        if step % check_every == 0 or step == max_steps:
            loss = float(loss_fn(params))
            checks.append((step, loss))
            if abs(float(loss_fn(before)) - loss) <= tol:
                break
    return params, checks[-1][0], checks


@mistake(
    "M3",
    hint="Which loss is the first check compared with? Which loss does the final model have?",
    relation="the checks at step 0 and after the last step are missing",
)
def checks_at_multiples_only(loss_fn, grad_fn, params, learning_rate, max_steps, check_every, tol):
    """The student checks after every check_every steps and never else."""
    params = _start(params, max_steps, check_every, tol)
    checks = []
    for step in range(1, max_steps + 1):
        params = gradient_step(params, grad_fn(params), learning_rate)
        if step % check_every == 0:
            checks.append((step, float(loss_fn(params))))
            if len(checks) > 1 and abs(checks[-2][1] - checks[-1][1]) <= tol:
                return params, step, checks
    return params, max_steps, checks


@mistake(
    "M4",
    hint="How many updates lie before the check named 10?",
    relation="the check named t shows the loss after t + 1 steps",
)
def counts_steps_from_0(loss_fn, grad_fn, params, learning_rate, max_steps, check_every, tol):
    """The student's first step has the number 0."""
    params = _start(params, max_steps, check_every, tol)
    checks = [(0, float(loss_fn(params)))]
    for step in range(max_steps):
        params = gradient_step(params, grad_fn(params), learning_rate)
        if (step > 0 and step % check_every == 0) or step == max_steps - 1:
            checks.append((step, float(loss_fn(params))))
            if abs(checks[-2][1] - checks[-1][1]) <= tol:
                return params, step + 1, checks
    return params, max_steps, checks


@mistake(
    "M5",
    hint="Is the minimum of every loss 0?",
    relation="stops when the loss itself is at most tol, so mostly never",
)
def waits_for_a_small_loss(loss_fn, grad_fn, params, learning_rate, max_steps, check_every, tol):
    """The student compares the loss with tol, not its change."""
    params = _start(params, max_steps, check_every, tol)
    checks = [(0, float(loss_fn(params)))]
    for step in range(1, max_steps + 1):
        params = gradient_step(params, grad_fn(params), learning_rate)
        if step % check_every == 0 or step == max_steps:
            checks.append((step, float(loss_fn(params))))
            if checks[-1][1] <= tol:
                break
    return params, checks[-1][0], checks


def _start(params, max_steps, check_every, tol):
    check_range(">= 0", max_steps=max_steps, tol=tol)
    check_range(">= 1", check_every=check_every)
    return tuple(np.array(parameter, dtype=float)[()] for parameter in params)
