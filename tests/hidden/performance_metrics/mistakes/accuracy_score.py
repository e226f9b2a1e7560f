"""Wrong implementations of accuracy_score."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="What is a perfect model's accuracy?",
    relation="n times right",
)
def counts(y_true, y_pred):
    """The student counts the right decisions."""
    tn, fp, fn, tp = _counts(y_true, y_pred)
    return float(tn + tp)


@mistake(
    "M2",
    hint="What is a perfect model's accuracy?",
    relation="1 - right",
)
def error_rate(y_true, y_pred):
    """The student returns the share of wrong decisions."""
    tn, fp, fn, tp = _counts(y_true, y_pred)
    return (fp + fn) / (tn + fp + fn + tp)


@mistake(
    "M3",
    hint="Occupied spaces recognised as occupied are right too.",
    relation="TP / n: too small by TN / n",
)
def found_only(y_true, y_pred):
    """The student counts the vacant spaces found and nothing else."""
    tn, fp, fn, tp = _counts(y_true, y_pred)
    return tp / (tn + fp + fn + tp)


@mistake(
    "M4",
    hint="Does every space count the same, or every class?",
    relation="the mean of the recalls of both classes",
)
def balanced(y_true, y_pred):
    """The student lets both classes count the same, however many spaces they have."""
    tn, fp, fn, tp = _counts(y_true, y_pred)
    rates = [right / all_ for right, all_ in ((tn, tn + fp), (tp, fn + tp)) if all_]
    return sum(rates) / len(rates)


def _counts(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    check_binary_labels(y_true=y_true, y_pred=y_pred)
    cells = np.bincount((2 * y_true + y_pred).astype(int), minlength=4)
    return [int(count) for count in cells]
