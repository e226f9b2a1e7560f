"""Hidden tests of momentum_step."""

import numpy as np
import pytest

from grader import Size, assert_close, no_alias, unchanged

pytestmark = pytest.mark.function("momentum_step")


@pytest.mark.group("value")
@pytest.mark.points(2)
def test_agrees_with_the_reference_on_random_parameters(student, solution, domain, rng):
    for size in (Size(), Size(d=1)):
        args = domain.draw(rng, size)
        assert_close(student.momentum_step(*args), solution.momentum_step(*args))


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("The sign of the gradient is already inside the velocity. Is the new one used?")
def test_hand_made_steps(student):
    w, v, g = np.array([1.0, 0.0]), np.array([0.5, -2.0]), np.array([0.0, 4.0])
    got = student.momentum_step((w, 2.0), (v, -1.0), (g, 8.0), 0.5, 0.75)
    velocity = (np.array([0.375, -3.5]), -4.75)
    assert_close(got, ((np.array([1.375, -3.5]), -2.75), velocity))


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("First step from rest: does it move? And what does the ball remember after it?")
def test_rolls_from_rest_faster_and_faster(student):
    params, velocity, places = (10.0,), (0.0,), []
    for gradient in (4.0, 4.0, -4.0):
        params, velocity = student.momentum_step(params, velocity, (gradient,), 0.25, 0.5)
        places.append((params[0], velocity[0]))
    assert_close(places, [(9.0, -1.0), (7.5, -1.5), (7.75, 0.25)])


@pytest.mark.group("value")
@pytest.mark.points(0.5)
def test_the_default_momentum_is_nine_tenths(student):
    got = student.momentum_step((1.0,), (2.0,), (3.0,), 0.5)
    assert_close(got, ((1.3,), (0.3,)))


@pytest.mark.group("value")
@pytest.mark.points(0.5)
def test_takes_any_number_of_parameters_of_any_shape(student, rng):
    shapes = [(2, 3), (), (3, 1), (1,), (2, 2, 2)]
    p, v, g = (tuple(rng.normal(size=shape) for shape in shapes) for _ in range(3))
    velocity = tuple(0.75 * b - 0.2 * c for b, c in zip(v, g, strict=True))
    params = tuple(a + b for a, b in zip(p, velocity, strict=True))
    assert_close(student.momentum_step(p, v, g, 0.2, 0.75), (params, velocity))


@pytest.mark.group("edge")
@pytest.mark.points(1)
@pytest.mark.hint("What is 3 - 0.1 in an array of integers?")
def test_integers_become_floats(student):
    p, v, g = (np.array([3, 0]), 7), (np.array([2, -1]), 1), (np.array([2, 1]), 3)
    expected = ((np.array([3.5, -0.75]), 6.75), (np.array([0.5, -0.75]), -0.25))
    assert_close(student.momentum_step(p, v, g, 0.25, 0.5), expected)
    byte = np.array([200, 1], dtype=np.uint8)
    got = student.momentum_step((byte,), (byte,), (byte,), 2, 0.5)
    assert_close(got, ((np.array([-100.0, -0.5]),), (np.array([-300.0, -1.5]),)))


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Parameters may be lists, even nested ones, and float32 arrays.")
def test_takes_lists_and_float32(student):
    got = student.momentum_step([[1, 2], [[3]]], [[2, 2], [[0]]], [[4, -4], [[8]]], 0.5, 0.5)
    velocity = (np.array([-1.0, 3.0]), np.array([[-4.0]]))
    assert_close(got, ((np.array([0.0, 5.0]), np.array([[-1.0]])), velocity))
    third = np.array([1.0, 2.0], dtype=np.float32) / np.float32(3)
    exact = third.astype(float)
    params, velocity = student.momentum_step((third,), (third,), (third,), 0.1, 0.7)
    assert_close(velocity, (0.7 * exact - 0.1 * exact,))
    assert_close(params, (exact + velocity[0],))


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_nan_infinite_and_huge_gradients_pass_through(student):
    w, v = np.array([1.0, 2.0, 3.0]), np.array([1.0, 1.0, 1.0])
    g = np.array([np.nan, np.inf, -1e200])
    velocity = np.array([np.nan, -np.inf, 1e199])
    got = student.momentum_step((w,), (v,), (g,), 0.1, 0.5)
    assert_close(got, ((velocity,), (velocity,)))


