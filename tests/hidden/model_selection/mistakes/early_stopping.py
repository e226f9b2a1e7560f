"""Wrong implementations of early_stopping."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="At epoch 4, may you know epoch 6?",
    relation="the best epoch of the whole curve; the stop is right",
)
def looks_into_the_future(val_losses, patience, min_delta=0.0):
    """The student takes the smallest loss of all."""
    losses = _checked(val_losses, patience, min_delta)
    return int(np.nanargmin(losses)), _go(losses, patience, min_delta)[1]


@mistake(
    "M2",
    hint="Compared with the best, not with the last.",
    relation="stops later: a fall to a loss that is still worse than the best starts the count anew",
)
def counts_consecutive_rises(val_losses, patience, min_delta=0.0):
    """The student counts how often in a row the loss did not fall."""
    losses = _checked(val_losses, patience, min_delta)
    best, bad = 0, 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best] - min_delta or np.isnan(losses[best]):
            best = epoch
        bad = 0 if losses[epoch] < losses[epoch - 1] - min_delta else bad + 1
        if bad >= patience:
            return best, epoch
    return best, len(losses) - 1


@mistake(
    "M3",
    hint="Patience 1: how many bad epochs do you allow?",
    relation="one epoch later",
)
def one_epoch_too_patient(val_losses, patience, min_delta=0.0):
    """The student writes > where >= is meant."""
    return _go(_checked(val_losses, patience, min_delta), patience + 1, min_delta)


@mistake(
    "M4",
    hint="Better than the epoch before, or than the best?",
    relation="a small recovery counts as the best epoch",
)
def compares_with_the_epoch_before(val_losses, patience, min_delta=0.0):
    """The student calls an epoch good if it is better than the one before."""
    losses = _checked(val_losses, patience, min_delta)
    best = 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[epoch - 1] - min_delta or np.isnan(losses[best]):
            best = epoch
        elif epoch - best >= patience:
            return best, epoch
    return best, len(losses) - 1


@mistake(
    "M5",
    hint="Is an equal loss an improvement?",
    relation="the last epoch of a plateau, and a later stop",
)
def equal_counts_as_better(val_losses, patience, min_delta=0.0):
    """The student writes <= where < is meant."""
    losses = _checked(val_losses, patience, min_delta)
    best = 0
    for epoch in range(1, len(losses)):
        if losses[epoch] <= losses[best] - min_delta or np.isnan(losses[best]):
            best = epoch
        elif epoch - best >= patience:
            return best, epoch
    return best, len(losses) - 1


@mistake(
    "M6",
    hint="When you stop, the good model lies `patience` epochs back.",
    relation="(stop, stop)",
)
def the_stop_is_the_best(val_losses, patience, min_delta=0.0):
    """The student ships the model of the epoch at which training stopped."""
    _, stop = _go(_checked(val_losses, patience, min_delta), patience, min_delta)
    return stop, stop


def _checked(val_losses, patience, min_delta):
    losses = np.asarray(val_losses, dtype=float)
    check_not_empty(val_losses=losses)
    check_range(">= 1", patience=patience)
    check_range(">= 0", min_delta=min_delta)
    return losses


def _go(losses, patience, min_delta):
    best = 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best] - min_delta or np.isnan(losses[best]):
            best = epoch
        elif epoch - best >= patience:
            return best, epoch
    return best, len(losses) - 1
