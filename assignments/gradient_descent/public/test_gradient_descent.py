"""Public tests: the examples of the docstrings and a few simple checks.

Run them with `grader check` or `pytest` in this folder's parent. They carry no points; the hidden
tests try other inputs: integers and lists, extreme values, NaN, wrong shapes, empty arrays.
"""

import numpy as np
import pytest

from grader import assert_close, no_alias, unchanged


@pytest.mark.function("numerical_gradient")
def test_numerical_gradient_of_a_sum_of_cubes(student):
    def f(w):
        return float(np.sum(w**3))

    got = student.numerical_gradient(f, np.array([1.0, -2.0]))
    assert_close(got, np.array([3.0, 12.0]), atol=1e-8)


@pytest.mark.function("numerical_gradient")
def test_numerical_gradient_is_exact_for_a_quadratic_even_if_h_is_large(student):
    def f(w):
        return w[0] ** 2 + 10 * w[1]

    assert_close(student.numerical_gradient(f, [3, 5], 1.0), np.array([6.0, 10.0]), "T1")


@pytest.mark.function("gradient_check")
def test_gradient_check_accepts_a_right_gradient(student):
    def f(w):
        return float(np.sum(w**3))

    def grad_f(w):
        return 3 * np.asarray(w) ** 2

    assert student.gradient_check(f, grad_f, np.array([1.0, -2.0, 0.5])) < 1e-6


@pytest.mark.function("gradient_check")
def test_gradient_check_gives_one_third_for_a_forgotten_half(student):
    def f(w):
        return w[0] ** 2

    def grad_f(w):
        return np.array([4 * w[0]])

    assert_close(student.gradient_check(f, grad_f, np.array([3.0])), 1 / 3, atol=1e-6)


X = [[1, 2], [3, 4], [5, 6]]


@pytest.mark.function("mse_gradient")
def test_mse_gradient_on_the_example(student):
    dw, db = student.mse_gradient(X, [1, 0, 1], [0.5, -1], 0.25)
    assert_close(dw, np.array([-20.166666666666668, -26.0]), "T1")
    assert_close(db, -5.833333333333333, "T1")


@pytest.mark.function("mse_gradient")
def test_mse_gradient_of_a_perfect_model_is_0(student):
    dw, db = student.mse_gradient(np.array(X), np.array([6.0, 12.0, 18.0]), np.array([1, 2]), 1.0)
    assert_close(dw, np.zeros(2))
    assert_close(db, 0.0)


@pytest.mark.function("logistic_gradient")
def test_logistic_gradient_on_the_example(student):
    dw, db = student.logistic_gradient(X, [1, 0, 1], [0.5, -1], 0.25)
    assert_close(dw, np.array([-1.7682057, -2.3164135]), rtol=0.0, atol=1e-7)
    assert_close(db, -0.5482078, rtol=0.0, atol=1e-7)


@pytest.mark.function("logistic_gradient")
def test_logistic_gradient_of_an_undecided_model(student):
    dw, db = student.logistic_gradient(np.array(X), np.array([0, 0, 1]), np.zeros(2), 0.0)
    assert_close(dw, np.array([-1 / 6, 0.0]), "T1")
    assert_close(db, 1 / 6, "T1")


@pytest.mark.function("softmax_gradient")
def test_softmax_gradient_on_the_example(student):
    W, b = [[0.1, -0.2, 0.3], [0, 0.4, -0.1]], [0.05, 0, -0.05]
    dW, db = student.softmax_gradient(X, [0, 1, 2], W, b)
    expected = [[0.3667567, 0.4584548, -0.8252115], [0.2833825, 0.6007490, -0.8841315]]
    assert_close(dW, np.array(expected), rtol=0.0, atol=1e-7)
    assert_close(db, np.array([-0.0833742, 0.1422943, -0.0589201]), rtol=0.0, atol=1e-7)


@pytest.mark.function("softmax_gradient")
def test_softmax_gradient_has_the_shapes_of_the_parameters(student):
    dW, db = student.softmax_gradient(np.ones((4, 2)), [0, 1, 2, 1], np.ones((2, 3)), np.ones(3))
    assert dW.shape == (2, 3)
    assert db.shape == (3,)


@pytest.mark.function("gradient_step")
def test_gradient_step_on_the_example(student):
    w, b = student.gradient_step(([1.0, 2.0], 3.0), ([10.0, -10.0], 1.0), 0.5)
    assert_close(w, np.array([-4.0, 7.0]))
    assert_close(b, 2.5)


@pytest.mark.function("gradient_step")
def test_gradient_step_leaves_the_old_parameters_alone(student):
    student.gradient_step((np.array([1.0, 2.0]),), (np.array([1.0, 1.0]),), 0.5)
    unchanged(student.gradient_step)
    no_alias(student.gradient_step)


def loss(params):
    return (params[0] - 3) ** 2


def grad(params):
    return (2 * (params[0] - 3),)


@pytest.mark.function("gradient_descent")
def test_gradient_descent_on_the_example(student):
    params, losses = student.gradient_descent(loss, grad, (1.0,), 0.25, 2)
    assert_close(params, (2.5,))
    assert_close(losses, np.array([4.0, 1.0, 0.25]))


@pytest.mark.function("gradient_descent")
def test_gradient_descent_without_a_step_gives_the_loss_at_the_start(student):
    params, losses = student.gradient_descent(loss, grad, (1.0,), 0.25, 0)
    assert_close(params, (1.0,))
    assert_close(losses, np.array([4.0]))


@pytest.mark.function("loss_slice")
def test_loss_slice_on_the_example(student):
    def f(w):
        return w[0] ** 2 + w[1]

    got = student.loss_slice(f, [1, 0], [1, 10], [-1, 0, 2])
    assert_close(got, np.array([-10.0, 1.0, 29.0]), "T1")


@pytest.mark.function("loss_slice")
def test_loss_slice_takes_the_direction_as_it_is(student):
    def distance(w):
        return np.hypot(w[0], w[1])

    got = student.loss_slice(distance, np.zeros(2), np.array([3.0, 4.0]), np.array([0.0, 1.0]))
    assert_close(got, np.array([0.0, 5.0]), "T1")


@pytest.mark.function("flat_fraction")
def test_flat_fraction_on_the_example(student):
    assert_close(student.flat_fraction([7, 7, 6, 7, 7]), 0.5)


@pytest.mark.function("flat_fraction")
def test_flat_fraction_of_a_constant_is_1(student):
    assert_close(student.flat_fraction(np.full(6, 0.3)), 1.0)
