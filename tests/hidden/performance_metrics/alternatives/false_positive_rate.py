"""Other right implementations of false_positive_rate."""

import numpy as np


def mean_of_decisions(y_true, y_pred, zero_division=0.0):
    """Average the decisions about occupied spaces."""
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    check_binary_labels(y_true=y_true, y_pred=y_pred)
    decisions = y_pred[y_true == 0]
    return float(np.mean(decisions)) if len(decisions) else float(zero_division)


def one_minus_specificity(y_true, y_pred, zero_division=0.0):
    """Subtract the share of occupied spaces that were recognised."""
    occupied = confusion_matrix(y_true, y_pred)[0]
    if not occupied.any():
        return zero_division
    return 1 - occupied[0] / occupied.sum()


def loops(y_true, y_pred, zero_division=0.0):
    """Count one by one."""
    y_true, y_pred = np.array(y_true), np.array(y_pred)
    if y_true.ndim != 1 or y_true.shape != y_pred.shape:
        raise ValueError("shape")
    if len(y_true) == 0:
        raise ValueError("empty")
    alarms = occupied = 0
    for true, predicted in zip(y_true.tolist(), y_pred.tolist()):
        if true not in (0, 1) or predicted not in (0, 1):
            raise ValueError("label")
        if not true:
            occupied += 1
            alarms += int(predicted)
    if occupied == 0:
        return zero_division
    return alarms / occupied


def recall_of_the_other_class(y_true, y_pred, zero_division=0.0):
    """Swap the labels of the truth: false alarms are then found."""
    confusion_matrix(y_true, y_pred)
    return recall_score(1 - np.asarray(y_true, dtype=float), y_pred, zero_division)
