"""Other right implementations of apply_threshold."""

import math

import numpy as np


def with_where(scores, threshold=0.5):
    """Choose between two numbers."""
    scores = np.asarray(scores, dtype=float)
    if np.isnan(scores).any() or np.isnan(threshold):
        raise ValueError("NaN has no side")
    return np.where(scores >= threshold, 1, 0)


def loops(scores, threshold=0.5):
    """Treat one score after the other."""
    scores = np.array(scores, dtype=float)
    if math.isnan(threshold):
        raise ValueError("threshold is nan")
    result = np.zeros(scores.size, dtype=np.int64)
    for i, score in enumerate(scores.ravel().tolist()):
        if math.isnan(score):
            raise ValueError("a score is nan")
        if score >= threshold:
            result[i] = 1
    return result.reshape(scores.shape)


def complement(scores, threshold=0.5):
    """Start from ones and cross out what is below."""
    scores = np.asarray(scores, dtype=float)
    check_no_nan(scores=scores, threshold=threshold)
    result = np.ones(scores.shape, dtype=int)
    result[scores < threshold] = 0
    return result


def by_bins(scores, threshold=0.5):
    """Let a search in a list of one threshold count how many thresholds are reached."""
    scores = np.asarray(scores, dtype=float)
    check_no_nan(scores=scores, threshold=threshold)
    return np.searchsorted([threshold], scores, side="right") * np.int64(1)
