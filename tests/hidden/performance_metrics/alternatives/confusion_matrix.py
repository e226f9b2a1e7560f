"""Other right implementations of confusion_matrix."""

import numpy as np


def loops(y_true, y_pred, n_classes=2):
    """Count one example after the other."""
    y_true, y_pred = np.array(y_true, dtype=float), np.array(y_pred, dtype=float)
    if y_true.ndim != 1 or y_true.shape != y_pred.shape:
        raise ValueError(f"wrong shape: {y_true.shape} and {y_pred.shape}")
    if len(y_true) == 0:
        raise ValueError("empty input")
    C = np.zeros((n_classes, n_classes), dtype=int)
    for true, predicted in zip(y_true, y_pred):
        if true not in range(n_classes) or predicted not in range(n_classes):
            raise ValueError(f"no such label: {true} or {predicted}")
        C[int(true), int(predicted)] += 1
    return C


def with_add_at(y_true, y_pred, n_classes=2):
    """Add without losing repeated indices."""
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    check_class_labels(n_classes, y_true=y_true, y_pred=y_pred)
    C = np.zeros((n_classes, n_classes), dtype=np.int64)
    np.add.at(C, (np.asarray(y_true).astype(int), np.asarray(y_pred).astype(int)), 1)
    return C


def one_hot_product(y_true, y_pred, n_classes=2):
    """Multiply the indicator matrices of truth and prediction."""
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    check_class_labels(n_classes, y_true=y_true, y_pred=y_pred)
    eye = np.eye(n_classes, dtype=np.int64)
    return eye[np.asarray(y_true, dtype=int)].T @ eye[np.asarray(y_pred, dtype=int)]


def cell_by_cell(y_true, y_pred, n_classes=2):
    """Compare with every pair of classes."""
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if y_true.shape != y_pred.shape or y_true.ndim != 1:
        raise ValueError("Shape")
    if not y_true.size:
        raise ValueError("EMPTY")
    classes = np.arange(n_classes)
    if not (np.isin(y_true, classes).all() and np.isin(y_pred, classes).all()):
        raise ValueError("bad Label")
    return np.array([[np.sum((y_true == i) & (y_pred == j)) for j in classes] for i in classes])


def histogram(y_true, y_pred, n_classes=2):
    """Count pairs in a two-dimensional histogram with a bin around each class."""
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    check_class_labels(n_classes, y_true=y_true, y_pred=y_pred)
    edges = np.arange(n_classes + 1) - 0.5
    C, _, _ = np.histogram2d(
        np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float), bins=(edges, edges)
    )
    return np.rint(C).astype(np.int64)
