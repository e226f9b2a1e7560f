"""Right implementations of classify_loss_curve, other than the reference."""

import math

import numpy as np


def in_plain_python(losses, tol=1e-3):
    """Loop over a list."""
    values = [float(value) for value in np.asarray(losses, dtype=float)]
    m = len(values)
    if m < 2:
        raise ValueError("too few losses: empty or a single one")
    if any(math.isnan(v) or math.isinf(v) for v in values):
        return "diverging"
    if values[m - 1] > values[0]:
        return "diverging"
    limit = tol * (values[0] - min(values))
    tail = values[m // 2 :]
    if max(tail) - min(tail) <= limit:
        return "converged"
    rises = sum(1 for i in range(1, len(tail)) if tail[i] - tail[i - 1] > limit)
    return "oscillating" if 4 * rises >= len(tail) - 1 else "still_decreasing"


def asks_one_question_after_the_other(losses, tol=1e-3):
    """Prepare all answers and pick the first that holds."""
    curve = np.array(losses, dtype=np.float64)
    if curve.size < 2:
        raise ValueError("empty")
    if not np.isfinite(curve).all():
        return "diverging"
    limit = (curve[0] - curve.min()) * tol
    tail = curve[curve.size // 2 :]
    steps = tail[1:] - tail[:-1]
    answers = {
        "diverging": curve[0] < curve[-1],
        "converged": np.ptp(tail) <= limit,
        "oscillating": np.count_nonzero(steps > limit) >= 0.25 * steps.size,
        "still_decreasing": True,
    }
    return next(word for word, holds in answers.items() if holds)
