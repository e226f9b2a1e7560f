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
def test_random_gradients_of_which_one_entry_is_too_small(student, rng):
    # The other one, too large, is steeper by far.
    factor, w = rng.uniform(0.2, 0.5), rng.uniform([1.5, 0.5], [2.0, 0.6])
    got = student.gradient_check(cubes, times([1.2, factor]), w)
    assert_close(got, (1 - factor) / (1 + factor), "T2")


@pytest.mark.group("value")
@pytest.mark.points(2)
@pytest.mark.hint("What do you get for the opposite gradient? How large f is does not matter.")
def test_the_opposite_gradient(student):
    got = student.gradient_check(lambda w: 1e-3 * cubes(w), times(-1e-3), np.array([1.5]))
    assert_close(got, 1.0, rtol=0.0, atol=1e-6)


@pytest.mark.group("edge")
@pytest.mark.points(0.75)
@pytest.mark.hint("What if both gradients are zero, or nearly?")
def test_gradients_that_are_zero_or_nearly(student):
    got = student.gradient_check(lambda w: 4.0, lambda w: np.array([-2e-9]), np.ones(1))
    assert_close(got, 0.2, "T1")


@pytest.mark.group("edge")
@pytest.mark.points(0.75)
@pytest.mark.hint("Pass h on: for a cube, central differences are off by exactly h squared.")
def test_uses_the_h_that_it_is_given_and_takes_lists_of_whole_numbers(student):
    assert_close(student.gradient_check(cubes, lambda w: [[3]], [[1]], 0.5), 0.25 / 6.25, "T1")
    # At 0 the measured gradient is the square of the default.
    flat = student.gradient_check(cubes, times(1.0), np.zeros(1))
    assert_close(flat, 1e-10 / 1e-8, rtol=1e-6, atol=0.0)


@pytest.mark.group("property")
@pytest.mark.points(0.5)
def test_the_size_of_both_gradients_does_not_matter(student, rng):
    m, a = rng.uniform(0.5, 2) * np.array([-100.0, -20.0])
    got = student.gradient_check(lambda w: m * w[0], lambda w: np.array([a]), np.zeros(1))
    assert_close(got, 2 / 3, "T2")


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_a_gradient_of_another_shape_is_an_error(student):
    # As many axes, rows and entries; and numpy would compare all of them with all others.
    with pytest.raises(ValueError, match=r"(?i)shape"):
        student.gradient_check(cubes, lambda w: np.ones((1, 2, 1)), np.ones((1, 1, 2)))


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
