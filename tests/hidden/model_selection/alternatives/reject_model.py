"""Other right implementations of reject_model."""

import numpy as np


def loops(y_true, y_pred, min_precision, min_recall):
    """Count the cases one by one."""
    if np.shape(y_true) != np.shape(y_pred) or np.ndim(y_true) != 1:
        raise ValueError("shape")
    if len(y_true) == 0:
        raise ValueError("empty")
    if not 0 <= min_precision <= 1:
        raise ValueError("min_precision must be in [0, 1]")
    if not 0 <= min_recall <= 1:
        raise ValueError("min_recall must be in [0, 1]")
    tp = fp = fn = 0
    for truth, decision in zip(y_true, y_pred):
        if truth not in (0, 1) or decision not in (0, 1):
            raise ValueError("bad label")
        tp += truth == 1 and decision == 1
        fp += truth == 0 and decision == 1
        fn += truth == 1 and decision == 0
    precision = tp / (tp + fp) if tp + fp > 0 else 0.0
    recall = tp / (tp + fn) if tp + fn > 0 else 0.0
    return bool(precision < min_precision) or bool(recall < min_recall)


def masks(y_true, y_pred, min_precision, min_recall):
    """Take means of masks: the share of vacant ones among the called ones and the reverse."""
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    check_binary_labels(y_true=y_true, y_pred=y_pred)
    check_range("in [0, 1]", min_precision=min_precision, min_recall=min_recall)
    vacant, called = y_true == 1, y_pred == 1
    precision = vacant[called].mean() if called.any() else 0.0
    recall = called[vacant].mean() if vacant.any() else 0.0
    acceptable = precision >= min_precision and recall >= min_recall
    return not acceptable


def matrix(y_true, y_pred, min_precision, min_recall):
    """Count a confusion matrix and divide its last entry by the sums of column and row."""
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    check_binary_labels(y_true=y_true)
    check_binary_labels(y_pred=y_pred)
    check_range("in [0, 1]", min_precision=min_precision)
    check_range("in [0, 1]", min_recall=min_recall)
    codes = 2 * np.asarray(y_true).astype(int) + np.asarray(y_pred).astype(int)
    C = np.bincount(codes, minlength=4).reshape(2, 2)

    def share(total):
        return C[1, 1] / total if total else 0.0

    return bool((share(C[:, 1].sum()) < min_precision) | (share(C[1].sum()) < min_recall))
