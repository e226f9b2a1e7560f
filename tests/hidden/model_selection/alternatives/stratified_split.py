"""Other right implementations of stratified_split."""

import math

import numpy as np


def shuffled_lists(y, val_fraction, rng):
    """Collect the members of each class in a dict of lists and shuffle each list."""
    y = list(y)
    if not y:
        raise ValueError("y is empty")
    if not 0 < val_fraction < 1:
        raise ValueError(f"val_fraction must be in (0, 1), got {val_fraction}")
    members = {}
    for index, label in enumerate(y):
        members.setdefault(float(label), []).append(index)
    train, val = [], []
    for indices in members.values():
        rng.shuffle(indices)
        count = math.floor(val_fraction * len(indices) + 0.5)
        val += indices[:count]
        train += indices[count:]
    return np.array(sorted(train), dtype=int), np.array(sorted(val), dtype=int)


def choice_without_replacement(y, val_fraction, rng):
    """Let the generator choose, and take the rest as a set difference."""
    y = np.asarray(y)
    check_not_empty(y=y)
    check_range("in (0, 1)", val_fraction=val_fraction)
    parts = []
    for label in np.unique(y):
        members = np.nonzero(y == label)[0]
        count = int(val_fraction * members.size + 0.5)
        parts.append(rng.choice(members, size=count, replace=False))
    val = np.sort(np.concatenate(parts))
    return np.setdiff1d(np.arange(y.size), val), val


def random_keys(y, val_fraction, rng):
    """Give every example a random key; the smallest keys of each class go to validation."""
    _, labels, counts = np.unique(np.asarray(y), return_inverse=True, return_counts=True)
    if labels.size == 0:
        raise ValueError("there are no examples, y is empty")
    if val_fraction <= 0 or val_fraction >= 1:
        raise ValueError("val_fraction is out of range")
    order = np.lexsort((rng.random(labels.size), labels))
    place = np.empty(labels.size, dtype=int)
    place[order] = np.arange(labels.size)
    rank_in_class = place - (np.cumsum(counts) - counts)[labels]
    in_val = rank_in_class < np.floor(counts * val_fraction + 0.5)[labels]
    return np.where(~in_val)[0], np.where(in_val)[0]
