"""Hidden tests of gradient_descent."""

import numpy as np
import pytest

from grader import Size, assert_close, no_alias, unchanged

pytestmark = pytest.mark.function("gradient_descent")

SMALL = Size(n=4, d=2, integers=True)


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


def drawn(domain, solution, rng, size=SMALL, diverging=False):
    """Draw arguments until the loss falls at every step, or at none."""
    while True:
        args = domain.draw(rng, size)
        rising = np.diff(solution.gradient_descent(*args)[1]) > 0
        if np.all(rising == diverging):
            return args


@pytest.mark.group("value")
@pytest.mark.points(2)
def test_agrees_with_the_reference_on_random_runs(student, solution, domain, rng):
    for size, diverging in [(Size(), False), (Size(), True), (Size(n=5, d=1), True)]:
        args = drawn(domain, solution, rng, size, diverging)
        assert_close(student.gradient_descent(*args), solution.gradient_descent(*args), "T1")


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("How many points has a path of 4 steps? The losses belong to all of them.")
def test_the_loss_is_recorded_at_every_point(student):
    loss_fn, grad_fn = bowl(2.0, 0.5)
    params, losses = student.gradient_descent(loss_fn, grad_fn, (10.0,), 0.5, 4)
    assert_close(params, (2.5,), "T1")
    assert_close(losses, np.array([32.0, 8.0, 2.0, 0.5, 0.125]), "T1")
    params, losses = student.gradient_descent(loss_fn, grad_fn, (10.0,), 0.5, 1)
    assert_close((params, losses), ((6.0,), np.array([32.0, 8.0])), "T1")


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("What was asked: the last point or the best? And is every step recorded?")
def test_goes_on_when_the_loss_rises(student):
    loss_fn, grad_fn = bowl(1.0, 1.0)
    params, losses = student.gradient_descent(loss_fn, grad_fn, (2.0,), 1.5, 4)
    assert_close(params, (17.0,), "T1")
    assert_close(losses, np.array([1.0, 4.0, 16.0, 64.0, 256.0]), "T1")
    # Downhill at first, then up again: from 0.8 over a hill into the next valley.
    grads = iter([-1.0, 4.0, -2.0])

    def wavy(params):
        return (next(grads),)

    got = student.gradient_descent(lambda params: abs(params[0]), wavy, (-2.0,), 1.0, 3)
    assert_close(got, ((-3.0,), np.array([2.0, 1.0, 5.0, 3.0])), "T1")


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("All partial derivatives belong to the same point.")
def test_all_parameters_move_at_once(student):
    def loss_fn(params):
        w, b = params
        return float((w[0] + b - 3) * (w[0] + b - 3) + w[1] * b)

    def grad_fn(params):
        w, b = params
        slope = 2 * (w[0] + b - 3)
        return np.array([slope, b]), slope + w[1]

    w, b, losses = np.array([1.0, 2.0]), 0.5, []
    for _ in range(3):
        losses.append(loss_fn((w, b)))
        dw, db = grad_fn((w, b))
        w, b = w - 0.25 * dw, b - 0.25 * db
    losses.append(loss_fn((w, b)))
    start = (np.array([1.0, 2.0]), 0.5)
    got = student.gradient_descent(loss_fn, grad_fn, start, 0.25, 3)
    assert_close(got, ((w, b), np.array(losses)), "T1")


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Count: one gradient per step, one loss per point.")
def test_calls_the_functions_no_more_often_than_needed(student):
    for n_steps in (4, 2):
        loss_fn, losses = counted(lambda params: params[0] + params[1])
        grad_fn, grads = counted(lambda params: (2 * params[0] - 2, params[1] / 2))
        params, curve = student.gradient_descent(loss_fn, grad_fn, (3.0, 4.0), 0.25, n_steps)
        path = [(1 + 2 * 0.5**t, 4 * 0.875**t) for t in range(n_steps + 1)]
        assert_close(params, path[-1], "T1")
        assert len(curve) == len(losses) == n_steps + 1
        assert len(grads) == n_steps
        assert_close(np.array(grads), np.array(path[:-1]), "T1")


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Try n_steps = 0 and 1.")
def test_no_step_gives_the_start_and_its_loss(student):
    loss_fn, grad_fn = bowl(np.array([1.0, 2.0]), 1.0)
    start = (np.array([4.0, 0.0]),)
    params, losses = student.gradient_descent(loss_fn, grad_fn, start, 0.1, 0)
    assert_close((params, losses), (start, np.array([13.0])), "T1")


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

    (end,), losses = student.gradient_descent(loss_fn, grad_fn, (np.float64(-1.0),), 5e79, 6)
    assert_close(losses, np.array([1.0, 1e160] + 3 * [np.inf] + 2 * [np.nan]), "T1")
    assert np.isnan(end)

    def poisoned(params):
        return np.nan if params[0] > 2 else params[0]

    got = student.gradient_descent(poisoned, lambda params: (-1.0,), (1.0,), 1.0, 3)
    assert_close(got, ((4.0,), np.array([1.0, 2.0, np.nan, np.nan])))


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("What is 3 - 0.1 in an array of integers?")
def test_starts_from_whole_numbers(student):
    loss_fn, grad_fn = bowl(0.0, np.array([0.5, 0.25]))
    start = (np.array([3, 4], dtype=np.uint8),)
    params, losses = student.gradient_descent(loss_fn, grad_fn, start, 0.5, 2)
    assert_close(params, (np.array([0.75, 2.25]),), "T1")
    assert_close(losses[1:], np.array([3.375, 1.546875]), "T1")
    got = student.gradient_descent(lambda p: int(p[0] > 1), lambda p: (1,), (2,), 1, 2)
    assert_close(got, ((0.0,), np.array([1.0, 0.0, 0.0])))


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("Does the second run begin where the first one ended, and is no step lost?")
def test_some_steps_and_then_some_more_are_all_of_them(student, solution, domain, rng):
    loss_fn, grad_fn, params, rate, _ = drawn(domain, solution, rng)
    whole, losses = student.gradient_descent(loss_fn, grad_fn, params, rate, 3)
    half, before = student.gradient_descent(loss_fn, grad_fn, params, rate, 1)
    end, after = student.gradient_descent(loss_fn, grad_fn, half, rate, 2)
    assert_close(end, whole, "T1")
    assert_close(np.append(before, after[1:]), losses, "T1")


