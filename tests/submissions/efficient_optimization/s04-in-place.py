"""Saves memory: everything is updated where it lies."""
import numpy as np
from given.checks import check_not_empty, check_range, check_same_shape, check_shape
from given.gradient_descent import gradient_step


def standardize_fit(X):
    X = np.asarray(X, dtype=float)
    check_shape(("n", "d"), X=X)
    check_not_empty(X=X)
    std = X.std(axis=0, ddof=1) if len(X) > 1 else np.ones(X.shape[1])
    std[np.ptp(X, axis=0) == 0] = 1.0
    return X.mean(axis=0), std


def standardize_apply(X, mean, std):
    X = np.asarray(X, dtype=float)
    check_shape(("n", "d"), X=X)
    check_shape((X.shape[1],), mean=mean, std=std)
    check_range("> 0", std=std)
    X -= mean
    X /= std
    return X


def momentum_step(params, velocity, grads, learning_rate, momentum=0.9):
    check_range("> 0", learning_rate=learning_rate)
    check_range("in [0, 1)", momentum=momentum)
    if not len(params) == len(velocity) == len(grads):
        raise ValueError("params, velocity, grads: different shape")
    params, velocity = list(params), list(velocity)
    for i, g in enumerate(grads):
        check_same_shape(p=params[i], v=velocity[i], g=g)
        velocity[i] *= momentum
        velocity[i] -= learning_rate * np.asarray(g, dtype=float)
        params[i] += velocity[i]
    return tuple(params), tuple(velocity)


def minibatch_indices(n, batch_size, rng):
    check_range(">= 1", n=n, batch_size=batch_size)
    order = np.arange(n)
    rng.shuffle(order)
    return [order[i:i + batch_size] for i in range(0, n, batch_size)]


def minibatch_gradient_descent(grad_fn, params, X, y, learning_rate, batch_size, n_epochs, rng):
    X, y = np.asarray(X, dtype=float), np.asarray(y)
    check_shape((len(X),), y=y)
    check_not_empty(X=X)
    check_range(">= 0", n_epochs=n_epochs)
    check_range(">= 1", batch_size=batch_size)
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        X[:] = X[order]
        y[:] = y[order]
        for i in range(0, len(X), batch_size):
            grads = grad_fn(params, X[i:i + batch_size], y[i:i + batch_size])
            params = gradient_step(params, grads, learning_rate)
    return params


def max_stable_learning_rate(X):
    raise NotImplementedError


def decayed_learning_rate(initial, step, decay_rate, decay_steps=1):
    check_range("> 0", initial=initial)
    check_range(">= 0", step=step, decay_rate=decay_rate)
    check_range(">= 1", decay_steps=decay_steps)
    return float(initial * np.exp(-decay_rate * step / decay_steps))
