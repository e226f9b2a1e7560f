"""Other right implementations of best_threshold."""

import numpy as np


def with_the_siblings(y_true, scores, cost_fp, cost_fn):
    """Try every candidate from the top, keep a strictly cheaper one."""
    y_true, scores = _checked(y_true, scores, cost_fp, cost_fn)
    best, least = None, None
    for threshold in [np.inf, *np.unique(scores)[::-1]]:
        cost = business_cost(y_true, apply_threshold(scores, threshold), cost_fp, cost_fn)
        if best is None or cost < least:
            best, least = float(threshold), cost
    return best, least


def cumulated(y_true, scores, cost_fp, cost_fn):
    """Follow the cost while the threshold falls from score to score."""
    y_true, scores = _checked(y_true, scores, cost_fp, cost_fn)
    order = np.argsort(-scores)
    s, y = scores[order], y_true[order]
    total = cost_fn * y.sum() + np.cumsum(np.where(y == 1, -cost_fn, cost_fp))
    last = np.append(np.flatnonzero(np.diff(s)), s.size - 1)
    costs = np.append(cost_fn * y.sum(), total[last])
    best = costs.argmin()
    return (np.inf, *s[last])[best], costs[best] / s.size


def sorted_by_cost_then_threshold(y_true, scores, cost_fp, cost_fn):
    """Sort pairs of cost and negative threshold in plain Python."""
    y_true, scores = _checked(y_true, scores, cost_fp, cost_fn)
    pairs = []
    for threshold in {*scores.tolist(), float("inf")}:
        fp = sum(1 for t, s in zip(y_true, scores) if t == 0 and s >= threshold)
        fn = sum(1 for t, s in zip(y_true, scores) if t == 1 and s < threshold)
        pairs.append(((cost_fp * fp + cost_fn * fn) / len(y_true), -threshold))
    cost, negative = min(pairs)
    return -negative, float(cost)


def broadcast(y_true, scores, cost_fp, cost_fn):
    """Compare all scores with all candidates at once, ascending, and take the last minimum."""
    y_true, scores = _checked(y_true, scores, cost_fp, cost_fn)
    candidates = np.unique(np.append(scores, np.inf))
    decisions = scores >= candidates[:, None]
    costs = np.mean(np.where(decisions, (1 - y_true) * cost_fp, y_true * cost_fn), axis=1)
    best = np.flatnonzero(np.isclose(costs, costs.min(), rtol=1e-12, atol=0.0))[-1]
    return float(candidates[best]), float(costs[best])


def _checked(y_true, scores, cost_fp, cost_fn):
    y_true, scores = np.asarray(y_true, dtype=float), np.asarray(scores, dtype=float)
    if y_true.ndim != 1 or y_true.shape != scores.shape:
        raise ValueError("shape")
    if y_true.size == 0:
        raise ValueError("empty")
    if not np.isin(y_true, [0, 1]).all():
        raise ValueError("labels")
    if np.isnan(scores).any():
        raise ValueError("scores contain nan")
    for name, cost in (("cost_fp", cost_fp), ("cost_fn", cost_fn)):
        if cost < 0:
            raise ValueError(f"{name} must not be negative")
    return y_true, scores
