"""Hidden tests of best_of_restarts."""

import numpy as np
import pytest

from grader import assert_close, assert_exact, no_alias, unchanged

pytestmark = pytest.mark.function("best_of_restarts")


def height(params):
    """The second parameter says how fast the first one falls."""
    return params[0]


def fall(params):
    return params[1], 0.0


def distance(params):
    (p,) = params
    return float(np.sum(np.abs(p)))


def inwards(params):
    return (params[0],)


def still(params):
    return (0.0 * params[0],)


@pytest.mark.group("value")
@pytest.mark.points(1.5)
def test_agrees_with_the_reference_on_random_valleys(student, solution, rng):
    # The lowest start ends highest, and the highest one in the middle.
    highs = np.array([1.0, 3.0, 2.0]) + rng.uniform(-0.4, 0.4, 3)
    starts = [(float(high), slope) for high, slope in zip(highs, (-2.0, 4.0, 3.5), strict=True)]
    args = height, fall, [starts[i] for i in rng.permutation(3)], 0.5, 2
    assert_close(student.best_of_restarts(*args), solution.best_of_restarts(*args), "T2")


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("A good start or a good end?")
def test_the_end_of_a_run_decides_not_its_start(student):
    # The first run passes the minimum and ends behind it, the second ends just before it.
    args = (distance, lambda _: (1.0,), [(1.0,), (1.75,)], 1.5, 1)
    assert_close(student.best_of_restarts(*args), ((0.25,), 1, np.array([0.5, 0.25])), "T2")


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Print where each run begins.")
def test_every_run_begins_at_its_own_start(student):
    starts = [(np.array([2.0, 4.0]),), (np.array([8.0, -8.0]),), (np.array([-1.0, 0.5]),)]
    got = student.best_of_restarts(distance, inwards, starts, 0.5, 1)
    assert_close(got, ((starts[2][0] / 2,), 2, np.array([3.0, 8.0, 0.75])), "T2")


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Is a high loss good? And is the middle of two valleys a valley?")
def test_the_smallest_last_loss_wins(student):
    starts = [(3.0, 6.0), (-1.0, 0.0), (2.0, 4.0)]
    got = student.best_of_restarts(lambda params: params[0], lambda _: (1.0, -1.0), starts, 0.5, 1)
    assert_close(got, ((-1.5, 0.5), 1, np.array([2.5, -1.5, 1.5])), "T2")
    assert_exact(got[1], 1)


@pytest.mark.group("edge")
@pytest.mark.points(0.75)
@pytest.mark.hint("What is the smallest of NaN and 1?")
def test_runs_that_end_in_nan_lose(student):
    def loss_fn(params):
        return np.nan if params[0] < 0 else params[0]

    for values, index in [([-1.0, 3.0, 2.0], 2), ([2.0, -1.0], 0), ([-1.0, np.inf, 5.0], 2)]:
        got = student.best_of_restarts(loss_fn, still, [(v,) for v in values], 0.5, 0)
        losses = np.where(np.array(values) < 0, np.nan, values)
        assert_close(got, ((values[index],), index, losses), "T2")


@pytest.mark.group("edge")
@pytest.mark.points(0.75)
def test_ties_one_start_no_step_and_whole_numbers(student):
    starts = [(5.0,), (-2.0,), (2.0,)]
    got = student.best_of_restarts(distance, still, starts, 0.1, 1)
    assert_close(got, ((-2.0,), 1, np.array([5.0, 2.0, 2.0])), "T2")
    got = student.best_of_restarts(distance, still, starts[:1], 0.1, 0)
    assert_close(got, ((5.0,), 0, np.array([5.0])), "T2")
    got = student.best_of_restarts(distance, still, [(2.0 + 1e-7,), (2.0,)], 0.1, 0)
    assert_exact(got[1], 1)
    starts = [(np.array([3, 2], dtype=np.uint8),), (np.array([1, 2], dtype=np.uint8),)]
    got = student.best_of_restarts(distance, inwards, starts, 0.25, 1)
    assert_close(got, ((np.array([0.75, 1.5]),), 1, np.array([3.75, 2.25])), "T2")


@pytest.mark.group("property")
@pytest.mark.points(0.5)
def test_the_order_of_the_starts_orders_the_losses(student, rng):
    values = rng.permutation([4.0, 3.0, -2.0]) + rng.uniform(-0.2, 0.2, 3)
    starts = [(float(value),) for value in values]
    best, index, losses = student.best_of_restarts(distance, inwards, starts, 0.5, 1)
    order = [2, 0, 1]
    moved = [starts[i] for i in order]
    got = student.best_of_restarts(distance, inwards, moved, 0.5, 1)
    assert_close(got, (best, order.index(index), losses[order]), "T2")


@pytest.mark.group("property")
@pytest.mark.points(0.5)
def test_more_starts_never_make_it_worse(student, rng):
    values = rng.permutation([4.0, 3.0, -2.0])
    starts, least = [(value,) for value in values], np.inf
    for count in (1, 3):
        (end,), index, losses = student.best_of_restarts(distance, inwards, starts[:count], 0.5, 1)
        assert_close(losses, np.abs(values[:count]) / 2, "T2")
        assert_close(end, values[index] / 2, "T2")
        assert losses[index] == losses.min() <= least
        least = losses[index]


@pytest.mark.group("contract")
@pytest.mark.points(0.5)
def test_no_start_and_nan_alone_are_errors(student):
    with pytest.raises(ValueError, match=r"(?i)empty|NaN"):
        student.best_of_restarts(distance, still, [], 0.1, 2)
    with pytest.raises(ValueError, match=r"(?i)empty|NaN"):
        student.best_of_restarts(lambda _: np.nan, still, [(1.0,), (2.0,)], 0.1, 0)
    for name, rate, n_steps in [("learning_rate", -0.1, 1), ("n_steps", 0.1, -1)]:
        with pytest.raises(ValueError, match=rf"(?i)\b{name}\b"):
            student.best_of_restarts(distance, still, [(1.0,)], rate, n_steps)


@pytest.mark.group("contract")
@pytest.mark.points(0.5)
@pytest.mark.hint("After your call, are the starts still what they were?")
def test_leaves_the_starts_alone_and_keeps_nothing(student):
    a, b = np.array([4.0, 1.0]), np.array([-1.0, 1.0])
    first, second = [(a,), (b,)], [(b / 8,), (a,)]
    for starts, index, n_steps in [(first, 1, 1), (second, 0, 1), (first, 1, 0)]:
        result = student.best_of_restarts(distance, inwards, starts, 0.5, n_steps)
        unchanged(student.best_of_restarts)
        no_alias(student.best_of_restarts)
        params, best, losses = result
        size = 0.5**n_steps
        expected = np.array([distance(start) for start in starts])
        assert_close(result, ((starts[index][0] * size,), index, expected * size), "T2")
        assert isinstance(params, tuple)
        assert isinstance(best, (int, np.integer))
        assert losses.dtype == np.float64
    b.flags.writeable = False
    got = student.best_of_restarts(distance, still, [(b,)], 0.5, 1)
    assert_close(got, ((b,), 0, np.array([2.0])), "T2")
