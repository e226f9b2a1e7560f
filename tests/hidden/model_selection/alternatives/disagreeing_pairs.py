"""Other right implementations of disagreeing_pairs."""

import itertools

import numpy as np


def loops(losses, scores):
    """Go through all ordered pairs."""
    losses, scores = np.array(losses, dtype=float), np.array(scores, dtype=float)
    if losses.shape != scores.shape:
        raise ValueError("shape")
    if np.isnan(losses).any() or np.isnan(scores).any():
        raise ValueError("NaN")
    pairs = []
    for i in range(len(losses)):
        for j in range(len(losses)):
            if losses[i] < losses[j] and scores[i] < scores[j]:
                pairs.append([i, j])
    return np.array(pairs, dtype=np.int64) if pairs else np.empty((0, 2), dtype=np.int64)


def products_of_signs(losses, scores):
    """Compare both differences with 0, and sort each unordered pair by its loss."""
    losses, scores = np.asarray(losses, dtype=float), np.asarray(scores, dtype=float)
    check_vectors(losses=losses, scores=scores)
    check_no_nan(losses=losses, scores=scores)
    pairs = []
    for i, j in itertools.combinations(range(losses.size), 2):
        by_loss = int(losses[j] > losses[i]) - int(losses[j] < losses[i])
        by_score = int(scores[j] > scores[i]) - int(scores[j] < scores[i])
        if by_loss * by_score == 1:
            pairs.append((i, j) if by_loss == 1 else (j, i))
    return np.array(sorted(pairs), dtype=int).reshape(len(pairs), 2)


def nonzero(losses, scores):
    """Stack the indices of a matrix of comparisons."""
    check_vectors(losses=losses, scores=scores)
    check_no_nan(losses=losses, scores=scores)
    a, b = np.array(losses, dtype=float), np.array(scores, dtype=float)
    return np.column_stack(np.nonzero(np.less.outer(a, a) & np.less.outer(b, b)))


def grid_of_indices(losses, scores):
    """Make all pairs of indices and keep those that disagree."""
    losses, scores = np.asarray(losses, dtype=float), np.asarray(scores, dtype=float)
    check_vectors(losses=losses, scores=scores)
    check_no_nan(losses=losses, scores=scores)
    n = len(losses)
    i, j = np.repeat(np.arange(n), n), np.tile(np.arange(n), n)
    keep = (losses[i] < losses[j]) & (scores[i] < scores[j])
    return np.stack([i[keep], j[keep]], axis=1)
