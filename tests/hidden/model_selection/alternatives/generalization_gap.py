"""Other right implementations of generalization_gap."""

import numpy as np


def loops(train_losses, val_losses):
    """Go through the epochs."""
    if np.shape(train_losses) != np.shape(val_losses):
        raise ValueError("the curves differ in shape")
    if len(train_losses) == 0:
        raise ValueError("the curves are empty")
    return np.array([float(v) - float(t) for t, v in zip(train_losses, val_losses)])


def minus_the_difference(train_losses, val_losses):
    """Use numpy's functions, and turn the sign around."""
    train, val = np.array(train_losses, dtype=float), np.array(val_losses, dtype=float)
    check_vectors(train_losses=train, val_losses=val)
    check_not_empty(train_losses=train)
    return np.negative(np.subtract(train, val))


def difference_of_rows(train_losses, val_losses):
    """Stack the curves and take the difference along the new axis."""
    check_vectors(train_losses=train_losses, val_losses=val_losses)
    check_not_empty(val_losses=val_losses)
    return np.diff(np.array([train_losses, val_losses], dtype=np.float64), axis=0)[0]
