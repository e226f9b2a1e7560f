"""Other right implementations of select_model."""

import numpy as np


def minimum_of_the_accepted(y_true, scores, threshold, min_precision, min_recall, cost_fp, cost_fn):
    """Collect the costs of the accepted models in a dict and take the smallest."""
    if len(scores) == 0:
        raise ValueError("empty")
    if cost_fp < 0:
        raise ValueError("cost_fp < 0")
    if cost_fn < 0:
        raise ValueError("cost_fn < 0")
    truth = np.asarray(y_true).astype(float)
    costs = {}
    for name in scores:
        values = np.asarray(scores[name], dtype=float)
        if values.shape != truth.shape:
            raise ValueError(f"{name}: wrong shape")
        if np.isnan(values).any():
            raise ValueError(f"{name}: NaN among the scores")
        decisions = np.where(values >= threshold, 1, 0)
        if not reject_model(y_true, decisions, min_precision, min_recall):
            fp = np.count_nonzero((truth == 0) & (decisions == 1))
            fn = np.count_nonzero((truth == 1) & (decisions == 0))
            costs[name] = cost_fp * fp + cost_fn * fn
    return min(costs, key=costs.get) if costs else None


def own_metrics(y_true, scores, threshold, min_precision, min_recall, cost_fp, cost_fn):
    """Calculate precision and recall here, and take the smallest triple."""
    if not scores:
        raise ValueError("there are no models: scores is empty")
    check_range("in [0, 1]", min_precision=min_precision, min_recall=min_recall)
    check_range(">= 0", cost_fp=cost_fp, cost_fn=cost_fn)
    y = np.asarray(y_true, dtype=float)
    check_not_empty(y_true=y)
    check_binary_labels(y_true=y)
    found = []
    for place, (name, values) in enumerate(scores.items()):
        s = np.array(values, dtype=float)
        check_vectors(y_true=y, scores=s)
        check_no_nan(scores=s)
        called = s >= threshold
        tp, fp = int(y[called].sum()), int((1 - y[called]).sum())
        fn = int(y.sum()) - tp
        precision = tp / (tp + fp) if tp + fp else 0.0
        recall = tp / (tp + fn) if tp + fn else 0.0
        if precision >= min_precision and recall >= min_recall:
            found.append(((cost_fp * fp + cost_fn * fn) / len(y), place, name))
    return min(found)[2] if found else None


def matrix_of_decisions(y_true, scores, threshold, min_precision, min_recall, cost_fp, cost_fn):
    """Judge all models at once, one row each."""
    names = list(scores)
    if not names:
        raise ValueError("scores is empty")
    check_range("in [0, 1]", min_precision=min_precision, min_recall=min_recall)
    check_range(">= 0", cost_fp=cost_fp, cost_fn=cost_fn)
    y = np.asarray(y_true, dtype=float)
    check_not_empty(y_true=y)
    check_binary_labels(y_true=y)
    for values in scores.values():
        check_vectors(y_true=y, scores=values)
    S = np.array([np.asarray(scores[name], dtype=float) for name in names])
    check_no_nan(S=S)
    called = (S >= threshold).astype(float)
    tp, fp, fn = called @ y, called @ (1 - y), (1 - called) @ y
    with np.errstate(invalid="ignore"):
        precision, recall = np.nan_to_num(tp / (tp + fp)), np.nan_to_num(tp / (tp + fn))
    costs = cost_fp * fp + cost_fn * fn
    costs[(precision < min_precision) | (recall < min_recall)] = np.inf
    best = int(np.argmin(costs))
    return names[best] if costs[best] < np.inf else None


def counts_by_hand(y_true, scores, threshold, min_precision, min_recall, cost_fp, cost_fn):
    """Count in plain loops, and call no sibling; the limits are taken as they are."""
    if not scores:
        raise ValueError("empty: no model was given")
    for name, cost in {"cost_fp": cost_fp, "cost_fn": cost_fn}.items():
        if cost < 0:
            raise ValueError(f"{name} < 0")
    truth, table = [float(label) for label in y_true], []
    if not set(truth) <= {0.0, 1.0}:
        raise ValueError("a label is neither 0 nor 1")
    for place, name in enumerate(scores):
        values = [float(value) for value in scores[name]]
        if len(values) != len(truth):
            raise ValueError(f"the scores of {name} have another shape than y_true")
        if any(value != value for value in values):
            raise ValueError(f"the scores of {name} contain NaN")
        tp = fp = fn = 0
        for label, value in zip(truth, values):
            tp += value >= threshold and label == 1
            fp += value >= threshold and label == 0
            fn += value < threshold and label == 1
        precision = tp / (tp + fp) if tp + fp else 0.0
        recall = tp / (tp + fn) if tp + fn else 0.0
        if precision >= min_precision and recall >= min_recall:
            table.append((cost_fp * fp + cost_fn * fn, place, name))
    return min(table)[-1] if table else None
