"""Hidden tests of numerical_gradient."""

import numpy as np
import pytest

from grader import assert_close, no_alias, unchanged

pytestmark = pytest.mark.function("numerical_gradient")


def cubes(w):
    return float(np.sum(np.asarray(w) ** 3))


def squares(w):
    return float(np.sum(np.asarray(w) ** 2))


@pytest.mark.group("value")
@pytest.mark.points(2.5)
def test_random_cubic_functions(student, rng):
    w, factors, h = rng.normal(size=2), rng.uniform(1, 3, 2), rng.uniform(0.05, 0.4)
    got = student.numerical_gradient(lambda w: float(factors @ np.asarray(w) ** 3), w, h)
    assert_close(got, factors * (3 * w**2 + h**2), "T1")


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
@pytest.mark.points(2.5)
@pytest.mark.hint(
    "Two calls per entry of the matrix, and in each of them only that entry is moved."
)
def test_moves_one_entry_of_a_matrix_at_a_time_and_calls_f_twice_per_entry(student, rng):
    factors, points = rng.normal(size=(2, 2)), []

    def f(W):
        points.append(np.ravel(W).tolist())
        return float(np.sum(factors * W) + W[1, 0] ** 2 * W[0, 1])

    got = student.numerical_gradient(f, np.asfortranarray([[1.0, 2.0], [3.0, -1.0]]), 0.25)
    assert_close(got, factors + np.array([[0.0, 9.0], [12.0, 0.0]]), "T1")
    moved = np.array([1.0, 2.0, 3.0, -1.0]) + 0.25 * np.concatenate([np.eye(4), -np.eye(4)])
    assert_close(np.array(sorted(points)), np.array(sorted(moved.tolist())), "T1")


@pytest.mark.group("edge")
@pytest.mark.points(2)
@pytest.mark.hint("What is 3 + 1e-5 in an array of integers, or of float32?")
def test_takes_float32_and_one_whole_number(student):
    got = student.numerical_gradient(cubes, np.array([3], dtype=np.float32))
    assert_close(got, np.array([27.0]), rtol=0.0, atol=1e-7)
    assert got.dtype == np.float64
    assert_close(student.numerical_gradient(squares, -2, 0.5), -4.0, "T1")


@pytest.mark.group("property")
@pytest.mark.points(1)
@pytest.mark.hint("Test with w squared: is your derivative exact?")
def test_is_exact_for_quadratics(student, rng):
    a, b, w = rng.normal(size=3)
    got = student.numerical_gradient(lambda w: float(a * w[0] ** 2 + b * w[0]), np.array([w]), 4.0)
    assert_close(got, np.array([2 * a * w + b]), rtol=0.0, atol=1e-10)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_an_h_that_is_not_positive_is_an_error(student):
    for h in (0.0, -1e-5):
        with pytest.raises(ValueError, match=r"(?i)\bh\b"):
            student.numerical_gradient(squares, np.array([1.0, 2.0]), h)


@pytest.mark.group("contract")
@pytest.mark.points(0.75)
@pytest.mark.hint("Compare w before and after the loop.")
def test_takes_a_read_only_array_leaves_the_point_alone_and_keeps_nothing(student):
    fixed = np.array([3.0])
    fixed.flags.writeable = False
    for f, w, expected in [(squares, fixed, [6.0]), (cubes, [[3]], [[27.25]])]:
        got = student.numerical_gradient(f, w, 0.5)
        unchanged(student.numerical_gradient)
        no_alias(student.numerical_gradient)
        assert_close(got, np.array(expected), "T1")
