"""Wrong implementations of classify_loss_curve."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Up at the end: one wiggle or a trend?",
    relation='right unless the last loss lies above the one before; then "diverging"',
)
def looks_at_the_last_two(losses, tol=1e-3):
    """The student takes a rise at the very end for divergence."""
    losses = _curve(losses)
    if not np.all(np.isfinite(losses)) or losses[-1] > losses[-2]:
        return "diverging"
    return _rest(losses, tol)


@mistake(
    "M2",
    hint="What is nan > 1?",
    relation='right unless a loss is NaN; then "still_decreasing"',
)
def overlooks_nan(losses, tol=1e-3):
    """The student compares, and every comparison with NaN is false."""
    losses = _curve(losses)
    if losses[-1] > losses[0] or np.any(np.isinf(losses)):
        return "diverging"
    if np.any(np.isnan(losses)):
        return "still_decreasing"
    return _rest(losses, tol)


@mistake(
    "M3",
    hint="Express the loss in cents instead of euros: same curve?",
    relation="right if the loss falls by about 1",
)
def takes_tol_as_it_is(losses, tol=1e-3):
    """The student does not multiply tol by the scale of the curve."""
    losses = _curve(losses)
    if not np.all(np.isfinite(losses)) or losses[-1] > losses[0]:
        return "diverging"
    tail = losses[len(losses) // 2 :]
    if tail.max() - tail.min() <= tol:
        return "converged"
    return "oscillating" if np.mean(np.diff(tail) > tol) >= 0.25 else "still_decreasing"


@mistake(
    "M4",
    hint="Apply the rules to [1, 1, 1] from top to bottom.",
    relation='right unless the curve has converged; then mostly "still_decreasing"',
)
def asks_for_convergence_last(losses, tol=1e-3):
    """The student asks whether the loss did not rise before asking whether it stays."""
    losses = _curve(losses)
    if not np.all(np.isfinite(losses)) or losses[-1] > losses[0]:
        return "diverging"
    tail = losses[len(losses) // 2 :]
    small = tol * (losses[0] - losses.min())
    if len(tail) > 1 and np.mean(np.diff(tail) > small) >= 0.25:
        return "oscillating"
    return "still_decreasing" if losses[-1] <= losses[0] else "converged"


def _curve(losses):
    losses = np.asarray(losses, dtype=float)
    if len(losses) < 2:
        raise ValueError("losses is nearly empty")
    return losses


def _rest(losses, tol):
    tail = losses[len(losses) // 2 :]
    small = tol * (losses[0] - losses.min())
    if tail.max() - tail.min() <= small:
        return "converged"
    return "oscillating" if np.mean(np.diff(tail) > small) >= 0.25 else "still_decreasing"
