"""Wrong implementations of momentum_step."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Compare your velocity with the formula's, sign and size.",
    relation="from rest the parameters are right, and the velocity is -right / learning_rate",
)
def keeps_the_rate_out_of_the_velocity(params, velocity, grads, learning_rate, momentum=0.9):
    """The student knows the form v = momentum v + g, params = params - learning_rate v."""
    params, velocity, grads = _floats(params, velocity, grads, learning_rate, momentum)
    new = tuple(momentum * v + g for v, g in zip(velocity, grads, strict=True))
    return tuple(p - learning_rate * v for p, v in zip(params, new, strict=True)), new


@mistake(
    "M2",
    hint="With a constant gradient g, to which speed does v grow?",
    relation="the gradient counts 1 - momentum times",
)
def averages_the_gradient(params, velocity, grads, learning_rate, momentum=0.9):
    """The student takes an exponential average for momentum."""
    params, velocity, grads = _floats(params, velocity, grads, learning_rate, momentum)
    rate = learning_rate * (1 - momentum)
    new = tuple(momentum * v - rate * g for v, g in zip(velocity, grads, strict=True))
    return tuple(p + v for p, v in zip(params, new, strict=True)), new


@mistake(
    "M3",
    hint="First step from rest: does it move?",
    relation="the velocity is right, the parameters move with the old one",
)
def moves_with_the_old_velocity(params, velocity, grads, learning_rate, momentum=0.9):
    """The student updates the parameters first."""
    params, velocity, grads = _floats(params, velocity, grads, learning_rate, momentum)
    new = tuple(momentum * v - learning_rate * g for v, g in zip(velocity, grads, strict=True))
    return tuple(p + v for p, v in zip(params, velocity, strict=True)), new


@mistake(
    "M4",
    hint="The sign of the gradient is already inside v.",
    relation="the velocity is right, the parameters move against it",
)
def subtracts_the_velocity(params, velocity, grads, learning_rate, momentum=0.9):
    """The student goes against the velocity, as one goes against a gradient."""
    params, velocity, grads = _floats(params, velocity, grads, learning_rate, momentum)
    new = tuple(momentum * v - learning_rate * g for v, g in zip(velocity, grads, strict=True))
    return tuple(p - v for p, v in zip(params, new, strict=True)), new


@mistake(
    "M5",
    hint="How often does the velocity move the parameters in one step?",
    relation="the velocity is right, the parameters move by momentum times it further",
)
def applies_the_velocity_once_more(params, velocity, grads, learning_rate, momentum=0.9):
    """The student looks ahead: after the step, the velocity moves the parameters once more."""
    params, velocity, grads = _floats(params, velocity, grads, learning_rate, momentum)
    new = tuple(momentum * v - learning_rate * g for v, g in zip(velocity, grads, strict=True))
    moved = tuple(p + v for p, v in zip(params, new, strict=True))
    return tuple(p + momentum * v for p, v in zip(moved, new, strict=True)), new


@mistake(
    "M6",
    hint="What does the ball remember from the step before?",
    relation="plain descent: the old velocity does not count",
)
def forgets_the_velocity(params, velocity, grads, learning_rate, momentum=0.9):
    """The student starts every step from rest."""
    params, velocity, grads = _floats(params, velocity, grads, learning_rate, momentum)
    new = tuple(-learning_rate * g for g in grads)
    return tuple(p + v for p, v in zip(params, new, strict=True)), new


@mistake(
    "M7",
    hint="After your call, is the caller's velocity still what it was? Build new arrays.",
    relation="right, but the old velocity and parameters have changed too",
)
def writes_into_the_old_velocity(params, velocity, grads, learning_rate, momentum=0.9):
    """The student updates in place."""
    _floats(params, velocity, grads, learning_rate, momentum)
    new_params, new_velocity = [], []
    for p, v, g in zip(params, velocity, grads, strict=True):
        p, v = np.asarray(p, dtype=float)[...], np.asarray(v, dtype=float)[...]
        v *= momentum
        v -= learning_rate * np.asarray(g, dtype=float)
        p += v
        new_params.append(p[()])
        new_velocity.append(v[()])
    return tuple(new_params), tuple(new_velocity)


def _floats(params, velocity, grads, learning_rate, momentum):
    check_range("> 0", learning_rate=learning_rate)
    check_range("in [0, 1)", momentum=momentum)
    if not len(params) == len(velocity) == len(grads):
        raise ValueError("shapes differ")
    for p, v, g in zip(params, velocity, grads, strict=True):
        check_same_shape(parameter=p, velocity=v, gradient=g)
    return ([np.asarray(x, dtype=float) for x in some] for some in (params, velocity, grads))
