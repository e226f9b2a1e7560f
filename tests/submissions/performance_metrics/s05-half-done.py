import numpy as np
from given.checks import check_binary_labels, check_class_labels, check_no_nan, check_not_empty, check_vectors


def apply_threshold(scores, threshold=0.5):
    scores = np.asarray(scores, dtype=float)
    check_no_nan(scores=scores, threshold=threshold)
    return np.where(scores >= threshold, 1, 0)


def confusion_matrix(y_true, y_pred, n_classes=2):
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    check_class_labels(n_classes, y_true=y_true, y_pred=y_pred)
    C = np.zeros((n_classes, n_classes))  # floats
    np.add.at(C, (np.asarray(y_true, dtype=int), np.asarray(y_pred, dtype=int)), 1)
    return C


def accuracy_score(y_true, y_pred):
    C = confusion_matrix(y_true, y_pred)
    return float(np.trace(C) / C.sum())


def precision_score(y_true, y_pred, zero_division=0.0):
    C = confusion_matrix(y_true, y_pred)
    return float(C[1, 1] / (C[:, 1].sum() + 1e-8))


def recall_score(y_true, y_pred, zero_division=0.0):
    C = confusion_matrix(y_true, y_pred)
    return float(C[1, 1] / (C[1].sum() + 1e-8))


def majority_baseline_accuracy(y_true):
    y_true = np.asarray(y_true, dtype=float)
    check_vectors(y_true=y_true)
    check_not_empty(y_true=y_true)
    check_binary_labels(y_true=y_true)
    return float(max(y_true.mean(), 1 - y_true.mean()))
