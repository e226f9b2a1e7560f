"""Hidden tests of train_with_loss_checks."""

import numpy as np
import pytest

from grader import assert_close, assert_exact, no_alias, unchanged

pytestmark = pytest.mark.function("train_with_loss_checks")


def parabola(params):
    """With rate 1/4, every step divides this loss by 4."""
    (p,) = params
    return float(np.sum(p * p))


def slope(params):
    (p,) = params
    return (2 * p,)


def height(params):
    """With rate r, every step lowers this loss by r."""
    return float(params[0])


def down(_params):
    return (1.0,)


def up(_params):
    return (-1.0,)


@pytest.mark.group("value")
@pytest.mark.points(1.5)
def test_agrees_with_the_reference_on_random_runs(student, solution, rng):
    start = rng.uniform(1, 3, 2)
    least = float(np.sum(start**2))
    # The first run stops at its second check, at a loss that is still large; the step before the
    # first check changed the loss by less than tol. The second run goes on to its last step.
    for max_steps, check_every, share in [(7, 2, 0.2), (4, 3, 1e-3)]:
        args = lambda p: parabola(p) + least, slope, (start,), 0.25, max_steps, check_every
        expected = solution.train_with_loss_checks(*args, share * least)
        got = student.train_with_loss_checks(*args, share * least)
        assert_close(got, expected, "T2")
        assert_exact((got[1], [t for t, _ in got[2]]), (expected[1], [t for t, _ in expected[2]]))


@pytest.mark.group("value")
@pytest.mark.points(1.5)
@pytest.mark.hint("Which loss is the first check compared with? Which loss has the final model?")
def test_checks_at_the_start_at_multiples_and_at_the_end(student):
    got = student.train_with_loss_checks(parabola, slope, (8.0,), 0.25, 5, 2, 0.0)
    assert_close(got, ((0.25,), 5, [(0, 64.0), (2, 4.0), (4, 0.25), (5, 0.0625)]))
    # The first change is 63, exactly tol.
    got = student.train_with_loss_checks(parabola, slope, (8.0,), 0.25, 9, 3, 63.0)
    assert_close(got, ((1.0,), 3, [(0, 64.0), (3, 1.0)]))


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Your function may be right and as slow as before: count the loss calls.")
def test_computes_the_loss_at_checks_only(student):
    seen = []

    def loss_fn(params):
        seen.append(float(params[0]))
        return 64.0 - len(seen)

    for max_steps, check_every, steps in [(4, 3, [0, 3, 4]), (2, 2, [0, 2])]:
        seen.clear()
        got = student.train_with_loss_checks(
            loss_fn, down, (8.0,), 0.5, max_steps, check_every, 0.25
        )
        assert seen == [8.0 - 0.5 * t for t in steps]
        assert_close(got[2], [(t, 63.0 - i) for i, t in enumerate(steps)])


@pytest.mark.group("value")
@pytest.mark.points(0.5)
@pytest.mark.hint("Is the minimum of every loss 0? The change counts, in either direction.")
def test_stops_where_the_loss_stays_and_nowhere_else(student):
    got = student.train_with_loss_checks(
        lambda params: parabola(params) + 7.0, slope, (8.0,), 0.25, 20, 2, 4.0
    )
    assert_close(got, ((0.5,), 4, [(0, 71.0), (2, 11.0), (4, 7.25)]))
    got = student.train_with_loss_checks(height, down, (0.5,), 0.5, 2, 1, 0.25)
    assert_close(got, ((-0.5,), 2, [(0, 0.5), (1, 0.0), (2, -0.5)]))
    got = student.train_with_loss_checks(height, up, (1.0,), 0.5, 2, 1, 0.25)
    assert_close(got, ((2.0,), 2, [(0, 1.0), (1, 1.5), (2, 2.0)]))


@pytest.mark.group("value")
@pytest.mark.points(0.5)
@pytest.mark.hint("Which losses do you know without computing extra ones?")
def test_compares_with_the_check_before_not_with_the_step_before(student):
    # A step changes the loss by 1, three steps by 3, and tol lies between.
    got = student.train_with_loss_checks(height, down, (20.0,), 1.0, 6, 3, 2.0)
    assert_close(got, ((14.0,), 6, [(0, 20.0), (3, 17.0), (6, 14.0)]))
    # The change since the check before counts, not that since the start.
    losses = iter([10.0, 5.0, 4.75, 9.0])
    got = student.train_with_loss_checks(lambda _: next(losses), down, (0.0,), 1.0, 3, 1, 0.5)
    assert_close(got, ((-2.0,), 2, [(0, 10.0), (1, 5.0), (2, 4.75)]))


@pytest.mark.group("edge")
@pytest.mark.points(0.75)
@pytest.mark.hint("Which checks are left if check_every exceeds max_steps, or if there is no step?")
def test_few_steps_or_none(student):
    got = student.train_with_loss_checks(parabola, slope, (8.0,), 0.25, 2, 100, 1e-3)
    assert_close(got, ((2.0,), 2, [(0, 64.0), (2, 4.0)]))
    got = student.train_with_loss_checks(parabola, slope, (8.0,), 0.25, 0, 2, 1e-3)
    assert_close(got, ((8.0,), 0, [(0, 64.0)]))
    got = student.train_with_loss_checks(parabola, slope, (8.0,), 0.25, 1, 1, 0.0)
    assert_close(got, ((4.0,), 1, [(0, 64.0), (1, 16.0)]))


