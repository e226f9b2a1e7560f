"""Where the arguments of the graded functions come from."""

import numpy as np

from grader import Size, domain


@domain(tolerance="EXACT")
def apply_threshold(rng: np.random.Generator, size: Size) -> tuple:
    """Draw scores and a threshold that is one of them; neither is ever 0 or 1."""
    if size.integers:
        scores = rng.permutation(np.arange(max(size.n, 3)) + rng.integers(-1, 2)) + 0.0
        return scores, float(np.sort(scores)[1])
    scores = rng.permutation(np.linspace(-1.8, 2.6, max(size.n, 3)) + rng.uniform(-0.1, 0.1))
    return scores, float(np.sort(scores)[1:-1][rng.integers(len(scores) - 2)])


@domain(tolerance="EXACT")
def confusion_matrix(rng: np.random.Generator, size: Size) -> tuple:
    """Draw labels of two or of k classes; two different errors never occur equally often."""
    if size.integers or rng.random() < 0.5:
        return *_decisions(rng, size), 2
    k = max(size.k, 2)
    # Twice as often confused with the next class as with the one before.
    y_true = rng.permutation(np.resize(np.arange(k), max(size.n, 3 * k)))
    moved = np.zeros(y_true.size, dtype=np.int64)
    for i, c in enumerate(rng.permutation(k)):
        members = np.flatnonzero(y_true == c)
        moved[members[: 1 + i % 3]] = 1
    return y_true, (y_true + moved) % k, k


@domain(tolerance="T0")
def accuracy_score(rng: np.random.Generator, size: Size) -> tuple:
    """Draw labels and decisions, all four kinds of them."""
    return _decisions(rng, size)


@domain(tolerance="T0")
def precision_score(rng: np.random.Generator, size: Size) -> tuple:
    """Draw labels and decisions, in every sixth draw none for vacant."""
    y_true, y_pred = _decisions(rng, size)
    if rng.random() < 1 / 6:
        return y_true, np.zeros_like(y_pred), _whole_or_share(rng, size)
    return y_true, y_pred


@domain(tolerance="T0")
def recall_score(rng: np.random.Generator, size: Size) -> tuple:
    """Draw labels and decisions, in every sixth draw for a full lot."""
    y_true, y_pred = _decisions(rng, size)
    if rng.random() < 1 / 6:
        return np.zeros_like(y_true), y_pred, _whole_or_share(rng, size)
    return y_true, y_pred


@domain(tolerance="T0")
def fbeta_score(rng: np.random.Generator, size: Size) -> tuple:
    """Draw labels, decisions and beta; in every sixth draw not one vacant space is found."""
    y_true, y_pred = _decisions(rng, size)
    beta = float(rng.choice([1, 2, 3]) if size.integers else rng.choice([0.5, 1.0, 2.0, 3.0]))
    if rng.random() < 1 / 6:
        y_pred = np.where(y_true == 1, 0, y_pred)
    return y_true, y_pred, beta


@domain(tolerance="T0")
def false_positive_rate(rng: np.random.Generator, size: Size) -> tuple:
    """Draw labels and decisions."""
    return _decisions(rng, size)