@pytest.mark.group("property")
@pytest.mark.points(0.5)
def test_shrinks_towards_the_minimum_of_a_bowl(student, rng):
    curvature, minimum = np.array([0.5, 2.0, 4.0]), rng.normal(size=3)
    loss_fn, grad_fn = bowl(minimum, curvature)
    start = minimum + rng.uniform(0.5, 2, 3)
    (end,), losses = student.gradient_descent(loss_fn, grad_fn, (start,), 0.1, 6)
    assert_close(end - minimum, (start - minimum) * (1 - 0.2 * curvature) ** 6, "T2")
    assert np.all(np.diff(losses) < 0)
    (end,), losses = student.gradient_descent(loss_fn, grad_fn, (minimum,), 0.1, 2)
    assert_close(end, minimum)
    assert_close(losses, np.zeros(3))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_a_negative_number_of_steps_and_a_rate_of_0_are_errors(student):
    loss_fn, grad_fn = bowl(0.0, 1.0)
    for n_steps in (-1, -5):
        with pytest.raises(ValueError, match=r"(?i)\bn_steps\b"):
            student.gradient_descent(loss_fn, grad_fn, (1.0,), 0.1, n_steps)
    for rate in (0.0, -0.1):
        with pytest.raises(ValueError, match=r"(?i)\blearning_rate\b"):
            student.gradient_descent(loss_fn, grad_fn, (1.0,), rate, 2)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("After your call, is the start still where it was?")
def test_leaves_the_start_alone(student):
    loss_fn, grad_fn = bowl(0.0, np.array([0.5, 0.25]))
    for n_steps in (2, 0):
        start = np.array([1.0, -1.0])
        (end,), _ = student.gradient_descent(loss_fn, grad_fn, (start,), 0.5, n_steps)
        assert_close(end, np.array([0.5, 0.75]) ** n_steps * start, "T1")
        unchanged(student.gradient_descent)
        no_alias(student.gradient_descent)
    start.flags.writeable = False
    (end,), _ = student.gradient_descent(loss_fn, grad_fn, (start,), 0.5, 1)
    assert_close(end, np.array([0.5, -0.75]), "T1")


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_returns_a_tuple_of_parameters_and_an_array_of_losses(student):
    def loss_fn(params):
        return params[1]

    def grad_fn(params):
        return params[0], 1.0

    params, losses = result = student.gradient_descent(loss_fn, grad_fn, (np.ones(2), 2.0), 0.5, 2)
    assert_close(result, ((np.full(2, 0.25), 1.0), np.array([2.0, 1.5, 1.0])), "T1")
    assert isinstance(result, tuple)
    assert isinstance(params, tuple)
    assert isinstance(params[1], float)
    assert losses.dtype == np.float64


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_keeps_nothing_between_calls(student, solution, domain, rng):
    first, second = (drawn(domain, solution, rng)[:4] for _ in range(2))
    mixed = (*first[:2], second[2], first[3])
    for args in (first, second, first, mixed):
        expected = solution.gradient_descent(*args, 2)
        assert_close(student.gradient_descent(*args, 2), expected, "T1")
