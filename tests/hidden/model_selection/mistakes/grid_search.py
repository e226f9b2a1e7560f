"""Wrong implementations of grid_search."""

import itertools

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="2 x 3 values: how many trials?",
    relation="as many trials as the shortest list has values",
)
def zip_instead_of_product(fit, score, grid, higher_is_better=True):
    """The student pairs the first values, the second values and so on."""
    return _best(_tried(fit, score, grid, zip(*_values(grid))), higher_is_better)


@mistake(
    "M2",
    hint="May the best rate depend on the weight?",
    relation="as many trials as there are values in all lists together",
)
def one_hyperparameter_at_a_time(fit, score, grid, higher_is_better=True):
    """The student varies one hyper-parameter and keeps the others at their first value."""
    lists = _values(grid)
    tried = [
        tuple(value if j == i else other[0] for j, other in enumerate(lists))
        for i, values in enumerate(lists)
        for value in values
    ]
    return _best(_tried(fit, score, grid, tried), higher_is_better)


@mistake(
    "M3",
    hint="What is the flag for?",
    relation="right for scores; the worst combination for losses",
)
def always_the_largest(fit, score, grid, higher_is_better=True):
    """The student takes the largest score whatever it means."""
    return _best(_tried(fit, score, grid, itertools.product(*_values(grid))), True)


@mistake(
    "M4",
    hint="Training is expensive: count the calls of fit.",
    relation="right; fit is called twice as often as needed",
)
def fits_twice(fit, score, grid, higher_is_better=True):
    """The student trains once for the score and once more for the list of trials."""
    tried = list(itertools.product(*_values(grid)))
    _tried(fit, score, grid, tried)
    return _best(_tried(fit, score, grid, tried), higher_is_better)


@mistake(
    "M5",
    hint="Equal scores: keep the first.",
    relation="a later combination with the same score",
)
def last_of_equal_scores(fit, score, grid, higher_is_better=True):
    """The student compares with >=."""
    trials = _tried(fit, score, grid, itertools.product(*_values(grid)))
    best = _best(trials[::-1], higher_is_better)
    return best[0], best[1], trials


def _values(grid):
    if not grid or any(len(values) == 0 for values in grid.values()):
        raise ValueError("grid is empty")
    return list(grid.values())


def _tried(fit, score, grid, combinations):
    trials = []
    for values in combinations:
        combination = dict(zip(grid, values))
        trials.append((combination, score(fit(**combination))))
    return trials


def _best(trials, higher_is_better):
    known = [trial for trial in trials if not np.isnan(trial[1])]
    if not known:
        raise ValueError("all scores are NaN")
    best, value = (max if higher_is_better else min)(known, key=lambda trial: trial[1])
    return best, value, trials
