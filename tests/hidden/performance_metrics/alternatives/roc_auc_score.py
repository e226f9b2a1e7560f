"""Other right implementations of roc_auc_score."""

import numpy as np


def pairs(y_true, scores):
    """Compare every vacant space with every occupied one."""
    y_true, scores = _checked(y_true, scores)
    difference = scores[y_true == 1][:, None] - scores[y_true == 0][None, :]
    return float(np.mean((difference > 0) + 0.5 * (difference == 0)))


def mean_ranks(y_true, scores):
    """Use the rank sum of the vacant spaces, equal scores sharing their mean rank."""
    y_true, scores = _checked(y_true, scores)
    _, where, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[where]
    vacant = int(y_true.sum())
    wins = ranks[y_true == 1].sum() - vacant * (vacant + 1) / 2
    return float(wins / (vacant * (y_true.size - vacant)))


def along_the_curve(y_true, scores):
    """Add up trapezoids in a loop."""
    fpr, tpr, _ = roc_curve(y_true, scores)
    area = 0.0
    for i in range(1, len(fpr)):
        area += (fpr[i] - fpr[i - 1]) * (tpr[i] + tpr[i - 1]) / 2
    return float(area)


def above_the_curve(y_true, scores):
    """Integrate over the other axis and subtract."""
    fpr, tpr, _ = roc_curve(y_true, scores)
    return 1 - np.sum(np.diff(tpr) * (fpr[1:] + fpr[:-1])) / 2


def shoelace(y_true, scores):
    """Take the area of the polygon with the corner (1, 0)."""
    fpr, tpr, _ = roc_curve(y_true, scores)
    x, y = np.append(fpr, 1.0), np.append(tpr, 0.0)
    return float(abs(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y)) / 2)


def _checked(y_true, scores):
    y_true, scores = np.asarray(y_true, dtype=float), np.asarray(scores, dtype=float)
    check_vectors(y_true=y_true, scores=scores)
    check_not_empty(y_true=y_true)
    check_both_labels(y_true=y_true)
    check_no_nan(scores=scores)
    return y_true, scores