@domain(tolerance="T0")
def majority_baseline_accuracy(rng: np.random.Generator, size: Size) -> tuple:
    """Draw labels, of which more are 0 or more are 1, but never half."""
    n = max(size.n, 3)
    few = int(rng.integers(1, (n + 1) // 2))
    return (rng.permutation(((np.arange(n) < few) ^ (rng.random() < 0.5)).astype(np.int64)),)


@domain(tolerance="T0")
def roc_curve(rng: np.random.Generator, size: Size) -> tuple:
    """Draw labels and scores, among them equal ones with different labels."""
    return _scored(rng, size)


@domain(tolerance="T0")
def roc_auc_score(rng: np.random.Generator, size: Size) -> tuple:
    """Draw labels and scores, among them equal ones with different labels."""
    return _scored(rng, size)


@domain(tolerance="T0")
def precision_recall_curve(rng: np.random.Generator, size: Size) -> tuple:
    """Draw labels and scores, among them equal ones with different labels."""
    return _scored(rng, size)


@domain(tolerance="T0")
def average_precision_score(rng: np.random.Generator, size: Size) -> tuple:
    """Draw labels and scores, among them equal ones with different labels."""
    return _scored(rng, size)


@domain(tolerance="T0")
def business_cost(rng: np.random.Generator, size: Size) -> tuple:
    """Draw labels, decisions and two different costs."""
    return *_decisions(rng, size), *_costs(rng)


@domain(tolerance="T0")
def best_threshold(rng: np.random.Generator, size: Size) -> tuple:
    """Draw labels, scores and two different whole costs, at which two thresholds are the cheapest.

    If it can be had, the higher of them is not the most accurate one. No score is a quotient of
    such costs.
    """
    while True:
        y_true, scores = _scored(rng, size)
        thresholds = np.append(np.inf, np.unique(scores)[::-1])
        decisions = scores >= thresholds[:, np.newaxis]
        fp, fn = (decisions & (y_true == 0)).sum(axis=1), (~decisions & (y_true == 1)).sum(axis=1)
        costs = _PAIRS @ np.stack([fp, fn])
        tied = (costs == costs.min(axis=1, keepdims=True)).sum(axis=1) > 1
        if tied.any():
            better = tied & (costs.argmin(axis=1) != np.argmin(fp + fn))
            cost_fp, cost_fn = rng.choice(_PAIRS[better if better.any() else tied])
            shift = 0.0 if size.integers else 0.03125
            return y_true, scores + shift, float(cost_fp), float(cost_fn)


#: Pairs of different whole costs.
_PAIRS = np.array([(a, b) for a in range(1, 10) for b in range(1, 10) if a != b])


def _decisions(rng: np.random.Generator, size: Size) -> tuple:
    """Draw true and predicted labels whose four counts differ, and so do the rates made of them.

    Half of the draws of a larger size have few vacant spaces.
    """
    n = max(size.n, 11)
    shares = np.array([0.7, 0.15, 0.05, 0.1]) if rng.random() < 0.5 and n > 20 else np.full(4, 0.25)
    while True:
        tn, fp, fn, tp = (1 + rng.multinomial(n - 4, shares)).tolist()
        distinct = len({tn, fp, fn, tp}) == 4
        # Precision, specificity, recall, accuracy and their complements are then pairwise different.
        if distinct and tp * fn != fp * tn and tp * fp != fn * tn and 2 * (tn + tp) != n:
            break
    kinds = rng.permutation(np.repeat(np.arange(4), [tn, fp, fn, tp]))
    return kinds // 2, kinds % 2


def _scored(rng: np.random.Generator, size: Size) -> tuple:
    """Draw labels and scores of which vacant spaces have the larger ones more often, not always.

    Two of different labels are equal. The smallest score is an occupied space's, and the smallest
    of a vacant space no other's: precision then falls somewhere. Scores are multiples of 1/16 (or
    whole), some of them negative.
    """
    n = max(size.n, 6)
    ascending = np.cumsum(rng.integers(1, 8, n)) - 2 * n
    labels = (np.arange(n) < max(2, round(0.4 * n))).astype(np.int64)
    vacant = np.count_nonzero(labels)
    while True:
        y_true = labels[np.argsort(rng.random(n) + 0.3 * labels)]
        occupied = np.argmin(y_true)
        y_true[0], y_true[occupied] = 0, y_true[0]
        (places,) = np.nonzero(y_true)
        first = places[0] + 1
        # Behind the first vacant space, whose score stays its own.
        changes = np.flatnonzero(y_true[first + 1 :] != y_true[first:-1]) + first
        # How often a vacant space beats an occupied one, if all scores differed.
        wins = places.sum() - vacant * (vacant - 1) // 2
        if changes.size and 2 * wins > vacant * (n - vacant) + n // 4 + 1:
            tie = changes[rng.integers(changes.size)]
            ascending[tie + 1] = ascending[tie]
            order = rng.permutation(n)
            return y_true[order], ascending[order] * (1.0 if size.integers else 0.0625)


def _costs(rng: np.random.Generator) -> tuple:
    """Draw two different whole costs."""
    cost_fp, cost_fn = rng.choice(np.arange(1.0, 10.0), 2, replace=False)
    return float(cost_fp), float(cost_fn)


def _whole_or_share(rng: np.random.Generator, size: Size) -> float:
    return float(rng.integers(2, 5)) if size.integers else float(rng.uniform(0.2, 0.8))
