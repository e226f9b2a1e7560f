"""Wrong implementations of train_with_validation."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Which epoch's model would you ship?",
    relation="the parameters after the last step",
)
def returns_the_last_parameters(loss_fn, grad_fn, params, train, val, learning_rate, n_epochs):
    """The student finds the best epoch and returns what is left at the end."""
    path, history = _run(loss_fn, grad_fn, params, train, val, learning_rate, n_epochs)
    return path[-1], {**history, "best_epoch": _first_least(history["val_loss"])}


@mistake(
    "M2",
    hint="After your call, is the caller's array still what it was? Build a new array.",
    relation="the arrays of the last step, whatever the best epoch",
)
def keeps_a_reference(loss_fn, grad_fn, params, train, val, learning_rate, n_epochs):
    """The student remembers the best parameters and goes on writing into them."""
    check_range(">= 0", n_epochs=n_epochs)
    current = [np.array(p, dtype=float) for p in params]
    best, best_epoch, curves = current, 0, ([], [])
    for epoch in range(n_epochs + 1):
        if epoch > 0:
            for p, g in zip(current, grad_fn(tuple(current), *train)):
                p -= learning_rate * np.asarray(g)
        curves[0].append(loss_fn(tuple(current), *train))
        curves[1].append(loss_fn(tuple(current), *val))
        if not curves[1][best_epoch] <= curves[1][epoch] and not np.isnan(curves[1][epoch]):
            best, best_epoch = current, epoch
    return tuple(p[()] if p.ndim == 0 else p for p in best), {
        "train_loss": np.array(curves[0]),
        "val_loss": np.array(curves[1]),
        "best_epoch": best_epoch,
    }


@mistake(
    "M3",
    hint="Which set tells you how the model does on new spaces?",
    relation="the epoch with the smallest training loss, mostly the last",
)
def best_by_training_loss(loss_fn, grad_fn, params, train, val, learning_rate, n_epochs):
    """The student chooses by the loss that the training makes small."""
    path, history = _run(loss_fn, grad_fn, params, train, val, learning_rate, n_epochs)
    best = _first_least(history["train_loss"])
    return path[best], {**history, "best_epoch": best}


@mistake(
    "M4",
    hint="Entry 0 is before the first step.",
    relation="best_epoch + 1",
)
def counts_epochs_from_1(loss_fn, grad_fn, params, train, val, learning_rate, n_epochs):
    """The student calls the start epoch 1."""
    path, history = _run(loss_fn, grad_fn, params, train, val, learning_rate, n_epochs)
    best = _first_least(history["val_loss"])
    return path[best], {**history, "best_epoch": best + 1}


@mistake(
    "M5",
    hint="Do both numbers of an epoch come from the same weights?",
    relation='"val_loss" is an epoch ahead of "train_loss"',
)
def one_loss_before_the_step_one_after(
    loss_fn, grad_fn, params, train, val, learning_rate, n_epochs
):
    """The student takes the training loss before a step and the validation loss after it."""
    path, ahead = _run(loss_fn, grad_fn, params, train, val, learning_rate, n_epochs + 1)
    history = {"train_loss": ahead["train_loss"][:-1], "val_loss": ahead["val_loss"][1:]}
    best = _first_least(history["val_loss"])
    return path[best + 1], {**history, "best_epoch": best}


@mistake(
    "M6",
    hint="Two equal minima: which was reached first?",
    relation="a later epoch with the same validation loss",
)
def last_of_equal_minima(loss_fn, grad_fn, params, train, val, learning_rate, n_epochs):
    """The student compares with <=."""
    path, history = _run(loss_fn, grad_fn, params, train, val, learning_rate, n_epochs)
    backwards = history["val_loss"][::-1]
    best = len(backwards) - 1 - _first_least(backwards)
    return path[best], {**history, "best_epoch": best}


@mistake(
    "M7",
    hint="Three epochs without an improvement: does the function stop there?",
    relation="right, but the curves end after the validation loss has risen three times running",
)
def stops_when_the_curve_rises(loss_fn, grad_fn, params, train, val, learning_rate, n_epochs):
    """The student stops early, which this function is not asked to do."""
    path, history = _run(loss_fn, grad_fn, params, train, val, learning_rate, n_epochs)
    rises = np.diff(history["val_loss"]) > 0
    end = next((e + 4 for e in range(len(rises) - 2) if rises[e : e + 3].all()), len(path))
    curves = {name: losses[:end] for name, losses in history.items()}
    best = _first_least(curves["val_loss"])
    return path[best], {**curves, "best_epoch": best}


@mistake(
    "M8",
    hint="What if every loss is above your first guess of the best one?",
    relation="right if a validation loss is below a billion and none is 0",
)
def begins_with_a_large_number(loss_fn, grad_fn, params, train, val, learning_rate, n_epochs):
    """The student compares with the best loss so far, or with a billion where there is none."""
    path, history = _run(loss_fn, grad_fn, params, train, val, learning_rate, n_epochs)
    best, lowest = len(path) - 1, None
    for epoch, loss in enumerate(history["val_loss"]):
        if loss < (lowest or 1e9):
            best, lowest = epoch, loss
    return path[best], {**history, "best_epoch": best}


def _run(loss_fn, grad_fn, params, train, val, learning_rate, n_epochs):
    check_range(">= 0", n_epochs=n_epochs)
    path = [tuple(np.array(p, dtype=float)[()] for p in params)]
    for _ in range(n_epochs):
        grads = grad_fn(path[-1], *train)
        path.append(tuple(p - learning_rate * np.asarray(g) for p, g in zip(path[-1], grads)))
    return path, {
        "train_loss": np.array([loss_fn(p, *train) for p in path], dtype=float),
        "val_loss": np.array([loss_fn(p, *val) for p in path], dtype=float),
    }


def _first_least(losses):
    return int(np.nanargmin(losses))
