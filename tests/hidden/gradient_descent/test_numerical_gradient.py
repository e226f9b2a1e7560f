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
@pytest.mark.points(2)
def test_agrees_with_the_reference_on_random_functions(student, solution, domain, rng):
    for size in [Size()] * 2 + [Size(d=1), Size(d=5)]:
        f, w, h = domain.draw(rng, size)
        w = w.astype(float)
        expected = solution.numerical_gradient(f, w, h)
        assert_close(student.numerical_gradient(f, w, h), expected, "T1")


@pytest.mark.group("value")
@pytest.mark.points(1.5)
@pytest.mark.hint(
    "Central differences with h = 1e-5 have eight right digits. Plot yours against h."
)
def test_known_derivatives_with_the_default_h(student):
    def f(w):
        return np.sin(w[0]) * np.exp(w[1]) + w[2] ** 3 - 4 * w[1] ** 2

    w = np.array([0.7, -0.4, 2.0])
    expected = [0.5126890501905375, 3.631832029766142, 12.0]
    assert_close(student.numerical_gradient(f, w), np.array(expected), rtol=0.0, atol=5e-8)
    got = student.numerical_gradient(cubes, np.array([-1.0, 3.0]))
    assert_close(got, np.array([3.0, 27.0]), rtol=0.0, atol=1e-7)


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("For a cube, central differences are off by exactly h squared.")
def test_uses_the_h_that_it_is_given(student):
    w = np.array([1.0, -2.0])
    for h in (0.5, 0.125):
        assert_close(student.numerical_gradient(cubes, w, h), 3 * w**2 + h**2, "T1")
    # At 0 nothing is left but the square of the default.
    flat = student.numerical_gradient(cubes, np.zeros(2))
    assert_close(flat, np.full(2, 1e-10), rtol=1e-6, atol=0.0)


@pytest.mark.group("value")
@pytest.mark.points(1)
def test_a_matrix_has_a_gradient_of_its_own_shape(student, rng):
    factors = rng.normal(size=(2, 3))

    def f(W):
        return float(np.sum(factors * W) + W[1, 2] ** 2 * W[0, 1])

    expected = factors.copy()
    expected[1, 2] += 12.0
    expected[0, 1] += 9.0
    W = np.array([[1.0, 2.0, 5.0], [0.0, -1.0, 3.0]])
    assert_close(student.numerical_gradient(f, W), expected, rtol=0.0, atol=1e-7)


@pytest.mark.group("value")
@pytest.mark.points(0.5)
@pytest.mark.hint("Two calls per entry, and in each of them only that entry is moved.")
def test_moves_one_entry_at_a_time_and_calls_f_twice_per_entry(student):
    points = []

    def f(w):
        points.append(np.array(w))
        return cubes(w)

    w, h = np.array([2.0, -1.0, 0.5, 8.0]), 0.25
    got = student.numerical_gradient(f, w, h)
    assert_close(got, 3 * w**2 + h**2, "T1")
    assert len(points) == 8
    expected = np.concatenate([w + h * np.eye(4), w - h * np.eye(4)])
    assert_close(np.array(sorted(map(tuple, points))), np.array(sorted(map(tuple, expected))), "T1")


@pytest.mark.group("edge")
@pytest.mark.points(1)
@pytest.mark.hint("What is 3 + 1e-5 in an array of integers?")
def test_takes_lists_and_arrays_of_any_number_type(student):
    expected = np.array([0.0, 27.0])
    for w in (
        [0, 3],
        np.array([0, 3], dtype=np.uint8),
        np.array([0, 3], dtype=np.float32),
    ):
        got = student.numerical_gradient(cubes, w)
        assert_close(got, expected, rtol=0.0, atol=1e-7)
        assert got.dtype == np.float64
    got = student.numerical_gradient(cubes, [[1, 2], [0, -1]], 0.5)
    assert_close(got, np.array([[3.25, 12.25], [0.25, 3.25]]), "T1")


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_one_number_and_no_number(student):
    assert_close(student.numerical_gradient(squares, np.array(3.0), 0.5), 6.0, "T1")
    assert_close(student.numerical_gradient(squares, -2.5, 0.5), -5.0, "T1")
    assert_close(student.numerical_gradient(squares, np.zeros(0)), np.zeros(0))


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_arrays_that_are_read_only_or_not_contiguous(student):
    w = np.arange(12.0).reshape(3, 4)[::2, ::3]
    w.flags.writeable = False
    assert_close(student.numerical_gradient(cubes, w, 0.5), 3 * w**2 + 0.25, "T1")
    w = np.asfortranarray(np.array([[1.0, 2.0], [4.0, 5.0]]))
    assert_close(student.numerical_gradient(cubes, w, 0.5), 3 * w**2 + 0.25, "T1")


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("Test with w squared: is your derivative exact?")
def test_is_exact_for_quadratics_and_linear_in_the_function(student, rng):
    A, c = rng.normal(size=(2, 2)), rng.normal(size=2)

    def quadratic(w):
        return float(w @ A @ w + c @ w)

    for h in (1e-2, 4.0):
        w = rng.normal(size=2)
        got = student.numerical_gradient(quadratic, w, h)
        assert_close(got, (A + A.T) @ w + c, rtol=0.0, atol=1e-10)
    both = student.numerical_gradient(lambda w: 2 * quadratic(w) - 5 * cubes(w), w, 0.25)
    first = student.numerical_gradient(quadratic, w, 0.25)
    assert_close(both, 2 * first - 5 * student.numerical_gradient(cubes, w, 0.25), "T1")


@pytest.mark.group("property")
@pytest.mark.points(0.5)
def test_is_0_where_the_function_is_flat(student, rng):
    X, y = rng.normal(size=(20, 3)), rng.integers(0, 2, 20)

    def mistakes(w):
        return int(np.sum((X @ w > 0) != y))

    w = rng.normal(size=3)
    # Farther from every step of the loss than h.
    w *= 1e-3 / np.min(np.abs(X @ w) / np.abs(X).max(axis=1)) + 1
    assert_close(student.numerical_gradient(mistakes, w), np.zeros(3))
    assert_close(student.numerical_gradient(lambda w: 7.5 + 0 * w[0], w, 0.5), np.zeros(3))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_an_h_that_is_not_positive_is_an_error(student):
    for h in (0.0, -1e-5, -1):
        with pytest.raises(ValueError, match=r"(?i)\bh\b"):
            student.numerical_gradient(squares, np.array([1.0, 2.0]), h)


@pytest.mark.group("contract")
@pytest.mark.points(0.5)
@pytest.mark.hint("Compare w before and after the loop.")
def test_leaves_the_point_alone(student):
    for w in (np.array([3.0, -1.0]), [3.0, -1.0], np.array([3.0])):
        got = student.numerical_gradient(squares, w)
        assert_close(got, 2 * np.asarray(w), rtol=0.0, atol=1e-7)
        unchanged(student.numerical_gradient)
        no_alias(student.numerical_gradient)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_keeps_nothing_between_calls(student):
    first, second = np.array([3.0, -1.0]), np.array([0.5, 2.0])
    for f, w, expected in [
        (squares, first, 2 * first),
        (cubes, first, 3 * first**2 + 0.25),
        (squares, second, 2 * second),
        (squares, first, 2 * first),
    ]:
        assert_close(student.numerical_gradient(f, w, 0.5), expected, "T1")
