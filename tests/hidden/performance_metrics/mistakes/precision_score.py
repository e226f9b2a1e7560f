"""Wrong implementations of precision_score."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Is your denominator what the model said or what is true?",
    relation="the recall",
)
def recall_instead(y_true, y_pred, zero_division=0.0):
    """The student adds the wrong error to the denominator, FN for FP."""
    tn, fp, fn, tp = _counts(y_true, y_pred)
    return tp / (tp + fn) if tp + fn else float(zero_division)


@mistake(
    "M2",
    hint="What does the denominator count: all spaces or those we called vacant?",
    relation="TP / n",
)
def divides_by_all(y_true, y_pred, zero_division=0.0):
    """The student divides by the number of spaces."""
    tn, fp, fn, tp = _counts(y_true, y_pred)
    return tp / (tn + fp + fn + tp) if tp + fp else float(zero_division)


@mistake(
    "M3",
    hint="Try the model that says occupied everywhere.",
    relation="NaN and a warning where nothing is called vacant, else right",
)
def no_case_for_0_over_0(y_true, y_pred, zero_division=0.0):
    """The student lets numpy divide, whatever comes."""
    tn, fp, fn, tp = _counts(y_true, y_pred)
    return float(np.float64(tp) / np.float64(tp + fp))


@mistake(
    "M4",
    hint="Do true negatives appear in 'of the spaces we called vacant'?",
    relation="the specificity TN / (TN + FP)",
)
def specificity(y_true, y_pred, zero_division=0.0):
    """The student takes the share of occupied spaces that were recognised."""
    tn, fp, fn, tp = _counts(y_true, y_pred)
    return tn / (tn + fp) if tn + fp else float(zero_division)


@mistake(
    "M5",
    hint="Treat 0/0 as its own case; leave the others exact.",
    relation="too small by a factor 1 - 1e-8 / (TP + FP); 0 for 0/0",
)
def small_number_in_the_denominator(y_true, y_pred, zero_division=0.0):
    """The student adds 1e-8 so that the division never fails."""
    tn, fp, fn, tp = _counts(y_true, y_pred)
    return tp / (tp + fp + 1e-8)


@mistake(
    "M6",
    hint="6 // 16?",
    relation="rounded down: 1 if there is no false alarm, else 0",
)
def integer_division(y_true, y_pred, zero_division=0.0):
    """The student takes // for /."""
    tn, fp, fn, tp = _counts(y_true, y_pred)
    return float(tp // (tp + fp)) if tp + fp else float(zero_division)


@mistake(
    "M7",
    hint="`zero_division` may be any number: is -1 returned as it is?",
    relation="right but for values of zero_division below 0 and above 1",
)
def clips_zero_division(y_true, y_pred, zero_division=0.0):
    """The student takes zero_division for a rate."""
    _, fp, _, tp = _counts(y_true, y_pred)
    return float(np.clip(tp / (tp + fp) if tp + fp else zero_division, 0.0, 1.0))


def _counts(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    check_binary_labels(y_true=y_true, y_pred=y_pred)
    cells = np.bincount((2 * y_true + y_pred).astype(int), minlength=4)
    return [int(count) for count in cells]
