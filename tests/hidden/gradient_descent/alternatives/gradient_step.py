"""Right implementations of gradient_step, other than the reference."""

import numpy as np


def in_one_line(params, grads, learning_rate):
    """Subtract inside a tuple."""
    if learning_rate <= 0:
        raise ValueError(f"learning_rate is {learning_rate}")
    pairs = [(np.array(p, dtype=float), np.array(g, dtype=float)) for p, g in zip(params, grads)]
    if len(params) != len(grads) or any(p.shape != g.shape for p, g in pairs):
        raise ValueError("the shapes of parameters and gradients differ")
    return tuple(p - learning_rate * g for p, g in pairs)


def numbers_apart_from_arrays(params, grads, learning_rate):
    """Treat numbers and arrays differently."""
    check_range("> 0", learning_rate=learning_rate)
    if len(params) != len(grads):
        raise ValueError("not the same shape")
    result = ()
    for index in range(len(params)):
        if np.shape(params[index]) != np.shape(grads[index]):
            raise ValueError("not the same shape")
        if np.ndim(params[index]) == 0:
            result += (float(params[index]) + float(grads[index]) * -float(learning_rate),)
        else:
            new = np.array(params[index], dtype=np.float64)
            new -= np.multiply(grads[index], learning_rate, dtype=np.float64)
            result += (new,)
    return result
