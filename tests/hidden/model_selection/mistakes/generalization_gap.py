"""Wrong implementations of generalization_gap."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Memorised training data: should the gap be positive?",
    relation="-right",
)
def training_minus_validation(train_losses, val_losses):
    """The student subtracts in the order of the arguments."""
    train, val = _checked(train_losses, val_losses)
    return train - val


@mistake(
    "M2",
    hint="May validation be better than training?",
    relation="equal unless validation is better; there -right",
)
def absolute_difference(train_losses, val_losses):
    """The student takes a gap for a distance."""
    train, val = _checked(train_losses, val_losses)
    return np.abs(val - train)


@mistake(
    "M3",
    hint="Which units has a gap?",
    relation="val / train, without units and undefined at 0",
)
def ratio(train_losses, val_losses):
    """The student divides."""
    train, val = _checked(train_losses, val_losses)
    with np.errstate(divide="ignore", invalid="ignore"):
        return val / train


@mistake(
    "M4",
    hint="One number for the whole run? In which epoch did the model begin to memorise?",
    relation="the mean of right, shape () instead of (n,)",
)
def one_number(train_losses, val_losses):
    """The student averages over the epochs."""
    train, val = _checked(train_losses, val_losses)
    return float(np.mean(val - train))


def _checked(train_losses, val_losses):
    train, val = np.asarray(train_losses, dtype=float), np.asarray(val_losses, dtype=float)
    check_vectors(train_losses=train, val_losses=val)
    check_not_empty(train_losses=train)
    return train, val
