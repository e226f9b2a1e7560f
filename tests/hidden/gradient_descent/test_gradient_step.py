"""Hidden tests of gradient_step."""

import numpy as np
import pytest

from grader import assert_close, no_alias, unchanged

pytestmark = pytest.mark.function("gradient_step")


@pytest.mark.group("value")
@pytest.mark.points(2)
def test_agrees_with_the_reference_on_random_parameters(student, solution, rng):
    w, b, W = rng.normal(size=3), rng.normal(), rng.normal(size=(3, 4))
    args = (w, b, W), (W[:, 0], w[0], W - 1), rng.uniform(0.01, 0.4)
    assert_close(student.gradient_step(*args), solution.gradient_step(*args))


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Downhill is which direction, and how long is the step?")
def test_goes_against_the_gradient_as_far_as_it_is_large(student):
    params, grads = (np.array([2.0, -1.0, 0.0]), 4.0), (np.array([50.0, -25.0, 0.0]), 200.0)
    expected = (np.array([-10.5, 5.25, 0.0]), -46.0)
    assert_close(student.gradient_step(params, grads, 0.25), expected)


@pytest.mark.group("value")
@pytest.mark.points(1.5)
@pytest.mark.hint(
    "All partial derivatives belong to the same point: start from the old parameters."
)
def test_takes_any_number_of_parameters_of_any_shape(student, rng):
    shapes = [(2, 3), (2, 3), (3,), (1,), (2, 2, 2)]
    params, grads = (tuple(rng.normal(size=shape) for shape in shapes) for _ in range(2))
    expected = tuple(p - 0.3 * g for p, g in zip(params, grads, strict=True))
    assert_close(student.gradient_step(params, grads, 0.3), expected)


@pytest.mark.group("value")
@pytest.mark.points(0.5)
def test_takes_numbers_alone(student):
    got = student.gradient_step((1.5, -2.0, 10.0), (4.0, 2.0, -1.0), 0.5)
    assert_close(got, (-0.5, -3.0, 10.5))


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


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("Near the minimum the step should shrink by itself.")
def test_the_displacement_is_proportional_to_rate_and_gradient(student, rng):
    old, slope = rng.normal(size=(2, 3))
    (near,) = student.gradient_step((old,), (slope,), 0.1)
    (far,) = student.gradient_step((old,), (3 * slope,), 0.2)
    assert np.abs(near - old).max() > 0
    assert_close(far - old, 6 * (near - old), "T1")


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
        ((np.ones(3),), (np.ones((3, 1)),)),
        ((1.0, np.ones((2, 2))), (1.0, np.ones((1, 2)))),
    ]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.gradient_step(params, grads, 0.1)


@pytest.mark.group("contract")
@pytest.mark.points(0.5)
@pytest.mark.hint("Keep the old point: the notebook plots the path. Numbers stay numbers.")
def test_returns_a_tuple_of_new_arrays_and_floats_and_keeps_nothing(student):
    fixed = np.array([[1.0], [2.0]])
    fixed.flags.writeable = False
    for w, b, whole in [(np.array([1.0, 4.0]), 3.0, tuple), (fixed, 2, list)]:
        params, grads = whole([w, b]), whole([np.ones(w.shape), 1])
        result = student.gradient_step(params, grads, 0.5)
        unchanged(student.gradient_step)
        no_alias(student.gradient_step)
        assert_close(result, (w - 0.5, b - 0.5))
        assert isinstance(result, tuple)
        assert result[0].dtype == np.float64
        assert isinstance(result[1], float)
