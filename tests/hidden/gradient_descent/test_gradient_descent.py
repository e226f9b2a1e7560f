"""Hidden tests of gradient_descent."""

import numpy as np
import pytest

from grader import assert_close, no_alias, unchanged

pytestmark = pytest.mark.function("gradient_descent")


def bowl(minimum, curvature):
    """Return loss and gradient of the sum of curvature * (p - minimum)^2 over one parameter."""

    def loss_fn(params):
        (p,) = params
        return float(np.sum(curvature * (p - minimum) * (p - minimum)))

    def grad_fn(params):
        (p,) = params
        return (2 * curvature * (p - minimum),)

    return loss_fn, grad_fn


def counted(function):
    """Return the function and a list that grows by its arguments at every call."""
    calls = []

    def wrapped(params):
        calls.append(params)
        return function(params)

    return wrapped, calls


def line(rng):
    """Draw loss and gradient of (a w + b - y)^2, a start, and 1 over the curvature."""
    a, y = rng.uniform(0.5, 2, 2), 7.0

    def loss_fn(params):
        w, b = params
        return float((a @ w + b - y) ** 2)

    def grad_fn(params):
        w, b = params
        slope = 2 * (a @ w + b - y)
        return slope * a, float(slope)

    return loss_fn, grad_fn, (rng.uniform(-1, 1, 2), 0.5), float(0.5 / (a @ a + 1))


@pytest.mark.group("value")
@pytest.mark.points(3)
@pytest.mark.hint("What was asked: the last point or the best? And is every step recorded?")
def test_random_runs_that_diverge(student, rng):
    loss_fn, grad_fn, start, rate = line(rng)
    # Each step leads across the minimum, to double the distance.
    end = tuple(p + 3 * rate * way for p, way in zip(start, grad_fn(start), strict=True))
    losses = loss_fn(start) * np.array([1.0, 4.0, 16.0])
    assert_close(
        student.gradient_descent(loss_fn, grad_fn, start, 3 * rate, 2), (end, losses), "T1"
    )


@pytest.mark.group("value")
@pytest.mark.points(3)
@pytest.mark.hint(
    "All partial derivatives belong to the same point: one gradient per step. And how many points "
    "has a path of 2 steps?"
)
def test_moves_all_parameters_at_once_and_records_the_loss_at_every_point(student):
    loss_fn, losses = counted(lambda params: params[0] * params[1])
    grad_fn, grads = counted(lambda params: (params[1], params[0]))
    params, curve = student.gradient_descent(loss_fn, grad_fn, (2.0, -4.0), 0.5, 2)
    assert_close(params, (6.5, -7.0), "T1")
    assert_close(curve, np.array([-8.0, -20.0, -45.5]), "T1")
    assert len(losses) == 3
    assert len(grads) == 2
    assert_close(np.array(grads), np.array([[2.0, -4.0], [4.0, -5.0]]), "T1")


@pytest.mark.group("edge")
@pytest.mark.points(1)
@pytest.mark.hint("The curve of a diverging run is worth seeing, inf and NaN included.")
def test_a_diverging_run_ends_like_any_other(student):
    def loss_fn(params):
        with np.errstate(all="ignore"):
            return np.float64(params[0]) * np.float64(params[0])

    def grad_fn(params):
        with np.errstate(all="ignore"):
            return (2 * np.float64(params[0]),)

    # The points are -1, inf, and then NaN.
    (end,), losses = student.gradient_descent(loss_fn, grad_fn, (np.float64(-1.0),), 1.5e308, 3)
    assert_close(losses, np.array([1.0, np.inf, np.nan, np.nan]), "T1")
    assert np.isnan(end)


@pytest.mark.group("edge")
@pytest.mark.points(1)
@pytest.mark.hint("What is 3 - 0.1 in an array of integers?")
def test_starts_from_whole_numbers(student):
    def loss_fn(params):
        return int(params[1] > 6)

    def grad_fn(params):
        return np.array([3.0, 2.0]), 1

    start = (np.array([3, 4], dtype=np.uint8), 7)
    got = student.gradient_descent(loss_fn, grad_fn, start, 2, 1)
    assert_close(got, ((np.array([-3.0, 0.0]), 5.0), np.array([1.0, 0.0])))


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("Does the second run begin where the first one ended, and is no step lost?")
def test_one_step_and_then_one_more_are_two(student, rng):
    loss_fn, grad_fn, start, rate = line(rng)
    half, before = student.gradient_descent(loss_fn, grad_fn, start, rate / 2, 1)
    end, after = student.gradient_descent(loss_fn, grad_fn, half, rate / 2, 1)
    # Each step halves the distance from the minimum.
    ways = [rate * gradient for gradient in grad_fn(start)]
    assert_close(end, tuple(p - 0.75 * way for p, way in zip(start, ways, strict=True)), "T1")
    first = loss_fn(start)
    assert_close(np.append(before, after), first * np.array([1, 1 / 4, 1 / 4, 1 / 16]), "T1")


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("How many losses belong to n_steps steps, also where nothing changes any more?")
def test_stays_at_the_minimum_of_a_bowl_for_all_its_steps(student, rng):
    minimum = rng.normal(size=3)
    loss_fn, grad_fn = bowl(minimum, np.array([0.5, 2.0, 4.0]))
    (end,), losses = student.gradient_descent(loss_fn, grad_fn, (minimum,), 0.1, 2)
    assert_close(end, minimum)
    assert_close(losses, np.zeros(3))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_a_negative_number_of_steps_and_a_rate_of_0_are_errors(student):
    loss_fn, grad_fn = bowl(0.0, 1.0)
    with pytest.raises(ValueError, match=r"(?i)\bn_steps\b"):
        student.gradient_descent(loss_fn, grad_fn, (1.0,), 0.1, -1)
    with pytest.raises(ValueError, match=r"(?i)\blearning_rate\b"):
        student.gradient_descent(loss_fn, grad_fn, (1.0,), 0.0, 1)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Without a step, the result equals the start: is it another array?")
def test_no_step_gives_new_parameters(student):
    loss_fn, grad_fn = bowl(0.0, 1.0)
    start = np.array([1.0, -1.0])
    (end,), losses = student.gradient_descent(loss_fn, grad_fn, (start,), 0.5, 0)
    unchanged(student.gradient_descent)
    no_alias(student.gradient_descent)
    assert_close((end, losses), (start, np.array([2.0])))


@pytest.mark.group("contract")
@pytest.mark.points(0.5)
@pytest.mark.hint("After your call, is the start still where it was? Numbers stay numbers.")
def test_returns_new_parameters_and_losses(student):
    params, losses = result = student.gradient_descent(
        lambda p: p[1], lambda p: (p[0], 1.0), (np.ones(2), 2.0), 0.5, 1
    )
    unchanged(student.gradient_descent)
    no_alias(student.gradient_descent)
    assert_close(result, ((np.full(2, 0.5), 1.5), np.array([2.0, 1.5])), "T1")
    assert isinstance(result, tuple)
    assert isinstance(params, tuple)
    assert isinstance(params[1], float)
    assert losses.dtype == np.float64
