"""Other right implementations of precision_at_base_rate."""

import numpy as np


def by_hand(tpr, fpr, base_rate):
    """Check by hand, and leave the empty case first."""
    for name, value in (("tpr", tpr), ("fpr", fpr), ("base_rate", base_rate)):
        if value < 0 or value > 1:
            raise ValueError(f"{name} must lie between 0 and 1")
    hits, false_alarms = tpr * base_rate, fpr * (1 - base_rate)
    if hits + false_alarms == 0:
        return 0.0
    return hits / (hits + false_alarms)


def odds(tpr, fpr, base_rate):
    """Write the precision as 1 / (1 + false alarms per hit)."""
    check_range("in [0, 1]", tpr=tpr)
    check_range("in [0, 1]", fpr=fpr)
    check_range("in [0, 1]", base_rate=base_rate)
    hits = np.float64(tpr) * base_rate
    if hits == 0:
        return 0.0
    return 1.0 / (1.0 + (1 - base_rate) * fpr / hits)


def thousand_spaces(tpr, fpr, base_rate):
    """Imagine a lot and count."""
    check_range("in [0, 1]", tpr=tpr, fpr=fpr, base_rate=base_rate)
    vacant, occupied = 1000 * base_rate, 1000 * (1 - base_rate)
    counts = np.array([vacant * tpr, occupied * fpr], dtype=float)
    with np.errstate(invalid="ignore"):
        return float(np.nan_to_num(counts[0] / counts.sum(), nan=0.0))
