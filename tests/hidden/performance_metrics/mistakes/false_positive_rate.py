"""Wrong implementations of false_positive_rate."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Of the truly occupied ones ...",
    relation="FP / (FP + TP): the false discovery rate, 1 - precision",
)
def false_discovery_rate(y_true, y_pred, zero_division=0.0):
    """The student divides by what the model called vacant."""
    tn, fp, fn, tp = _counts(y_true, y_pred)
    return fp / (fp + tp) if fp + tp else float(zero_division)


@mistake(
    "M2",
    hint="What share of the truly occupied spaces?",
    relation="FP / n",
)
def divides_by_all(y_true, y_pred, zero_division=0.0):
    """The student divides by the number of spaces."""
    tn, fp, fn, tp = _counts(y_true, y_pred)
    return fp / (tn + fp + fn + tp) if fp + tn else float(zero_division)


@mistake(
    "M3",
    hint="False alarms or their absence?",
    relation="1 - right",
)
def specificity(y_true, y_pred, zero_division=0.0):
    """The student returns the share of occupied spaces that were recognised."""
    tn, fp, fn, tp = _counts(y_true, y_pred)
    return tn / (tn + fp) if fp + tn else float(zero_division)


@mistake(
    "M4",
    hint="Which error is a false positive: occupied called vacant, or the reverse?",
    relation="FN / (FN + TP): 1 - recall",
)
def false_negative_rate(y_true, y_pred, zero_division=0.0):
    """The student mixes up the two errors."""
    tn, fp, fn, tp = _counts(y_true, y_pred)
    return fn / (fn + tp) if fn + tp else float(zero_division)


@mistake(
    "M5",
    hint="`zero_division` may be any number: is -1 returned as it is?",
    relation="right but for values of zero_division below 0 and above 1",
)
def clips_zero_division(y_true, y_pred, zero_division=0.0):
    """The student takes zero_division for a rate."""
    tn, fp, _, _ = _counts(y_true, y_pred)
    return float(np.clip(fp / (fp + tn) if fp + tn else zero_division, 0.0, 1.0))


def _counts(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    check_binary_labels(y_true=y_true, y_pred=y_pred)
    cells = np.bincount((2 * y_true + y_pred).astype(int), minlength=4)
    return [int(count) for count in cells]
