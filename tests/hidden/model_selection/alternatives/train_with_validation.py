"""Other right implementations of train_with_validation."""

import copy

import numpy as np


def whole_path(loss_fn, grad_fn, params, train, val, learning_rate, n_epochs):
    """Keep the parameters of all epochs, then judge them."""
    if n_epochs < 0:
        raise ValueError(f"n_epochs must be >= 0, got {n_epochs}")
    path = [tuple(np.array(p, dtype=float) for p in params)]
    for _ in range(n_epochs):
        old = path[-1]
        grads = grad_fn(old, *train)
        path.append(tuple(p - learning_rate * g for p, g in zip(old, grads)))
    train_loss = np.array([loss_fn(p, *train) for p in path], dtype=float)
    val_loss = np.array([loss_fn(p, *val) for p in path], dtype=float)
    best = int(np.nanargmin(val_loss))
    return path[best], {"train_loss": train_loss, "val_loss": val_loss, "best_epoch": best}


def deep_copies(loss_fn, grad_fn, params, train, val, learning_rate, n_epochs):
    """Change a copy in place and copy it again whenever it is the best so far."""
    check_range(">= 0", n_epochs=n_epochs)
    (X, y), (X_val, y_val) = train, val
    current = [p.astype(float) if isinstance(p, np.ndarray) else float(p) for p in params]
    history = {
        "train_loss": [loss_fn(tuple(current), X, y)],
        "val_loss": [loss_fn(tuple(current), X_val, y_val)],
    }
    best, best_epoch, least = copy.deepcopy(current), 0, history["val_loss"][0]
    for epoch in range(1, n_epochs + 1):
        grads = grad_fn(tuple(current), X, y)
        for i, g in enumerate(grads):
            current[i] -= learning_rate * g
        history["train_loss"].append(loss_fn(tuple(current), X, y))
        loss = loss_fn(tuple(current), X_val, y_val)
        history["val_loss"].append(loss)
        if loss < least or (np.isnan(least) and not np.isnan(loss)):
            best, best_epoch, least = copy.deepcopy(current), epoch, loss
    curves = {name: np.array(values, dtype=float) for name, values in history.items()}
    return tuple(best), {**curves, "best_epoch": best_epoch}


def step_at_the_end(loss_fn, grad_fn, params, train, val, learning_rate, n_epochs):
    """Look at the losses first and make a step afterwards, one of them for nothing."""
    if n_epochs < 0:
        raise ValueError("n_epochs is negative")
    train_loss, val_loss = np.zeros(n_epochs + 1), np.zeros(n_epochs + 1)
    least, best_epoch = np.inf, 0
    current = best = [np.copy(p) * 1.0 for p in params]
    for epoch in range(n_epochs + 1):
        train_loss[epoch] = loss_fn(tuple(current), *train)
        val_loss[epoch] = loss_fn(tuple(current), *val)
        if val_loss[epoch] < least:
            least, best_epoch, best = val_loss[epoch], epoch, current
        grads = grad_fn(tuple(current), *train)
        current = [p - np.multiply(learning_rate, g) for p, g in zip(current, grads)]
    history = {"train_loss": train_loss, "val_loss": val_loss}
    return tuple(best), history | {"best_epoch": np.int64(best_epoch)}
