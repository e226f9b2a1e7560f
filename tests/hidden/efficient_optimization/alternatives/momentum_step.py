"""Right implementations of momentum_step, other than the reference."""

import numpy as np


def velocity_first(params, velocity, grads, learning_rate, momentum=0.9):
    """Compute all velocities, then all parameters."""
    if learning_rate <= 0:
        raise ValueError("learning_rate must be positive")
    if not 0 <= momentum < 1:
        raise ValueError("momentum must be in [0, 1)")
    params, velocity, grads = (
        [np.array(x, dtype=float) for x in some] for some in (params, velocity, grads)
    )
    shapes = [[x.shape for x in some] for some in (params, velocity, grads)]
    if shapes[0] != shapes[1] or shapes[0] != shapes[2]:
        raise ValueError(f"shapes differ: {shapes}")
    faster = tuple(momentum * v - learning_rate * g for v, g in zip(velocity, grads))
    return tuple(p + v for p, v in zip(params, faster)), faster


def one_parameter_after_the_other(params, velocity, grads, learning_rate, momentum=0.9):
    """Fill copies in place, and numbers apart from arrays."""
    check_range("> 0", learning_rate=learning_rate)
    check_range("in [0, 1)", momentum=momentum)
    if len({len(params), len(velocity), len(grads)}) != 1:
        raise ValueError("the shapes do not fit")
    new_params, new_velocity = (), ()
    for i in range(len(params)):
        check_same_shape(params=params[i], velocity=velocity[i], grads=grads[i])
        if np.ndim(params[i]) == 0:
            v = float(velocity[i]) * momentum + float(grads[i]) * -learning_rate
            p = float(params[i]) + v
        else:
            v = np.array(velocity[i], dtype=float)
            v *= momentum
            v -= np.multiply(grads[i], learning_rate, dtype=float)
            p = np.add(params[i], v, dtype=float)
        new_params, new_velocity = (*new_params, p), (*new_velocity, v)
    return new_params, new_velocity
