"""Wrong implementations of disagreeing_pairs."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="i is the one with the lower loss, whatever its number.",
    relation="the pairs with i > j are missing",
)
def smaller_index_first(losses, scores):
    """The student goes through the pairs with i < j only."""
    losses, scores = _checked(losses, scores)
    pairs = [
        (i, j)
        for i in range(len(losses))
        for j in range(i + 1, len(losses))
        if losses[i] < losses[j] and scores[i] < scores[j]
    ]
    return np.array(pairs, dtype=int).reshape(-1, 2)


@mistake(
    "M2",
    hint="Neither is better: do they disagree?",
    relation="pairs with equal scores are there too",
)
def counts_ties(losses, scores):
    """The student writes <= for the scores."""
    losses, scores = _checked(losses, scores)
    return np.argwhere((losses[:, None] < losses) & (scores[:, None] <= scores))


@mistake(
    "M3",
    hint="No pairs: how many columns?",
    relation="right unless there are no pairs; then shape (0,)",
)
def no_columns_without_pairs(losses, scores):
    """The student makes an array of an empty list."""
    losses, scores = _checked(losses, scores)
    pairs = [
        (i, j)
        for i in range(len(losses))
        for j in range(len(losses))
        if losses[i] < losses[j] and scores[i] < scores[j]
    ]
    return np.array(pairs, dtype=int)


@mistake(
    "M4",
    hint="Compare the values directly.",
    relation="right if both orders are their own inverse",
)
def takes_an_order_for_ranks(losses, scores):
    """The student compares the places in argsort, which are models and not ranks."""
    losses, scores = _checked(losses, scores)
    loss_ranks, score_ranks = (np.argsort(values, kind="stable") for values in (losses, scores))
    return np.argwhere((loss_ranks[:, None] < loss_ranks) & (score_ranks[:, None] < score_ranks))


@mistake(
    "M5",
    hint="Losses of 0.30000001 and 0.3: is neither better?",
    relation="pairs that differ by less than a millionth are missing",
)
def rounds_the_values(losses, scores):
    """The student compares six digits."""
    losses, scores = (np.round(values, 6) for values in _checked(losses, scores))
    return np.argwhere((losses[:, None] < losses) & (scores[:, None] < scores))


def _checked(losses, scores):
    losses, scores = np.asarray(losses, dtype=float), np.asarray(scores, dtype=float)
    check_vectors(losses=losses, scores=scores)
    check_no_nan(losses=losses, scores=scores)
    return losses, scores
