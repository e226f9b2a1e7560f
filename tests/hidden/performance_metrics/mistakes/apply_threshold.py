"""Wrong implementations of apply_threshold."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="A score exactly on the threshold: which side?",
    relation="0 instead of 1 where a score equals the threshold",
)
def strictly_above(scores, threshold=0.5):
    """The student takes > for >=."""
    scores = _scores(scores, threshold)
    return (scores > threshold).astype(np.int64)


@mistake(
    "M2",
    hint="What is round(0.5) in Python? And if the threshold is .3?",
    relation="right for the threshold 0.5 and scores from 0 to 1, except at 0.5",
)
def rounds(scores, threshold=0.5):
    """The student rounds probabilities to the nearest label."""
    scores = _scores(scores, threshold)
    return np.clip(np.round(scores), 0, 1).astype(np.int64)


@mistake(
    "M3",
    hint="Which score means vacant, high or low?",
    relation="1 - right",
)
def inverted(scores, threshold=0.5):
    """The student calls spaces with a low score vacant."""
    scores = _scores(scores, threshold)
    return (scores < threshold).astype(np.int64)


@mistake(
    "M4",
    hint="Change the threshold: does anything change?",
    relation="the same for every threshold: that of 0.5",
)
def always_one_half(scores, threshold=0.5):
    """The student writes the number 0.5 and forgets the parameter."""
    scores = _scores(scores, threshold)
    return (scores >= 0.5).astype(np.int64)


@mistake(
    "M5",
    hint="Is NaN always the first of the scores?",
    relation="right, but a NaN that is not the first score passes as 0",
)
def looks_at_the_first_score_only(scores, threshold=0.5):
    """The student asks of one score whether it is NaN."""
    scores = np.asarray(scores, dtype=float)
    _scores(scores.ravel()[:1], threshold)
    return (scores >= threshold).astype(np.int64)


def _scores(scores, threshold):
    scores = np.asarray(scores, dtype=float)
    check_no_nan(scores=scores, threshold=threshold)
    return scores
