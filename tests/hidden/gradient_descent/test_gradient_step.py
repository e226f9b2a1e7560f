"""Hidden tests of gradient_step."""

import numpy as np
import pytest

from grader import Size, assert_close, no_alias, unchanged

pytestmark = pytest.mark.function("gradient_step")

SMALL = Size(d=2, k=3, integers=True)


@pytest.mark.group("value")
@pytest.mark.points(2)
def test_agrees_with_the_reference_on_random_parameters(student, solution, domain, rng):
    for size in [Size()] * 4 + [Size(d=3, k=3)]:
        params, grads, rate = domain.draw(rng, size)
        args = (tuple(1.0 * np.asarray(old) for old in params), grads, rate)
        assert_close(student.gradient_step(*args), solution.gradient_step(*args))


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Downhill is which direction, and how long is the step?")
def test_goes_against_the_gradient_as_far_as_it_is_large(student):
    params = (np.array([2.0, -1.0, 0.0]), 4.0)
    near = (np.array([0.5, -0.25, 0.0]), 2.0)
    far = (np.array([50.0, -25.0, 0.0]), 200.0)
    expected = (np.array([1.875, -0.9375, 0.0]), 3.5)
    assert_close(student.gradient_step(params, near, 0.25), expected)
    expected = (np.array([-10.5, 5.25, 0.0]), -46.0)
    assert_close(student.gradient_step(params, far, 0.25), expected)


@pytest.mark.group("value")
@pytest.mark.points(1)
def test_takes_any_number_of_parameters_of_any_shape(student, rng):
    shapes = [(2, 3), (3,), (3, 1), (1,), (2, 2, 2)]
    for count in (1, 5):
        params = tuple(rng.normal(size=shape) for shape in shapes[:count])
        grads = tuple(rng.normal(size=shape) for shape in shapes[:count])
        expected = tuple(p - 0.3 * g for p, g in zip(params, grads, strict=True))
        assert_close(student.gradient_step(params, grads, 0.3), expected)


@pytest.mark.group("value")
@pytest.mark.points(0.5)
def test_takes_numbers_alone(student):
    got = student.gradient_step((1.5, -2.0, 10.0), (4.0, 2.0, -1.0), 0.5)
    assert_close(got, (-0.5, -3.0, 10.5))
    assert_close(student.gradient_step((3.0,), (-8.0,), 2.0), (19.0,))


@pytest.mark.group("value")
@pytest.mark.points(0.5)
@pytest.mark.hint(
    "All partial derivatives belong to the same point: start from the old parameters."
)
def test_each_parameter_starts_from_its_own_old_value(student, rng):
    p, q, r = rng.normal(size=(3, 4))
    f, g, h = rng.normal(size=(3, 4))
    got = student.gradient_step((p, q, r), (f, g, h), 0.25)
    assert_close(got, (p - f / 4, q - g / 4, r - h / 4))
    again = student.gradient_step((r, p, q), (h, f, g), 0.25)
    assert_close(again, (r - h / 4, p - f / 4, q - g / 4))


