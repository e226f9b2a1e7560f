"""Wrong implementations of recall_score."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Which spaces did the model miss? Are they in your denominator?",
    relation="the precision",
)
def precision_instead(y_true, y_pred, zero_division=0.0):
    """The student adds the wrong error to the denominator, FP for FN."""
    tn, fp, fn, tp = _counts(y_true, y_pred)
    return tp / (tp + fp) if tp + fp else float(zero_division)


@mistake(
    "M2",
    hint="How many truly vacant spaces are there?",
    relation="TP / (TP + TN)",
)
def share_of_the_right_ones(y_true, y_pred, zero_division=0.0):
    """The student divides by the number of right decisions."""
    tn, fp, fn, tp = _counts(y_true, y_pred)
    return tp / (tp + tn) if tp + tn else float(zero_division)


@mistake(
    "M3",
    hint="Of the truly vacant ones ...",
    relation="the specificity TN / (TN + FP)",
)
def specificity(y_true, y_pred, zero_division=0.0):
    """The student takes the recall of the occupied spaces."""
    tn, fp, fn, tp = _counts(y_true, y_pred)
    return tn / (tn + fp) if tn + fp else float(zero_division)


@mistake(
    "M4",
    hint="Share found or share missed?",
    relation="1 - right",
)
def share_missed(y_true, y_pred, zero_division=0.0):
    """The student returns the false negative rate."""
    tn, fp, fn, tp = _counts(y_true, y_pred)
    return fn / (tp + fn) if tp + fn else float(zero_division)


@mistake(
    "M5",
    hint="Test a lot without vacant spaces.",
    relation="ZeroDivisionError on a full lot, else right",
)
def divides_by_0(y_true, y_pred, zero_division=0.0):
    """The student forgets that a lot may be full."""
    tn, fp, fn, tp = _counts(y_true, y_pred)
    return tp / (tp + fn)


@mistake(
    "M6",
    hint="`zero_division` may be any number: is -1 returned as it is?",
    relation="right but for values of zero_division below 0 and above 1",
)
def clips_zero_division(y_true, y_pred, zero_division=0.0):
    """The student takes zero_division for a rate."""
    _, _, fn, tp = _counts(y_true, y_pred)
    return float(np.clip(tp / (tp + fn) if tp + fn else zero_division, 0.0, 1.0))


def _counts(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    check_binary_labels(y_true=y_true, y_pred=y_pred)
    cells = np.bincount((2 * y_true + y_pred).astype(int), minlength=4)
    return [int(count) for count in cells]
