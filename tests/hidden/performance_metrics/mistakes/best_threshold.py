"""Wrong implementations of best_threshold."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Change the costs: does your threshold move?",
    relation="the threshold of the highest accuracy, whatever the costs",
)
def most_accurate(y_true, scores, cost_fp, cost_fn):
    """The student minimises the number of errors."""
    thresholds, fp, fn = _errors(y_true, scores, cost_fp, cost_fn)
    best = np.argmin(fp + fn)
    return float(thresholds[best]), float(cost_fp * fp[best] + cost_fn * fn[best]) / np.size(y_true)


@mistake(
    "M2",
    hint="Scores may be logits. Which thresholds change a decision?",
    relation="a multiple of 0.01 from 0 to 1; for logits the cost may be far too high",
)
def steps_from_0_to_1(y_true, scores, cost_fp, cost_fn):
    """The student tries 101 thresholds between 0 and 1."""
    _errors(y_true, scores, cost_fp, cost_fn)
    y_true, scores = np.asarray(y_true, dtype=float), np.asarray(scores, dtype=float)
    best = (1.0, np.inf)
    for threshold in np.linspace(1, 0, 101):
        decisions = scores >= threshold
        fp, fn = np.sum(decisions & (y_true == 0)), np.sum(~decisions & (y_true == 1))
        cost = float(cost_fp * fp + cost_fn * fn) / scores.size
        if cost < best[1]:
            best = (float(threshold), cost)
    return best


@mistake(
    "M3",
    hint="Equal cost: which one disturbs fewer drivers?",
    relation="the lowest of equally cheap thresholds; right cost",
)
def lowest_of_equal_ones(y_true, scores, cost_fp, cost_fn):
    """The student takes the first minimum along ascending thresholds."""
    thresholds, fp, fn = _errors(y_true, scores, cost_fp, cost_fn)
    costs = (cost_fp * fp + cost_fn * fn) / np.size(y_true)
    best = np.flatnonzero(costs == costs.min())[-1]
    return float(thresholds[best]), float(costs[best])


@mistake(
    "M4",
    hint="Your scores need not be probabilities.",
    relation="cost_fp / (cost_fp + cost_fn), no score; cost at least right",
)
def theoretical(y_true, scores, cost_fp, cost_fn):
    """The student computes the threshold that is best for calibrated probabilities."""
    thresholds, fp, fn = _errors(y_true, scores, cost_fp, cost_fn)
    threshold = float(cost_fp / (cost_fp + cost_fn)) if cost_fp + cost_fn else 0.5
    reached = np.sum(thresholds >= threshold) - 1
    cost = (cost_fp * fp[reached] + cost_fn * fn[reached]) / np.size(y_true)
    return threshold, float(cost)


def _errors(y_true, scores, cost_fp, cost_fn):
    """Return thresholds in descending order and the errors at each."""
    y_true, scores = np.asarray(y_true, dtype=float), np.asarray(scores, dtype=float)
    check_vectors(y_true=y_true, scores=scores)
    check_not_empty(y_true=y_true)
    check_binary_labels(y_true=y_true)
    check_no_nan(scores=scores)
    check_range(">= 0", cost_fp=cost_fp, cost_fn=cost_fn)
    thresholds = np.append(np.inf, np.unique(scores)[::-1])
    decisions = scores >= thresholds[:, np.newaxis]
    fp = np.sum(decisions & (y_true == 0), axis=1)
    fn = np.sum(~decisions & (y_true == 1), axis=1)
    return thresholds, fp, fn
