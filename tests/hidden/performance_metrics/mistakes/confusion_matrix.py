"""Wrong implementations of confusion_matrix."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Row 1 should sum to the number of vacant spaces.",
    relation="transposed: FP and FN swapped",
)
def transposed(y_true, y_pred, n_classes=2):
    """The student puts predictions down and truth across."""
    y_true, y_pred = _labels(y_true, y_pred, n_classes)
    return _count(y_pred, y_true, n_classes)


@mistake(
    "M2",
    hint="Index (0,0) is true class 0, predicted class 0.",
    relation="[[TP, FN], [FP, TN]]: rows and columns reversed",
)
def positives_first(y_true, y_pred, n_classes=2):
    """The student learned the matrix with TP in the upper left corner."""
    y_true, y_pred = _labels(y_true, y_pred, n_classes)
    return _count(y_true, y_pred, n_classes)[::-1, ::-1].copy()


@mistake(
    "M3",
    hint="Fancy `+=` counts a repeated index once.",
    relation="every cell is at most 1",
)
def adds_with_fancy_indices(y_true, y_pred, n_classes=2):
    """The student adds 1 to all cells at once."""
    y_true, y_pred = _labels(y_true, y_pred, n_classes)
    C = np.zeros((n_classes, n_classes), dtype=np.int64)
    C[y_true, y_pred] += 1
    return C


@mistake(
    "M4",
    hint="Countable statistics: what is the sum of all cells?",
    relation="right / n",
)
def normalised(y_true, y_pred, n_classes=2):
    """The student returns shares instead of counts."""
    y_true, y_pred = _labels(y_true, y_pred, n_classes)
    return _count(y_true, y_pred, n_classes) / len(y_true)


@mistake(
    "M5",
    hint="Can there be 2.5 parking spaces?",
    relation="right values of type float",
)
def float_counts(y_true, y_pred, n_classes=2):
    """The student starts from np.zeros, which makes floats."""
    y_true, y_pred = _labels(y_true, y_pred, n_classes)
    C = np.zeros((n_classes, n_classes))
    np.add.at(C, (y_true, y_pred), 1)
    return C


@mistake(
    "M6",
    hint="What does index -1 mean in numpy?",
    relation="right for labels from 0 to k - 1; -1 counts as the last class",
)
def negative_labels_wrap(y_true, y_pred, n_classes=2):
    """The student lets numpy find out which labels are too large."""
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    for labels in (y_true, y_pred):
        if not np.all((labels < n_classes) & (labels == np.floor(labels))):
            raise ValueError("a label is no class")
    C = np.zeros((n_classes, n_classes), dtype=np.int64)
    np.add.at(C, (y_true.astype(int), y_pred.astype(int)), 1)
    return C


def _labels(y_true, y_pred, n_classes):
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    check_class_labels(n_classes, y_true=y_true, y_pred=y_pred)
    return y_true.astype(int), y_pred.astype(int)


def _count(rows, columns, k):
    return np.bincount(rows * k + columns, minlength=k * k).reshape(k, k)
