"""Hidden tests of grid_search."""

import itertools

import numpy as np
import pytest

from grader import assert_close, assert_exact, unchanged

pytestmark = pytest.mark.function("grid_search")


class Model:
    """What `fit` of a test returns: the combination that it was called with."""

    def __init__(self, **combination):
        self.combination = combination


def combinations(grid):
    """Return all combinations, the last name changing fastest."""
    return [dict(zip(grid, values, strict=True)) for values in itertools.product(*grid.values())]


def scored(table, grid):
    """Make a score that gives the combinations of a grid the numbers of a table, in order."""
    wanted = combinations(grid)
    return lambda model: table[wanted.index(model.combination)]


@pytest.mark.group("value")
@pytest.mark.points(1.5)
def test_agrees_with_the_reference_on_random_grids(student, solution, domain, rng):
    for higher_is_better in (True, False):
        args = domain.draw(rng)
        while args[3] != higher_is_better:
            args = domain.draw(rng)
        best, best_score, trials = student.grid_search(*args)
        expected = solution.grid_search(*args)
        assert_close((best, best_score, trials), expected)


@pytest.mark.group("value")
@pytest.mark.points(1.5)
@pytest.mark.hint("2 x 3 values: how many trials? May the best rate depend on the weight?")
def test_tries_every_combination_in_the_order_of_nested_loops(student):
    grid = {"b": [2, 1], "a": [0.5, 0.25], "c": [7, 8]}
    table = [0.5, 0.375, 0.25, 0.625, 0.5, 0.125, 0.875, 0.75]
    best, best_score, trials = student.grid_search(Model, scored(table, grid), grid, True)
    assert_exact(best, {"b": 1, "a": 0.25, "c": 7})
    assert_close(best_score, 0.875)
    assert_close(trials, list(zip(combinations(grid), table, strict=True)))


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("What is the flag for, and what if nobody sets it?")
def test_the_flag_says_which_end_is_best(student):
    grid = {"steps": [10, 20]}
    score = scored([0.75, -0.25], grid)
    for flag, steps, value in [((True,), 10, 0.75), ((False,), 20, -0.25), ((), 10, 0.75)]:
        best, best_score, _ = student.grid_search(Model, score, grid, *flag)
        assert_exact(best, {"steps": steps})
        assert_close(best_score, value)


@pytest.mark.group("value")
@pytest.mark.points(0.5)
@pytest.mark.hint("What do you hand to `score`: the combination or the trained model?")
def test_the_trained_model_is_what_is_judged(student):
    best, best_score, trials = student.grid_search(
        lambda a, b: a - 3 * b, lambda model: model * model, {"a": [1, 2], "b": [1, 2]}, False
    )
    assert_exact(best, {"a": 2, "b": 1})
    assert_close(best_score, 1)
    assert_close([value for _, value in trials], [4, 25, 1, 16])


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Equal scores: keep the first.")
def test_of_equal_scores_the_first_is_best(student):
    grid = {"a": [1, 2], "b": [5, 4]}
    for flag, table in [(True, [3 - 2**-40, 3, 3, 3]), (False, [3, 1, 2, 1])]:
        best, best_score, _ = student.grid_search(Model, scored(table, grid), grid, flag)
        assert_exact(best, {"a": 1, "b": 4})
        assert_close(best_score, table[1])


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("What does NaN < 1 give, and 1 < NaN? Infinity is an ordinary score.")
def test_nan_is_never_the_best(student):
    for flag, table, a in [
        (True, [np.nan, -2.0, -3.0], 1),
        (False, [np.nan, 3.0, 2.0], 0),
        (False, [np.nan, np.inf], 1),
    ]:
        grid = {"a": [2, 1, 0][: len(table)]}
        best, best_score, trials = student.grid_search(Model, scored(table, grid), grid, flag)
        assert_exact(best, {"a": a})
        assert_close(best_score, table[2 - a])
        assert_close([value for _, value in trials], table)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint(
    "The values of a hyper-parameter may be names, pairs or None, in a list or a tuple."
)
def test_values_of_any_type(student):
    grid = {"kind": ("linear", "quad"), "limits": [None, (0, 1)], "flag": (True,)}
    best, _, trials = student.grid_search(Model, scored([1.0, 2.0, 4.0, 3.0], grid), grid)
    assert_exact(best, {"kind": "quad", "limits": None, "flag": True})
    assert_exact([combination for combination, _ in trials], combinations(grid))


@pytest.mark.group("property")
@pytest.mark.points(0.25)
@pytest.mark.hint("Training is expensive: count the calls of fit.")
def test_trains_and_judges_each_combination_once(student, rng):
    grid = {"a": [1, 2], "b": [3, 1]}
    fitted, judged = [], []
    table = rng.permutation(4).tolist()

    def fit(**combination):
        fitted.append(combination)
        return Model(**combination)

    def score(model):
        judged.append(model.combination)
        return table[combinations(grid).index(model.combination)]

    student.grid_search(fit, score, grid, False)
    for called in (fitted, judged):
        assert len(called) == 4, f"4 combinations, {len(called)} calls"
        assert all(combination in called for combination in combinations(grid))


@pytest.mark.group("property")
@pytest.mark.points(0.25)
def test_negating_the_score_and_the_flag_changes_nothing(student, rng):
    grid = {"a": [1, 2]}
    table = rng.permutation([-1.0, 2.0]).tolist()
    negated = [-value for value in table]
    flag = bool(rng.integers(2))
    best, best_score, _ = student.grid_search(Model, scored(table, grid), grid, flag)
    other, other_score, _ = student.grid_search(Model, scored(negated, grid), grid, not flag)
    assert_exact(other, best)
    assert_close(other_score, -best_score)
    assert best_score == (max(table) if flag else min(table))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_nothing_to_try_and_nan_alone_are_errors(student):
    for grid in ({}, {"a": []}, {"a": [1, 2], "b": []}):
        with pytest.raises(ValueError, match=r"(?i)empty"):
            student.grid_search(Model, lambda model: 1.0, grid)
    for flag in (True, False):
        with pytest.raises(ValueError, match=r"(?i)NaN"):
            student.grid_search(Model, lambda model: np.nan, {"a": [1]}, flag)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Return (dict, score, list of (dict, score)), and change nothing.")
def test_leaves_the_grid_alone_and_keeps_nothing(student):
    first, second = {"a": [2, 1]}, {"b": [5.0]}
    for grid, table, expected in [
        (first, [0.5, 1.5], ({"a": 1}, 1.5)),
        (second, [0.25], ({"b": 5.0}, 0.25)),
        (first, [0.5, 0.25], ({"a": 2}, 0.5)),
    ]:
        result = student.grid_search(Model, scored(table, grid), grid)
        unchanged(student.grid_search)
        assert_exact(result, (*expected, list(zip(combinations(grid), table, strict=True))))
        assert isinstance(result[1], float)
