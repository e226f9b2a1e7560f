"""One slip: the step goes uphill. The descent that uses it is right."""
import numpy as np
from given.checks import check_range, check_same_shape


def gradient_step(params, grads, learning_rate):
    check_range("> 0", learning_rate=learning_rate)
    if len(params) != len(grads):
        raise ValueError(f"shape: {len(params)} parameters but {len(grads)} gradients")
    result = []
    for p, g in zip(params, grads):
        check_same_shape(p=p, g=g)
        result.append(np.asarray(p, float) + learning_rate * np.asarray(g, float))
    return tuple(result)


def gradient_descent(loss_fn, grad_fn, params, learning_rate, n_steps):
    check_range(">= 0", n_steps=n_steps)
    params = tuple(np.array(p, float)[()] for p in params)
    losses = [loss_fn(params)]
    for _ in range(n_steps):
        params = gradient_step(params, grad_fn(params), learning_rate)
        losses.append(loss_fn(params))
    return params, np.array(losses, float)


def flat_fraction(values):
    v = np.asarray(values, float)
    if len(v) < 2:
        raise ValueError("empty")
    return float(np.mean(np.isclose(v[1:], v[:-1])))
