"""Other right implementations of grid_search."""

import itertools
import math

import numpy as np


def recursion(fit, score, grid, higher_is_better=True):
    """Fix the first name and search the rest of the grid."""
    names = list(grid)
    if not names or not all(len(grid[name]) for name in names):
        raise ValueError("empty grid")
    trials = []

    def go(i, chosen):
        if i == len(names):
            trials.append((dict(chosen), score(fit(**chosen))))
            return
        for value in grid[names[i]]:
            go(i + 1, {**chosen, names[i]: value})

    go(0, {})
    best = None
    for trial in trials:
        value = trial[1]
        if math.isnan(value):
            continue
        if best is None or (value > best[1] if higher_is_better else value < best[1]):
            best = trial
    if best is None:
        raise ValueError("only NaN")
    return best[0], best[1], trials


def digits(fit, score, grid, higher_is_better=True):
    """Count through the combinations like through numbers whose digits are the values."""
    sizes = [len(values) for values in grid.values()]
    if not sizes or min(sizes) == 0:
        raise ValueError("the grid is empty")
    combinations = []
    for number in range(math.prod(sizes)):
        combination, rest = {}, number
        for name in reversed(list(grid)):
            rest, digit = divmod(rest, len(grid[name]))
            combination[name] = grid[name][digit]
        combinations.append({name: combination[name] for name in grid})
    scores = [float(score(fit(**combination))) for combination in combinations]
    order = rank_models(scores, higher_is_better)
    best = int(order[0])
    if np.isnan(scores[best]):
        raise ValueError("NaN everywhere")
    return combinations[best], scores[best], list(zip(combinations, scores))


def signed_maximum(fit, score, grid, higher_is_better=True):
    """Train all models first, then judge all, then take the largest signed score."""
    if len(grid) == 0 or 0 in [len(values) for values in grid.values()]:
        raise ValueError("grid is EMPTY")
    keys = grid.keys()
    combinations = [dict(zip(keys, values)) for values in itertools.product(*grid.values())]
    models = [fit(**combination) for combination in combinations]
    scores = [score(model) for model in models]
    signed = np.array(scores, dtype=float) * (1 if higher_is_better else -1)
    if np.all(np.isnan(signed)):
        raise ValueError("all scores are nan")
    best = np.flatnonzero(signed == np.nanmax(signed))[0]
    return combinations[best], scores[best], list(zip(combinations, scores))
