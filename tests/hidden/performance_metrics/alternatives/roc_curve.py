"""Other right implementations of roc_curve."""

import numpy as np


def cumulated(y_true, scores):
    """Sort by descending score, count along, keep the last point of each run of equal scores."""
    y_true, scores = _checked(y_true, scores)
    order = np.argsort(-scores, kind="stable")
    s, y = scores[order], y_true[order]
    last = np.append(np.flatnonzero(np.diff(s)), s.size - 1)
    tp = np.cumsum(y)[last]
    fp = last + 1 - tp
    return (
        np.concatenate([[0.0], fp / fp[-1]]),
        np.concatenate([[0.0], tp / tp[-1]]),
        np.concatenate([[np.inf], s[last]]),
    )


def plain_python(y_true, scores):
    """Walk along sorted pairs."""
    y_true, scores = _checked(y_true, scores)
    pairs = sorted(zip(scores.tolist(), y_true.tolist()), reverse=True)
    vacant = sum(y_true.tolist())
    occupied = len(pairs) - vacant
    fpr, tpr, thresholds = [0.0], [0.0], [float("inf")]
    fp = tp = 0
    for i, (score, label) in enumerate(pairs):
        if label == 1:
            tp += 1
        else:
            fp += 1
        if i + 1 == len(pairs) or pairs[i + 1][0] != score:
            fpr.append(fp / occupied)
            tpr.append(tp / vacant)
            thresholds.append(score)
    return np.array(fpr), np.array(tpr), np.array(thresholds)


def counted_for_each_distinct_score(y_true, scores):
    """Count the labels of each distinct score, then cumulate from the top."""
    y_true, scores = _checked(y_true, scores)
    distinct, where = np.unique(scores, return_inverse=True)
    tp = np.bincount(where, weights=y_true)[::-1].cumsum()
    fp = np.bincount(where, weights=1 - y_true)[::-1].cumsum()
    start = np.zeros(1)
    thresholds = np.append(np.inf, distinct[::-1])
    return np.append(start, fp / fp[-1]), np.append(start, tp / tp[-1]), thresholds


def shares_below(y_true, scores):
    """Use one minus the empirical distribution functions of both classes."""
    y_true, scores = _checked(y_true, scores)
    thresholds = np.array([np.inf, *sorted(set(scores.tolist()), reverse=True)])

    def reached(values):
        return 1 - np.searchsorted(np.sort(values), thresholds, side="left") / len(values)

    return reached(scores[y_true == 0]), reached(scores[y_true == 1]), thresholds


def _checked(y_true, scores):
    y_true, scores = np.asarray(y_true, dtype=float), np.asarray(scores, dtype=float)
    if y_true.ndim != 1 or y_true.shape != scores.shape:
        raise ValueError("shape")
    if y_true.size == 0:
        raise ValueError("empty")
    if set(np.unique(y_true)) != {0.0, 1.0}:
        raise ValueError("labels")
    if np.isnan(scores).any():
        raise ValueError("scores contain nan")
    return y_true, scores
