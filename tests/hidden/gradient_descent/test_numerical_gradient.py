"""Hidden tests of numerical_gradient."""

import numpy as np
import pytest

from grader import Size, assert_close, no_alias, unchanged

pytestmark = pytest.mark.function("numerical_gradient")


def cubes(w):
    return float(np.sum(np.asarray(w) ** 3))


def squares(w):
    return float(np.sum(np.asarray(w) ** 2))


@pytest.mark.group("value")
@pytest.mark.points(2.5)
def test_agrees_with_the_reference_on_random_functions(student, solution, domain, rng):
    f, w, h = domain.draw(rng, Size(d=2))
    expected = solution.numerical_gradient(f, w.astype(float), h)
    assert_close(student.numerical_gradient(f, w.astype(float), h), expected, "T1")


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint(
    "Central differences with h = 1e-5 have eight right digits. Plot yours against h."
)
def test_the_default_h_is_1e_5(student):
    # At 0 nothing is left but the square of it.
    flat = student.numerical_gradient(cubes, np.zeros(1))
    assert_close(flat, np.array([1e-10]), rtol=1e-6, atol=0.0)


@pytest.mark.group("value")
@pytest.mark.points(1.5)
def test_a_matrix_has_a_gradient_of_its_own_shape(student, rng):
    factors = rng.normal(size=(2, 2))

    def f(W):
        return float(np.sum(factors * W) + W[1, 0] ** 2 * W[0, 1])

    expected = factors + np.array([[0.0, 9.0], [12.0, 0.0]])
    W = np.asfortranarray([[1.0, 2.0], [3.0, -1.0]])
    assert_close(student.numerical_gradient(f, W), expected, rtol=0.0, atol=1e-7)


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Two calls per entry, and in each of them only that entry is moved.")
def test_moves_one_entry_at_a_time_and_calls_f_twice_per_entry(student):
    points = []

    def f(w):
        points.append(np.array(w))
        return cubes(w)

    w, h = np.array([2.0, -1.0]), 0.25
    got = student.numerical_gradient(f, w, h)
    assert_close(got, 3 * w**2 + h**2, "T1")
    assert len(points) == 4
    expected = np.concatenate([w + h * np.eye(2), w - h * np.eye(2)])
    assert_close(np.array(sorted(map(tuple, points))), np.array(sorted(map(tuple, expected))), "T1")


@pytest.mark.group("edge")
@pytest.mark.points(1.5)
@pytest.mark.hint("What is 3 + 1e-5 in an array of integers?")
def test_takes_lists_float32_and_arrays_that_are_read_only(student):
    fixed = np.array([3.0])
    fixed.flags.writeable = False
    for w in (fixed, np.array([3], dtype=np.float32)):
        got = student.numerical_gradient(cubes, w)
        assert_close(got, np.array([27.0]), rtol=0.0, atol=1e-7)
        assert got.dtype == np.float64
    got = student.numerical_gradient(cubes, [[2]], 0.5)
    assert_close(got, np.array([[12.25]]), "T1")


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_one_number(student):
    assert_close(student.numerical_gradient(squares, -2.5, 0.5), -5.0, "T1")


@pytest.mark.group("property")
@pytest.mark.points(1)
@pytest.mark.hint("Test with w squared: is your derivative exact?")
def test_is_exact_for_quadratics(student, rng):
    a, b, c = rng.normal(size=3)

    def quadratic(w):
        return float(a * w[0] ** 2 + b * w[0] * w[1] + c * w[1])

    w = rng.normal(size=2)
    got = student.numerical_gradient(quadratic, w, 4.0)
    assert_close(got, np.array([2 * a * w[0] + b * w[1], b * w[0] + c]), rtol=0.0, atol=1e-10)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_an_h_that_is_not_positive_is_an_error(student):
    for h in (0.0, -1e-5):
        with pytest.raises(ValueError, match=r"(?i)\bh\b"):
            student.numerical_gradient(squares, np.array([1.0, 2.0]), h)


@pytest.mark.group("contract")
@pytest.mark.points(0.75)
@pytest.mark.hint("Compare w before and after the loop.")
def test_leaves_the_point_alone_and_keeps_nothing(student):
    for f, w, expected in [(squares, np.array([3.0]), 6.0), (cubes, [3.0], 27.25)]:
        got = student.numerical_gradient(f, w, 0.5)
        unchanged(student.numerical_gradient)
        no_alias(student.numerical_gradient)
        assert_close(got, np.array([expected]), "T1")
