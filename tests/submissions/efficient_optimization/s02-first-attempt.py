# A3, Making gradient descent efficient
import numpy as np
from given.checks import *
from given.gradient_descent import gradient_descent, gradient_step


def standardize_fit(X):
    X = np.asarray(X, dtype=float)
    check_shape(("n", "d"), X=X)
    check_not_empty(X=X)
    return X.mean(axis=0), X.std(axis=0) + 1e-8     # never divide by 0


def standardize_apply(X, mean, std):
    X = np.asarray(X, dtype=float)
    check_shape(("n", "d"), X=X)
    check_shape((X.shape[1],), mean=mean, std=std)
    check_range("> 0", std=std)
    return (X - np.asarray(mean, dtype=float)) / np.asarray(std, dtype=float)


def max_stable_learning_rate(X):
    X = np.asarray(X, dtype=float)
    check_shape(("n", "d"), X=X)
    check_not_empty(X=X)
    # Hessian is 2/n X^T X
    return float(len(X) / np.linalg.norm(X, 2) ** 2)


def decayed_learning_rate(initial, step, decay_rate, decay_steps=1):
    check_range("> 0", initial=initial)
    check_range(">= 0", step=step, decay_rate=decay_rate)
    check_range(">= 1", decay_steps=decay_steps)
    return float(initial / (1 + decay_rate * (step // decay_steps)))


def minibatch_indices(n, batch_size, rng):
    check_range(">= 1", n=n, batch_size=batch_size)
    order = rng.permutation(n)
    batches = []
    for i in range(n // batch_size):
        batches.append(order[i * batch_size:(i + 1) * batch_size])
    return batches


def minibatch_gradient_descent(grad_fn, params, X, y, learning_rate, batch_size, n_epochs, rng):
    X = np.asarray(X, dtype=float)
    y = np.asarray(y)
    check_shape((len(X),), y=y)
    check_not_empty(X=X)
    check_range(">= 0", n_epochs=n_epochs)
    batches = minibatch_indices(len(X), batch_size, rng)
    for epoch in range(n_epochs):
        for idx in batches:
            params = gradient_step(params, grad_fn(params, X[idx], y[idx]), learning_rate)
    return params


def momentum_step(params, velocity, grads, learning_rate, momentum=0.9):
    # as in PyTorch
    check_range("> 0", learning_rate=learning_rate)
    check_range("in [0, 1)", momentum=momentum)
    if not len(params) == len(velocity) == len(grads):
        raise ValueError("shape")
    new_p, new_v = [], []
    for p, v, g in zip(params, velocity, grads):
        check_same_shape(p=p, v=v, g=g)
        v = momentum * np.asarray(v, float) + np.asarray(g, float)
        new_v.append(v)
        new_p.append(np.asarray(p, float) - learning_rate * v)
    return tuple(new_p), tuple(new_v)


def train_with_loss_checks(loss_fn, grad_fn, params, learning_rate, max_steps, check_every, tol):
    check_range(">= 0", max_steps=max_steps, tol=tol)
    check_range(">= 1", check_every=check_every)
    old = loss_fn(params)
    checks = [(0, float(old))]
    for t in range(1, max_steps + 1):
        params = gradient_step(params, grad_fn(params), learning_rate)
        loss = loss_fn(params)
        if t % check_every == 0 or t == max_steps:
            checks.append((t, float(loss)))
            if abs(old - loss) <= tol:
                return params, t, checks
        old = loss
    return params, max_steps, checks


def training_work(n_examples, batch_size, n_epochs, check_every):
    check_range(">= 1", n_examples=n_examples, batch_size=batch_size, check_every=check_every)
    check_range(">= 0", n_epochs=n_epochs)
    steps = n_epochs * (n_examples // batch_size)
    return steps, steps * batch_size, n_examples * (1 + steps // check_every)


def classify_loss_curve(losses, tol=1e-3):
    losses = np.asarray(losses, dtype=float)
    if len(losses) < 2:
        raise ValueError("empty")
    if losses[-1] > losses[0]:
        return "diverging"
    tail = losses[len(losses) // 2:]
    if tail.max() - tail.min() <= tol:
        return "converged"
    if np.mean(np.diff(tail) > tol) >= 0.25:
        return "oscillating"
    return "still_decreasing"


def best_of_restarts(loss_fn, grad_fn, starts, learning_rate, n_steps):
    check_not_empty(starts=[s[0] for s in starts])
    ends = []
    params = starts[0]
    for start in starts:
        params, losses = gradient_descent(loss_fn, grad_fn, params, learning_rate, n_steps)
        ends.append((losses[-1], params))
    final = np.array([e[0] for e in ends])
    if np.isnan(final).all():
        raise ValueError("NaN")
    best = int(np.nanargmin(final))
    return ends[best][1], best, final