@pytest.mark.group("property")
@pytest.mark.points(0.5)
def test_without_momentum_it_is_a_gradient_step(student, domain, rng):
    params, velocity, grads, rate, _ = domain.draw(rng)
    step = tuple(-rate * g for g in grads)
    moved = tuple(p + s for p, s in zip(params, step, strict=True))
    assert_close(student.momentum_step(params, velocity, grads, rate, 0), (moved, step))


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("With a constant gradient g, to which speed does v grow?")
def test_a_constant_gradient_leads_to_a_constant_speed(student, rng):
    g, rate, momentum = rng.uniform(0.5, 2, 2), 0.1, 0.6
    start = (rng.normal(size=2),)
    params, velocity = start, (np.zeros(2),)
    for t in range(1, 4):
        params, velocity = student.momentum_step(params, velocity, (g,), rate, momentum)
        assert_close(velocity[0], -rate * g * (1 - momentum**t) / (1 - momentum), "T1")
    way = sum(1 - momentum**t for t in range(1, 4)) / (1 - momentum)
    assert_close(params[0], start[0] - rate * g * way, "T1")


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_arguments_out_of_range_are_errors(student):
    for name, rate, momentum in [
        ("learning_rate", 0.0, 0.9),
        ("momentum", 0.1, 1.0),
        ("momentum", 0.1, -0.1),
    ]:
        with pytest.raises(ValueError, match=rf"(?i)\b{name}\b"):
            student.momentum_step((np.ones(2),), (np.ones(2),), (np.ones(2),), rate, momentum)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Does every parameter have a velocity and a gradient of its own shape?")
def test_shapes_that_do_not_fit_are_an_error(student):
    one, two, column = np.ones(1), np.ones(2), np.ones((2, 1))
    for params, velocity, grads in [
        ((two, 1.0), (two, 1.0), (two,)),
        ((two, 1.0), (two,), (two, 1.0)),
        ((two,), (two, 1.0), (two, 1.0)),
        ((two,), (one,), (two,)),
        ((one,), (two,), (two,)),
        ((two,), (two,), (column,)),
    ]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.momentum_step(params, velocity, grads, 0.1, 0.5)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("After your call, are parameters and velocity still what they were?")
def test_returns_two_tuples_of_new_arrays_and_floats(student):
    # From rest and without a slope, the new values are the old ones.
    for v, g in [(np.ones(2), np.full(2, 2.0)), (np.zeros(2), np.zeros(2))]:
        p, step = np.ones(2), 0.5 * v - 0.5 * g
        params, velocity = result = student.momentum_step((p, 1), (v, 0), (g, 0), 0.5, 0.5)
        unchanged(student.momentum_step)
        no_alias(student.momentum_step)
        assert_close(result, ((p + step, 1.0), (step, 0.0)))
        assert isinstance(result, tuple)
        assert isinstance(params, tuple)
        assert isinstance(velocity, tuple)
        assert params[0].dtype == velocity[0].dtype == np.float64
        assert isinstance(params[1], float)
        assert isinstance(velocity[1], float)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_keeps_nothing_between_calls(student):
    w, v = np.array([1.0, 2.0]), np.array([4.0, -2.0])
    w.flags.writeable = v.flags.writeable = False
    got = student.momentum_step((w,), (v,), (w,), 0.25, 0.5)
    assert_close(got, ((np.array([2.75, 0.5]),), (np.array([1.75, -1.5]),)))
    got = student.momentum_step((w,), (w,), (v,), 0.25, 0.5)
    assert_close(got, ((np.array([0.5, 3.5]),), (np.array([-0.5, 1.5]),)))
