"""Other right implementations of expected_business_cost."""

import numpy as np


def by_hand(tpr, fpr, base_rate, cost_fp, cost_fn):
    """Check by hand and add the two parts."""
    for name, value in (("tpr", tpr), ("fpr", fpr), ("base_rate", base_rate)):
        if not 0 <= value <= 1:
            raise ValueError(f"{name} is outside of [0, 1]")
    for name, value in (("cost_fp", cost_fp), ("cost_fn", cost_fn)):
        if value < 0:
            raise ValueError(f"{name} is negative")
    fnr = 1 - tpr
    return float(cost_fn * fnr * base_rate + cost_fp * fpr * (1 - base_rate))


def dot_product(tpr, fpr, base_rate, cost_fp, cost_fn):
    """Multiply the shares of the four cells by their prices."""
    check_range("in [0, 1]", tpr=tpr, fpr=fpr, base_rate=base_rate)
    check_range(">= 0", cost_fp=cost_fp, cost_fn=cost_fn)
    lot = np.array([[1 - base_rate], [base_rate]])
    rates = np.array([[1 - fpr, fpr], [1 - tpr, tpr]])
    prices = np.array([[0, cost_fp], [cost_fn, 0]], dtype=float)
    return np.sum(lot * rates * prices)


def mixture(tpr, fpr, base_rate, cost_fp, cost_fn):
    """Mix the costs of a lot full of vacant spaces and of one without any."""
    check_range("in [0, 1]", tpr=tpr, fpr=fpr, base_rate=base_rate)
    check_range(">= 0", cost_fn=cost_fn, cost_fp=cost_fp)
    return float(np.interp(base_rate, [0, 1], [fpr * cost_fp, (1 - tpr) * cost_fn]))


def plain_formula(tpr, fpr, base_rate, cost_fp, cost_fn):
    """Write the formula down, and convert nothing."""
    for name in ("tpr", "fpr", "base_rate", "cost_fp", "cost_fn"):
        value = {**locals()}[name]
        if value < 0 or (value > 1 and not name.startswith("cost")):
            raise ValueError(f"{name} cannot be {value}")
    return base_rate * (1 - tpr) * cost_fn + (1 - base_rate) * fpr * cost_fp
