"""Other right implementations of precision_recall_curve."""

import numpy as np


def cumulated(y_true, scores):
    """Sort by descending score, count along, turn around at the end."""
    y_true, scores = _checked(y_true, scores)
    order = np.argsort(scores)[::-1]
    s, y = scores[order], y_true[order]
    last = np.append(np.flatnonzero(s[1:] != s[:-1]), s.size - 1)
    tp = np.cumsum(y)[last]
    precision = np.append((tp / (last + 1))[::-1], 1)
    recall = np.append((tp / tp[-1])[::-1], 0)
    return precision, recall, s[last][::-1].copy()


def threshold_by_threshold(y_true, scores):
    """Apply the definitions at every distinct score."""
    y_true, scores = _checked(y_true, scores)
    thresholds = sorted(set(scores.tolist()))
    precision, recall = [], []
    for threshold in thresholds:
        decisions = apply_threshold(scores, threshold)
        precision.append(precision_score(y_true, decisions))
        recall.append(recall_score(y_true, decisions))
    return np.array([*precision, 1.0]), np.array([*recall, 0.0]), np.array(thresholds)


def plain_python(y_true, scores):
    """Count the labels of every score in dictionaries."""
    y_true, scores = _checked(y_true, scores)
    found, called = {}, {}
    for label, score in zip(y_true.tolist(), scores.tolist()):
        found[score] = found.get(score, 0) + label
        called[score] = called.get(score, 0) + 1
    vacant = sum(found.values())
    points, tp, n = [(1.0, 0.0)], 0, 0
    for score in sorted(found, reverse=True):
        tp, n = tp + found[score], n + called[score]
        points.append((tp / n, tp / vacant))
    points.reverse()
    return (
        np.array([precision for precision, _ in points]),
        np.array([recall for _, recall in points]),
        np.array(sorted(found)),
    )


def broadcast(y_true, scores):
    """Compare all scores with all thresholds at once."""
    y_true, scores = _checked(y_true, scores)
    thresholds = np.unique(scores)
    decisions = (scores >= thresholds[:, None]).astype(float)
    tp = decisions @ y_true
    precision = tp / decisions.sum(axis=1)
    return np.r_[precision, 1.0], np.r_[tp / y_true.sum(), 0.0], thresholds


def _checked(y_true, scores):
    y_true, scores = np.asarray(y_true, dtype=float), np.asarray(scores, dtype=float)
    if y_true.ndim != 1 or y_true.shape != scores.shape:
        raise ValueError("shape")
    if y_true.size == 0:
        raise ValueError("empty")
    if not np.isin(y_true, [0, 1]).all() or not y_true.any():
        raise ValueError("labels")
    if np.isnan(scores).any():
        raise ValueError("scores contain nan")
    return y_true, scores
