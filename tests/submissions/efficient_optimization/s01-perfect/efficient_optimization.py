"""My solution for assignment 3."""
import math

import numpy as np
from given.gradient_descent import gradient_step


def table(X):
    X = np.array(X, dtype=np.float64)
    if X.ndim != 2:
        raise ValueError(f"X must have shape (n, d), got {X.shape}")
    return X


def copies(params):
    return tuple(float(p) if np.ndim(p) == 0 else np.array(p, dtype=np.float64) for p in params)


def standardize_fit(X):
    X = table(X)
    if len(X) == 0:
        raise ValueError("X is empty")
    mean = X.mean(axis=0)
    std = np.sqrt(np.mean((X - mean) ** 2, axis=0))
    std[X.max(axis=0) == X.min(axis=0)] = 1.0
    return mean, std


def standardize_apply(X, mean, std):
    X, mean, std = table(X), np.array(mean, dtype=float), np.array(std, dtype=float)
    d = X.shape[1]
    if mean.shape != (d,) or std.shape != (d,):
        raise ValueError(f"shapes {X.shape}, {mean.shape} and {std.shape} do not fit")
    if not (std > 0).all():
        raise ValueError(f"std must be > 0, got {std}")
    return (X - mean) / std


def max_stable_learning_rate(X):
    X = table(X)
    n = len(X)
    if n == 0:
        raise ValueError("X is empty")
    A = np.hstack([X, np.ones((n, 1))])
    hessian = 2 * A.T @ A / n
    return float(2 / np.linalg.eigvalsh(hessian).max())


def decayed_learning_rate(initial, step, decay_rate, decay_steps=1):
    if initial <= 0:
        raise ValueError(f"initial must be > 0, got {initial}")
    if step < 0:
        raise ValueError(f"step must be >= 0, got {step}")
    if decay_rate < 0:
        raise ValueError(f"decay_rate must be >= 0, got {decay_rate}")
    if decay_steps < 1:
        raise ValueError(f"decay_steps must be >= 1, got {decay_steps}")
    return float(initial / (1 + decay_rate * step / decay_steps))


def minibatch_indices(n, batch_size, rng):
    if n < 1:
        raise ValueError(f"n must be >= 1, got {n}")
    if batch_size < 1:
        raise ValueError(f"batch_size must be >= 1, got {batch_size}")
    order = np.arange(n)
    rng.shuffle(order)
    return [order[i : i + batch_size].copy() for i in range(0, n, batch_size)]


def minibatch_gradient_descent(
    grad_fn, params, X, y, learning_rate, batch_size, n_epochs, rng
):
    X, y = table(X), np.array(y)
    if y.shape[:1] != X.shape[:1]:
        raise ValueError(f"X and y have shapes {X.shape} and {y.shape}")
    if len(X) == 0:
        raise ValueError("X is empty")
    if n_epochs < 0:
        raise ValueError(f"n_epochs must be >= 0, got {n_epochs}")
    params = copies(params)
    for _ in range(n_epochs):
        for batch in minibatch_indices(len(X), batch_size, rng):
            grads = grad_fn(params, X[batch], y[batch])
            params = gradient_step(params, grads, learning_rate)
    return params


def momentum_step(params, velocity, grads, learning_rate, momentum=0.9):
    if learning_rate <= 0:
        raise ValueError(f"learning_rate must be > 0, got {learning_rate}")
    if momentum < 0 or momentum >= 1:
        raise ValueError(f"momentum must be in [0, 1), got {momentum}")
    params, velocity, grads = copies(params), copies(velocity), copies(grads)
    if not [np.shape(p) for p in params] == [np.shape(v) for v in velocity] == [
        np.shape(g) for g in grads
    ]:
        raise ValueError("params, velocity and grads differ in shape")
    velocity = tuple(momentum * v - learning_rate * g for v, g in zip(velocity, grads))
    return tuple(p + v for p, v in zip(params, velocity)), velocity


def train_with_loss_checks(loss_fn, grad_fn, params, learning_rate, max_steps, check_every, tol):
    if max_steps < 0:
        raise ValueError(f"max_steps must be >= 0, got {max_steps}")
    if check_every < 1:
        raise ValueError(f"check_every must be >= 1, got {check_every}")
    if tol < 0:
        raise ValueError(f"tol must be >= 0, got {tol}")
    params = copies(params)
    checks = [(0, float(loss_fn(params)))]
    t = 0
    while t < max_steps:
        params = gradient_step(params, grad_fn(params), learning_rate)
        t += 1
        if t % check_every and t != max_steps:
            continue
        checks.append((t, float(loss_fn(params))))
        if abs(checks[-2][1] - checks[-1][1]) <= tol:
            break
    return params, t, checks


def training_work(n_examples, batch_size, n_epochs, check_every):
    for name, value, least in (
        ("n_examples", n_examples, 1),
        ("batch_size", batch_size, 1),
        ("n_epochs", n_epochs, 0),
        ("check_every", check_every, 1),
    ):
        if value < least:
            raise ValueError(f"{name} must be >= {least}, got {value}")
    steps = n_epochs * math.ceil(n_examples / batch_size)
    return steps, n_epochs * n_examples, n_examples * (steps // check_every + 1)


def classify_loss_curve(losses, tol=1e-3):
    losses = np.array(losses, dtype=float)
    if losses.size < 2:
        raise ValueError("empty: two losses are needed")
    if not np.isfinite(losses).all() or losses[-1] > losses[0]:
        return "diverging"
    tail = losses[losses.size // 2 :]
    limit = tol * (losses[0] - losses.min())
    if tail.max() - tail.min() <= limit:
        return "converged"
    rises = (tail[1:] - tail[:-1]) > limit
    return "oscillating" if rises.mean() >= 0.25 else "still_decreasing"


def best_of_restarts(loss_fn, grad_fn, starts, learning_rate, n_steps):
    if n_steps < 0:
        raise ValueError(f"n_steps must be >= 0, got {n_steps}")
    ends = []
    for start in starts:
        params = copies(start)
        for _ in range(n_steps):
            params = gradient_step(params, grad_fn(params), learning_rate)
        ends.append(params)
    losses = np.array([float(loss_fn(end)) for end in ends])
    best = None
    for i, loss in enumerate(losses):
        if not math.isnan(loss) and (best is None or loss < losses[best]):
            best = i
    if best is None:
        raise ValueError("starts is empty, or all losses are NaN")
    return ends[best], best, losses
