"""Wrong implementations of select_model."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="The cheapest model may be one you may not ship.",
    relation="None where the cheapest model of all is rejected",
)
def cheapest_first_then_the_limits(
    y_true, scores, threshold, min_precision, min_recall, cost_fp, cost_fn
):
    """The student takes the cheapest model and only then looks at the limits."""
    y_true, decisions = _decisions(y_true, scores, threshold, cost_fp, cost_fn)
    rejected = {
        name: reject_model(y_true, y_pred, min_precision, min_recall)
        for name, y_pred in decisions.items()
    }
    best = min(decisions, key=lambda name: _cost(y_true, decisions[name], cost_fp, cost_fn))
    return None if rejected[best] else best


@mistake(
    "M2",
    hint="Does the business pay for loss?",
    relation="the model with the smallest cross-entropy, whatever the prices",
)
def lowest_loss(y_true, scores, threshold, min_precision, min_recall, cost_fp, cost_fn):
    """The student chooses among the models that may be shipped by the loss of their scores."""
    y_true, decisions = _decisions(y_true, scores, threshold, cost_fp, cost_fn)

    def loss(name):
        p = np.clip(np.asarray(scores[name], dtype=float), 1e-12, 1 - 1e-12)
        return -np.mean(np.log(np.where(y_true == 1, p, 1 - p)))

    left = _left(y_true, decisions, min_precision, min_recall)
    return min(left, key=loss) if left else None


@mistake(
    "M3",
    hint="Which numbers make a model unacceptable here?",
    relation="the model with the highest accuracy, whatever the limits and the prices",
)
def highest_accuracy(y_true, scores, threshold, min_precision, min_recall, cost_fp, cost_fn):
    """The student takes the model that is right most often."""
    y_true, decisions = _decisions(y_true, scores, threshold, cost_fp, cost_fn)
    _left(y_true, decisions, min_precision, min_recall)
    return max(decisions, key=lambda name: np.mean(decisions[name] == y_true))


@mistake(
    "M4",
    hint="All rejected: say so with None.",
    relation="right unless all models are rejected; then a KeyError",
)
def raises_when_all_are_rejected(
    y_true, scores, threshold, min_precision, min_recall, cost_fp, cost_fn
):
    """The student looks the best model up in a table that may be empty."""
    y_true, decisions = _decisions(y_true, scores, threshold, cost_fp, cost_fn)
    costs = {
        name: _cost(y_true, decisions[name], cost_fp, cost_fn)
        for name in _left(y_true, decisions, min_precision, min_recall)
    }
    lowest = min(costs.values(), default=np.inf)
    return {cost: name for name, cost in reversed(costs.items())}[lowest]


@mistake(
    "M5",
    hint="What if the currency is worth a millionth: is the same model the cheapest?",
    relation="the first of the models whose costs differ by less than 0.01",
)
def rounds_the_costs(y_true, scores, threshold, min_precision, min_recall, cost_fp, cost_fn):
    """The student takes costs for equal that differ by less than a cent."""
    y_true, decisions = _decisions(y_true, scores, threshold, cost_fp, cost_fn)
    costs = {
        name: round(_cost(y_true, decisions[name], cost_fp, cost_fn), 2)
        for name in _left(y_true, decisions, min_precision, min_recall)
    }
    return min(costs, key=costs.get, default=None)


def _decisions(y_true, scores, threshold, cost_fp, cost_fn):
    if not scores:
        raise ValueError("scores is empty")
    check_range(">= 0", cost_fp=cost_fp, cost_fn=cost_fn)
    y_true = np.asarray(y_true, dtype=float)
    decisions = {}
    for name, values in scores.items():
        values = np.asarray(values, dtype=float)
        check_vectors(y_true=y_true, scores=values)
        check_no_nan(scores=values)
        decisions[name] = (values >= threshold).astype(float)
    return y_true, decisions


def _left(y_true, decisions, min_precision, min_recall):
    return [
        name
        for name, y_pred in decisions.items()
        if not reject_model(y_true, y_pred, min_precision, min_recall)
    ]


def _cost(y_true, y_pred, cost_fp, cost_fn):
    return (
        cost_fp * np.sum((1 - y_true) * y_pred) + cost_fn * np.sum(y_true * (1 - y_pred))
    ) / len(y_true)
