"""Other right implementations of rank_models."""

import math

import numpy as np


def sorted_by_key(values, higher_is_better):
    """Sort the indices with Python's stable sort."""
    values = [float(value) for value in values]
    if not values:
        raise ValueError("values is empty")
    sign = -1 if higher_is_better else 1

    def key(i):
        return (math.isnan(values[i]), 0.0 if math.isnan(values[i]) else sign * values[i])

    return np.array(sorted(range(len(values)), key=key))


def lexsort(values, higher_is_better):
    """Sort by NaN, by value and by position."""
    values = np.asarray(values, dtype=float)
    check_not_empty(values=values)
    nan = np.isnan(values)
    filled = np.where(nan, 0.0, values)
    return np.lexsort((np.arange(len(values)), -filled if higher_is_better else filled, nan))


def selection(values, higher_is_better):
    """Take the best of the rest, again and again."""
    values = np.array(values, dtype=float)
    if values.size == 0:
        raise ValueError("empty")
    left, order = list(range(values.size)), []
    while left:
        best = left[0]
        for i in left[1:]:
            better = values[i] > values[best] if higher_is_better else values[i] < values[best]
            if better or (np.isnan(values[best]) and not np.isnan(values[i])):
                best = i
        order.append(best)
        left.remove(best)
    return np.array(order)


def reversed_twice(values, higher_is_better):
    """Reverse before and after an ascending sort, so that ties keep their order."""
    values = np.asarray(values, dtype=float)
    check_not_empty(values=values)
    if not higher_is_better:
        return np.argsort(values, kind="mergesort")
    last = len(values) - 1
    order = last - np.argsort(values[::-1], kind="stable")[::-1]
    nan = np.isnan(values[order])
    return np.concatenate([order[~nan], order[nan]])


def reversed_by_the_flag(values, higher_is_better):
    """Sort the models that have a number, downwards if the flag says so, and append the others."""
    numbers = [float(value) for value in values]
    if not numbers:
        raise ValueError("empty")
    ranked = [i for i, number in enumerate(numbers) if number == number]
    ranked.sort(key=numbers.__getitem__, reverse=higher_is_better)
    return np.array(ranked + [i for i in range(len(numbers)) if i not in ranked], dtype=np.int64)
