"""Wrong implementations of business_cost."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="A driver sent to an occupied space: which error is it?",
    relation="right for swapped costs",
)
def swapped_errors(y_true, y_pred, cost_fp, cost_fn):
    """The student mixes up the two errors."""
    tn, fp, fn, tp = _counts(y_true, y_pred, cost_fp, cost_fn)
    return float(cost_fp * fn + cost_fn * fp) / (tn + fp + fn + tp)


@mistake(
    "M2",
    hint="Cost per space: what happens on a lot twice as large?",
    relation="n times right",
)
def total(y_true, y_pred, cost_fp, cost_fn):
    """The student adds up the costs of the whole lot."""
    tn, fp, fn, tp = _counts(y_true, y_pred, cost_fp, cost_fn)
    return float(cost_fp * fp + cost_fn * fn)


@mistake(
    "M3",
    hint="How many spaces cause each cost?",
    relation="cost_fp FPR + cost_fn FNR",
)
def rates_instead_of_counts(y_true, y_pred, cost_fp, cost_fn):
    """The student multiplies the costs with the rates of the two errors."""
    tn, fp, fn, tp = _counts(y_true, y_pred, cost_fp, cost_fn)
    false_alarms = fp / (fp + tn) if fp + tn else 0.0
    missed = fn / (fn + tp) if fn + tp else 0.0
    return float(cost_fp * false_alarms + cost_fn * missed)


@mistake(
    "M4",
    hint="What does a perfect model cost?",
    relation="too small by TP / n, sometimes negative",
)
def rewards_hits(y_true, y_pred, cost_fp, cost_fn):
    """The student subtracts 1 for every vacant space found."""
    tn, fp, fn, tp = _counts(y_true, y_pred, cost_fp, cost_fn)
    return float(cost_fp * fp + cost_fn * fn - tp) / (tn + fp + fn + tp)


@mistake(
    "M5",
    hint="Is 0.2 the same number in single precision?",
    relation="right for whole costs, else off by a few parts in a hundred million",
)
def costs_in_single_precision(y_true, y_pred, cost_fp, cost_fn):
    """The student puts the prices into an array of float32."""
    _, fp, fn, _ = _counts(y_true, y_pred, cost_fp, cost_fn)
    prices = np.array([cost_fp, cost_fn], dtype=np.float32).astype(float)
    return float(prices @ [fp, fn]) / len(y_true)


def _counts(y_true, y_pred, cost_fp, cost_fn):
    check_range(">= 0", cost_fp=cost_fp, cost_fn=cost_fn)
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    check_binary_labels(y_true=y_true, y_pred=y_pred)
    cells = np.bincount((2 * y_true + y_pred).astype(int), minlength=4)
    return [int(count) for count in cells]
