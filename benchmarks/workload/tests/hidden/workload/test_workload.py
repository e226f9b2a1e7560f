"""Twenty tests: value, edge, property and contract of five functions."""

import numpy as np
import pytest

from grader import assert_close, unchanged


def worth(function, group, points):
    """The three markers of a test."""

    def mark(test):
        for marker in (
            pytest.mark.function(function),
            pytest.mark.group(group),
            pytest.mark.points(points),
        ):
            test = marker(test)
        return test

    return mark


@worth("mean_squared_error", "value", 2)
def test_mse_value(student, solution, rng):
    y, p = rng.normal(size=100), rng.normal(size=100)
    assert_close(student.mean_squared_error(y, p), solution.mean_squared_error(y, p))


@worth("mean_squared_error", "edge", 1)
def test_mse_integers(student):
    assert_close(student.mean_squared_error([1, 2, 3], [1, 4, 6]), 13 / 3)


@worth("mean_squared_error", "property", 0.5)
def test_mse_symmetric(student, rng):
    y, p = rng.normal(size=50), rng.normal(size=50)
    assert_close(student.mean_squared_error(y, p), student.mean_squared_error(p, y))


@worth("mean_squared_error", "contract", 0.5)
def test_mse_shapes(student):
    with pytest.raises(ValueError, match="shape"):
        student.mean_squared_error(np.ones(3), np.ones(4))


@worth("sigmoid", "value", 2)
def test_sigmoid_value(student, solution, rng):
    z = rng.normal(size=(20, 5))
    assert_close(student.sigmoid(z), solution.sigmoid(z))


@worth("sigmoid", "edge", 1)
def test_sigmoid_large(student):
    z = np.array([-1000.0, 0.0, 1000.0])
    got = student.under(errstate={"over": "raise", "invalid": "raise"}).sigmoid(z)
    assert_close(got, np.array([0.0, 0.5, 1.0]))


@worth("sigmoid", "property", 0.5)
def test_sigmoid_symmetric(student, rng):
    z = rng.normal(size=40)
    assert_close(student.sigmoid(z) + student.sigmoid(-z), np.ones(40))


@worth("sigmoid", "contract", 0.5)
def test_sigmoid_pure(student, rng):
    student.sigmoid(rng.normal(size=10))
    unchanged(student.sigmoid)


@worth("softmax", "value", 2)
def test_softmax_value(student, solution, rng):
    Z = rng.normal(size=(30, 4))
    assert_close(student.softmax(Z), solution.softmax(Z))


@worth("softmax", "edge", 1)
def test_softmax_large(student):
    assert_close(student.softmax([[1000.0, 1000.0]]), np.array([[0.5, 0.5]]))


@worth("softmax", "property", 0.5)
def test_softmax_rows(student, rng):
    assert_close(student.softmax(rng.normal(size=(25, 3))).sum(axis=1), np.ones(25))


@worth("softmax", "contract", 0.5)
def test_softmax_vector(student):
    with pytest.raises(ValueError, match="shape"):
        student.softmax(np.ones(3))


@worth("gradient_step", "value", 2)
def test_step_value(student, solution, rng):
    w, g = rng.normal(size=20), rng.normal(size=20)
    assert_close(student.gradient_step(w, g, 0.1), solution.gradient_step(w, g, 0.1))


@worth("gradient_step", "edge", 1)
def test_step_integers(student):
    assert_close(student.gradient_step([1, 2], [10, -10], 0.1), np.array([0.0, 3.0]))


@worth("gradient_step", "property", 0.5)
def test_step_zero_gradient(student, rng):
    w = rng.normal(size=8)
    assert_close(student.gradient_step(w, np.zeros(8), 0.5), w)


@worth("gradient_step", "contract", 0.5)
def test_step_learning_rate(student):
    with pytest.raises(ValueError, match="learning_rate"):
        student.gradient_step(np.ones(2), np.ones(2), -1.0)


@worth("accuracy", "value", 2)
def test_accuracy_value(student, solution, rng):
    y, p = rng.integers(0, 2, 200), rng.integers(0, 2, 200)
    assert_close(student.accuracy(y, p), solution.accuracy(y, p))


@worth("accuracy", "edge", 1)
def test_accuracy_lists(student):
    assert_close(student.accuracy([0, 1, 2], [0, 1, 1]), 2 / 3)


@worth("accuracy", "property", 0.5)
def test_accuracy_perfect(student, rng):
    y = rng.integers(0, 3, 60)
    assert_close(student.accuracy(y, y), 1.0)


@worth("accuracy", "contract", 0.5)
def test_accuracy_empty(student):
    with pytest.raises(ValueError, match="empty"):
        student.accuracy([], [])
