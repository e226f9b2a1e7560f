"""Other right implementations of adjust_to_base_rate."""

import numpy as np


def shifted_logits(p, old_rate, new_rate):
    """Shift the logits and go back through the sigmoid."""
    p = np.asarray(p, dtype=float)
    check_range("in [0, 1]", p=p)
    check_range("in (0, 1)", old_rate=old_rate, new_rate=new_rate)

    def logit(q):
        with np.errstate(divide="ignore"):
            return np.log(q) - np.log1p(-q)

    return 1.0 / (1.0 + np.exp(-(logit(p) + logit(new_rate) - logit(old_rate))))


def one_by_one(p, old_rate, new_rate):
    """Treat one probability after the other."""
    if not 0 < old_rate < 1:
        raise ValueError(f"old_rate must be in (0, 1), got {old_rate}")
    if not 0 < new_rate < 1:
        raise ValueError(f"new_rate must be in (0, 1), got {new_rate}")
    values = np.array(p, dtype=float)
    result = np.zeros(values.shape)
    for index in np.ndindex(values.shape):
        q = values[index]
        if q < 0 or q > 1:
            raise ValueError(f"p = {q} is no probability")
        vacant = q * new_rate / old_rate
        result[index] = vacant / (vacant + (1 - q) * (1 - new_rate) / (1 - old_rate))
    return result


def odds_ratio(p, old_rate, new_rate):
    """Multiply the odds by one number, without dividing by 1 - p."""
    p = np.asarray(p, dtype=float)
    if np.any(p < 0) or np.any(p > 1):
        raise ValueError("p must be a probability")
    check_range("in (0, 1)", old_rate=old_rate)
    check_range("in (0, 1)", new_rate=new_rate)
    k = new_rate * (1 - old_rate) / (old_rate * (1 - new_rate))
    return k * p / (k * p + 1 - p)


def common_denominator(p, old_rate, new_rate):
    """Clear the fractions first."""
    p = np.array(p, dtype=float)
    check_range("in [0, 1]", p=p)
    check_range("in (0, 1)", old_rate=old_rate, new_rate=new_rate)
    vacant = p * new_rate * (1 - old_rate)
    return vacant / (vacant + (1 - p) * (1 - new_rate) * old_rate)