@pytest.mark.group("edge")
@pytest.mark.points(1)
@pytest.mark.hint("What is 3 - 0.1 in an array of integers?")
def test_integer_parameters_become_floats(student):
    got = student.gradient_step((np.array([3, 0]), 7), (np.array([1, -1]), 2), 0.25)
    assert_close(got, (np.array([2.75, 0.25]), 6.5))
    byte = np.array([200, 100], dtype=np.uint8)
    assert_close(student.gradient_step((byte,), (byte,), 2), (np.array([-200.0, -100.0]),))


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Parameters may be lists, even nested ones, and float32 arrays.")
def test_takes_lists_and_float32(student):
    got = student.gradient_step([[1, 2], 3, [[1, 0], [0, 1]]], [(4, -4), 2, [[2, 2], [0, 0]]], 0.5)
    assert_close(got, (np.array([-1.0, 4.0]), 2.0, np.array([[0.0, -1.0], [0.0, 1.0]])))
    third = np.array([1.0, 2.0], dtype=np.float32) / np.float32(3)
    exact = third.astype(float)
    got = student.gradient_step((third, 0.1), (third, np.float32(0.5)), 0.1)
    assert_close(got, (exact - 0.1 * exact, 0.1 - 0.1 * 0.5))
    assert got[0].dtype == np.float64


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_nan_infinite_and_huge_gradients_pass_through(student):
    params = (np.array([1.0, 2.0, 3.0, 4.0]), 5.0)
    grads = (np.array([np.nan, np.inf, -np.inf, 1e200]), 1e-200)
    expected = (np.array([np.nan, -np.inf, np.inf, -1e199]), 5.0)
    assert_close(student.gradient_step(params, grads, 0.1), expected)
    w = np.arange(6.0).reshape(2, 3)[:, ::2]
    assert_close(student.gradient_step((w, w.T), (w, w.T), 0.5), (0.5 * w, 0.5 * w.T))


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("Near the minimum the step should shrink by itself.")
def test_the_displacement_is_proportional_to_rate_and_gradient(student, domain, rng):
    for _ in range(2):
        params, grads, rate = domain.draw(rng)
        params = tuple(1.0 * np.asarray(old) for old in params)
        old = params[0]
        once = student.gradient_step(params, grads, rate)[0] - old
        assert np.abs(once).max() > 0
        assert_close(student.gradient_step(params, grads, 2 * rate)[0] - old, 2 * once, "T1")
        tripled = tuple(3 * np.asarray(gradient) for gradient in grads)
        assert_close(student.gradient_step(params, tripled, rate)[0] - old, 3 * once, "T1")


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("Equal values, but new objects: change the result. Did the input change too?")
def test_a_zero_gradient_gives_equal_values_in_new_arrays(student, rng):
    params = (rng.normal(size=3), 2.5, rng.normal(size=(2, 2)))
    got = student.gradient_step(params, (np.zeros(3), 0.0, np.zeros((2, 2))), 0.1)
    assert_close(got, params)
    no_alias(student.gradient_step)
    unchanged(student.gradient_step)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_a_learning_rate_that_is_not_positive_is_an_error(student):
    for rate in (0.0, -0.1):
        with pytest.raises(ValueError, match=r"(?i)\blearning_rate\b"):
            student.gradient_step((np.ones(2), 1.0), (np.ones(2), 1.0), rate)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Does every parameter have a gradient, and of its own shape?")
def test_gradients_that_do_not_fit_are_an_error(student):
    for params, grads in [
        ((np.ones(2), 1.0), (np.ones(2),)),
        ((np.ones(2),), (np.ones(2), 1.0)),
        ((np.ones(3),), (np.ones(4),)),
        ((np.ones(3),), (np.ones((3, 1)),)),
        ((1.0, np.ones((2, 2))), (1.0, np.ones(2))),
    ]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.gradient_step(params, grads, 0.1)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Keep the old point: the notebook plots the path. Numbers stay numbers.")
def test_returns_a_tuple_of_new_arrays_and_floats(student):
    for params, grads in [
        ((np.array([1.0, 2.0]), 3.0), (np.array([1.0, 1.0]), 1.0)),
        ([np.array([[1.0], [2.0]]), 3], [np.array([[1.0], [1.0]]), 1]),
    ]:
        w, b = result = student.gradient_step(params, grads, 0.5)
        assert isinstance(result, tuple)
        assert w.dtype == np.float64
        assert isinstance(b, float)
        unchanged(student.gradient_step)
        no_alias(student.gradient_step)
        for arrays in (params, grads):
            arrays[0].flags.writeable = False
        assert_close(student.gradient_step(params, grads, 0.5), (params[0] - 0.5, 2.5))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_keeps_nothing_between_calls(student, solution, domain, rng):
    first, second = domain.draw(rng, SMALL), domain.draw(rng, SMALL)
    mixed = (first[0], second[1], 0.125)
    for args in (first, second, first, first, mixed):
        assert_close(student.gradient_step(*args), solution.gradient_step(*args))