@pytest.mark.group("edge")
@pytest.mark.points(0.75)
@pytest.mark.hint("A diverging run goes on to the end, inf and NaN included.")
def test_a_diverging_run_ends_like_any_other(student):
    def loss_fn(params):
        with np.errstate(all="ignore"):
            return np.float64(params[0]) * np.float64(params[0])

    def grad_fn(params):
        with np.errstate(all="ignore"):
            return (2 * np.float64(params[0]),)

    args = (loss_fn, grad_fn, (np.float64(1.0),), 5e159, 4, 1, 1.0)
    _, steps, checks = student.train_with_loss_checks(*args)
    assert_exact(steps, 4)
    assert_close(checks, [(0, 1.0), (1, np.inf), (2, np.inf), (3, np.nan), (4, np.nan)])


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("What is 3 - 0.1 in an array of integers?")
def test_starts_from_whole_numbers_and_several_parameters(student):
    def loss_fn(params):
        return parabola(params[:1]) + params[1]

    def grad_fn(params):
        return (*slope(params[:1]), 1)

    start = (np.array([3, 1], dtype=np.uint8), 2)
    (p, q), steps, checks = student.train_with_loss_checks(loss_fn, grad_fn, start, 0.25, 2, 1, 0)
    assert_close((p, q), (np.array([0.75, 0.25]), 1.5))
    assert_exact(steps, 2)
    assert_close(checks, [(0, 12.0), (1, 4.25), (2, 2.125)])


@pytest.mark.group("property")
@pytest.mark.points(0.5)
def test_looking_less_often_changes_nothing_but_the_checks(student, rng):
    start = (rng.uniform(1, 2, 2),)
    end, steps, checks = student.train_with_loss_checks(parabola, slope, start, 0.25, 3, 1, 0.0)
    assert [t for t, _ in checks] == list(range(4))
    assert_exact(steps, 3)
    got = student.train_with_loss_checks(parabola, slope, start, 0.25, 3, 2, 0.0)
    assert_close(got, (end, 3, [checks[0], checks[2], checks[3]]), "T2")


@pytest.mark.group("property")
@pytest.mark.points(0.5)
def test_a_larger_tol_stops_no_later_and_a_small_one_at_the_minimum(student, rng):
    start = (rng.uniform(1, 1.2, 3),)
    steps = []
    for tol in (1e-1, 2e-3):
        end, step, checks = student.train_with_loss_checks(
            parabola, slope, start, 0.375, 30, 2, tol
        )
        assert_close(end, (start[0] * 0.25**step,), "T2")
        assert checks[-1][0] == step
        assert abs(checks[-2][1] - checks[-1][1]) <= tol
        steps.append(step)
    assert steps[0] < steps[1] < 30


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_arguments_out_of_range_are_errors(student):
    for name, rate, max_steps, check_every, tol in [
        ("max_steps", 0.1, -1, 1, 0.1),
        ("check_every", 0.1, 3, 0, 0.1),
        ("check_every", 0.1, 3, -2, 0.1),
        ("tol", 0.1, 3, 1, -0.1),
        ("learning_rate", 0.0, 3, 1, 0.1),
    ]:
        with pytest.raises(ValueError, match=rf"(?i)\b{name}\b"):
            student.train_with_loss_checks(
                parabola, slope, (1.0,), rate, max_steps, check_every, tol
            )


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("After your call, is the start still where it was?")
def test_leaves_the_start_alone(student):
    start = np.array([1.0, -2.0])
    for max_steps in (1, 0):
        (end,), _, _ = student.train_with_loss_checks(
            parabola, slope, (start,), 0.25, max_steps, 1, 0.0
        )
        unchanged(student.train_with_loss_checks)
        no_alias(student.train_with_loss_checks)
        assert_close(end, 0.5**max_steps * start)
    start.flags.writeable = False
    (end,), _, _ = student.train_with_loss_checks(parabola, slope, (start,), 0.25, 1, 1, 0.0)
    assert_close(end, 0.5 * start)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_returns_parameters_an_int_and_a_list_of_pairs(student):
    result = student.train_with_loss_checks(height, down, (8.0,), 0.5, 3, 2, 0.0)
    params, steps, checks = result
    assert isinstance(result, tuple)
    assert isinstance(params, tuple)
    assert isinstance(params[0], float)
    assert_exact(steps, 3)
    assert isinstance(checks, list)
    assert_exact([t for t, _ in checks], [0, 2, 3])
    assert all(isinstance(check, tuple) and isinstance(check[1], float) for check in checks)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_keeps_nothing_between_calls(student):
    for rate, start, end in [(0.25, 4.0, 2.0), (0.25, 8.0, 4.0), (0.125, 8.0, 6.0)]:
        got = student.train_with_loss_checks(parabola, slope, (start,), rate, 1, 1, 0.0)
        assert_close(got, ((end,), 1, [(0, start**2), (1, end**2)]))
