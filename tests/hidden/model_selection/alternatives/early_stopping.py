"""Other right implementations of early_stopping."""

import math

import numpy as np


def counter(val_losses, patience, min_delta=0.0):
    """Count the epochs without improvement."""
    losses = [float(loss) for loss in val_losses]
    if len(losses) == 0:
        raise ValueError("empty")
    if patience < 1:
        raise ValueError("patience must be at least 1")
    if min_delta < 0:
        raise ValueError("min_delta is negative")
    best, least, bad = 0, losses[0], 0
    for epoch, loss in enumerate(losses[1:], 1):
        if math.isnan(least):
            better = not math.isnan(loss)
        else:
            better = loss < least - min_delta
        if better:
            best, least, bad = epoch, loss, 0
        else:
            bad += 1
            if bad == patience:
                return best, epoch
    return best, len(losses) - 1


def best_epochs_first(val_losses, patience, min_delta=0.0):
    """List the epochs that became the best one, then look for the first long gap."""
    losses = np.asarray(val_losses, dtype=float)
    check_not_empty(val_losses=losses)
    check_range(">= 1", patience=patience)
    check_range(">= 0", min_delta=min_delta)
    records = [0]
    for epoch in range(len(losses)):
        old = losses[records[-1]]
        old = np.inf if np.isnan(old) else old
        if losses[epoch] < old - min_delta:
            records.append(epoch)
    for record, following in zip(records, [*records[1:], np.inf]):
        stop = record + patience
        if following > stop and stop < len(losses):
            return record, int(stop)
    return records[-1], len(losses) - 1


def jumps(val_losses, patience, min_delta=0.0):
    """From each best epoch look `patience` epochs ahead for a better one."""
    losses = np.array(val_losses, dtype=float)
    if losses.size == 0:
        raise ValueError("val_losses is empty")
    if patience <= 0:
        raise ValueError(f"patience = {patience}")
    if min_delta < 0:
        raise ValueError(f"min_delta = {min_delta}")
    best = np.int64(0)
    while True:
        ahead = losses[best + 1 : best + 1 + patience]
        level = np.inf if np.isnan(losses[best]) else losses[best] - min_delta
        better = np.flatnonzero(ahead < level)
        if better.size == 0:
            return best, best + ahead.size
        best = best + 1 + better[0]


def as_the_rule_is_told(val_losses, patience, min_delta=0.0):
    """Go along the curve as it was given, number by number."""
    if len(val_losses) == 0:
        raise ValueError("The curve is empty.")
    if not patience >= 1:
        raise ValueError("patience: at least one epoch, please")
    if not min_delta >= 0:
        raise ValueError("min_delta: not below zero, please")
    best = 0
    for e in range(1, len(val_losses)):
        better = val_losses[e] < val_losses[best] - min_delta
        if better or (val_losses[best] != val_losses[best] and val_losses[e] == val_losses[e]):
            best = e
        elif e - best >= patience:
            return best, e
    return best, len(val_losses) - 1
