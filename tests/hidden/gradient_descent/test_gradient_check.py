"""Hidden tests of gradient_check."""

import numpy as np
import pytest

from grader import assert_close, unchanged

pytestmark = pytest.mark.function("gradient_check")


def cubes(w):
    return float(np.sum(np.asarray(w) ** 3))


def times(factors):
    """Return the gradient of `cubes` with its entries multiplied."""

    def grad_f(w):
        return np.asarray(factors) * 3 * np.asarray(w, dtype=float) ** 2

    return grad_f


@pytest.mark.group("value")
@pytest.mark.points(2.5)
@pytest.mark.hint("One of 1000 entries is wrong. Do you notice, whatever the sign of its error?")
def test_agrees_with_the_reference_on_random_gradients(student, solution, rng):
    # The entry with the largest error is too small; the other one, too large, is steeper by far.
    w, grad_f = rng.uniform([1.5, 0.5], [2.0, 0.6]), times([1.2, rng.uniform(0.2, 0.5)])
    expected = solution.gradient_check(cubes, grad_f, w)
    assert_close(student.gradient_check(cubes, grad_f, w), expected, "T2")


@pytest.mark.group("value")
@pytest.mark.points(2)
@pytest.mark.hint(
    "What do you get for twice the gradient, and for its opposite? How large f is does not matter."
)
def test_doubled_and_reversed_gradients(student):
    w = np.array([1.5])
    got = student.gradient_check(lambda w: 1e-3 * cubes(w), times(2e-3), w)
    assert_close(got, 1 / 3, rtol=0.0, atol=1e-6)
    assert_close(student.gradient_check(cubes, times(-1.0), w), 1.0, rtol=0.0, atol=1e-9)


@pytest.mark.group("edge")
@pytest.mark.points(0.75)
@pytest.mark.hint("What if both gradients are zero, or nearly?")
def test_gradients_that_are_zero_or_nearly(student):
    got = student.gradient_check(lambda w: 4.0, lambda w: np.array([0.0, -2e-9]), np.ones(2))
    assert_close(got, 0.2, "T1")


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Pass h on: for a cube, central differences are off by exactly h squared.")
def test_uses_the_h_that_it_is_given(student):
    w = np.array([1.0])
    assert_close(student.gradient_check(cubes, times(1.0), w, 0.5), 0.25 / 6.25, "T1")
    # At 0 the measured gradient is the square of the default.
    flat = student.gradient_check(cubes, times(1.0), np.zeros(1))
    assert_close(flat, 1e-10 / 1e-8, rtol=1e-6, atol=0.0)


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
def test_takes_lists_integers_and_matrices(student):
    got = student.gradient_check(cubes, lambda w: [[9]], [[1]])
    assert_close(got, 0.5, rtol=0.0, atol=1e-6)


@pytest.mark.group("property")
@pytest.mark.points(0.5)
def test_the_size_of_both_gradients_does_not_matter(student, rng):
    m, a = rng.uniform(0.5, 2) * np.array([-100.0, -20.0])
    got = student.gradient_check(lambda w: m * w[0], lambda w: np.array([a]), np.zeros(1))
    assert_close(got, 2 / 3, "T2")


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_a_gradient_of_another_shape_is_an_error(student):
    for shape in [(2,), (1, 1)]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.gradient_check(cubes, lambda w, shape=shape: np.ones(shape), np.ones(1))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_returns_a_float_leaves_the_point_alone_and_keeps_nothing(student):
    w = np.array([2.0])
    result = student.gradient_check(cubes, times(2.0), w)
    unchanged(student.gradient_check)
    assert_close(result, 1 / 3, rtol=0.0, atol=1e-6)
    assert isinstance(result, float)
    w.flags.writeable = False
    got = student.gradient_check(cubes, times(1 / 3), w)
    assert_close(got, 0.5, rtol=0.0, atol=1e-6)
