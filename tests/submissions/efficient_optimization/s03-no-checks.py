# The formulas, and nothing else.
import numpy as np
from given.gradient_descent import gradient_descent


def standardize_fit(X):
    std = np.std(X, axis=0)
    std[std == 0] = 1
    return np.mean(X, axis=0), std


def standardize_apply(X, mean, std):
    return (X - mean) / std


def max_stable_learning_rate(X):
    A = np.c_[X, np.ones(len(X))]
    return len(X) / np.linalg.norm(A, 2) ** 2


def decayed_learning_rate(initial, step, decay_rate, decay_steps=1):
    return initial / (1 + decay_rate * step / decay_steps)


def minibatch_indices(n, batch_size, rng):
    order = rng.permutation(n)
    return [order[i:i + batch_size] for i in range(0, n, batch_size)]


def minibatch_gradient_descent(grad_fn, params, X, y, learning_rate, batch_size, n_epochs, rng):
    for _ in range(n_epochs):
        for batch in minibatch_indices(len(X), batch_size, rng):
            grads = grad_fn(params, X[batch], y[batch])
            params = tuple(p - learning_rate * g for p, g in zip(params, grads))
    return params


def momentum_step(params, velocity, grads, learning_rate, momentum=0.9):
    velocity = tuple(momentum * v - learning_rate * g for v, g in zip(velocity, grads))
    return tuple(p + v for p, v in zip(params, velocity)), velocity


def train_with_loss_checks(loss_fn, grad_fn, params, learning_rate, max_steps, check_every, tol):
    checks = [(0, loss_fn(params))]
    for t in range(1, max_steps + 1):
        params = tuple(p - learning_rate * g for p, g in zip(params, grad_fn(params)))
        if t % check_every == 0 or t == max_steps:
            checks.append((t, loss_fn(params)))
            if abs(checks[-1][1] - checks[-2][1]) <= tol:
                return params, t, checks
    return params, max_steps, checks


def training_work(n_examples, batch_size, n_epochs, check_every):
    steps = n_epochs * int(np.ceil(n_examples / batch_size))
    return steps, n_epochs * n_examples, n_examples * (1 + steps // check_every)


def classify_loss_curve(losses, tol=1e-3):
    if not np.isfinite(losses).all() or losses[-1] > losses[0]:
        return "diverging"
    tail = losses[len(losses) // 2:]
    limit = tol * (losses[0] - min(losses))
    if max(tail) - min(tail) <= limit:
        return "converged"
    if np.mean(np.diff(tail) > limit) >= 0.25:
        return "oscillating"
    return "still_decreasing"


def best_of_restarts(loss_fn, grad_fn, starts, learning_rate, n_steps):
    runs = [gradient_descent(loss_fn, grad_fn, s, learning_rate, n_steps) for s in starts]
    losses = np.array([curve[-1] for _, curve in runs])
    best = int(losses.argmin())
    return runs[best][0], best, losses
