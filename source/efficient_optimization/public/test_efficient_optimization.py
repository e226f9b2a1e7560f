"""Public tests: the examples of the docstrings and a few simple checks.

Run them with `grader check` or `pytest` in this folder's parent. They carry no points; the hidden
tests try other inputs: integers and lists, extreme values, NaN, wrong shapes, empty arrays.
"""

import numpy as np
import pytest

from grader import assert_close, assert_exact


@pytest.mark.function("standardize_fit")
def test_standardize_fit_on_the_example(student):
    mean, std = student.standardize_fit([[1, 5, 2], [3, 5, 4], [5, 5, 9]])
    assert_close(mean, np.array([3.0, 5.0, 5.0]), "T1")
    assert_close(std, np.array([1.6329932, 1.0, 2.9439203]), rtol=0.0, atol=1e-7)


@pytest.mark.function("standardize_fit")
def test_standardize_fit_of_two_rows(student):
    mean, std = student.standardize_fit(np.array([[1.0, -2.0], [3.0, 2.0]]))
    assert_close((mean, std), (np.array([2.0, 0.0]), np.array([1.0, 2.0])), "T1")


@pytest.mark.function("standardize_apply")
def test_standardize_apply_on_the_example(student):
    got = student.standardize_apply([[3, 4], [5, 0]], [3, 2], [2, 4])
    assert_close(got, np.array([[0.0, 0.5], [1.0, -0.5]]))


@pytest.mark.function("standardize_apply")
def test_standardize_apply_to_a_single_new_row(student):
    got = student.standardize_apply(np.array([[10.0]]), np.array([4.0]), np.array([3.0]))
    assert_close(got, np.array([[2.0]]))


@pytest.mark.function("max_stable_learning_rate")
def test_max_stable_learning_rate_on_the_example(student):
    got = student.max_stable_learning_rate([[1, 2], [3, 4], [5, 6]])
    assert_close(got, 0.0321792781, rtol=1e-8, atol=0.0)


@pytest.mark.function("max_stable_learning_rate")
def test_max_stable_learning_rate_without_any_feature_but_the_bias(student):
    # The loss is the mean of (b - y)^2: a step of rate 1 flips b - y to the other side.
    assert_close(student.max_stable_learning_rate(np.zeros((5, 2))), 1.0, "T1")


@pytest.mark.function("decayed_learning_rate")
def test_decayed_learning_rate_on_the_example(student):
    got = student.decayed_learning_rate(0.5, 5, 0.1, 10)
    assert_close(got, 0.47619047619047616)


@pytest.mark.function("decayed_learning_rate")
def test_decayed_learning_rate_begins_with_the_initial_rate(student):
    assert_close(student.decayed_learning_rate(0.3, 0, 2.0), 0.3)


@pytest.mark.function("minibatch_indices")
def test_minibatch_indices_uses_every_example_once(student):
    batches = student.minibatch_indices(10, 4, np.random.default_rng(0))
    assert [len(batch) for batch in batches] == [4, 4, 2]
    assert_exact(np.sort(np.concatenate(batches)), np.arange(10))


@pytest.mark.function("minibatch_indices")
def test_minibatch_indices_of_a_large_batch_size(student):
    batches = student.minibatch_indices(3, 100, np.random.default_rng(1))
    assert len(batches) == 1
    assert_exact(np.sort(batches[0]), np.arange(3))


@pytest.mark.function("minibatch_gradient_descent")
def test_minibatch_gradient_descent_takes_one_step_per_batch(student):
    sizes = []

    def grad_fn(_params, _X, y):
        sizes.append(len(y))
        return (1.0,)

    X, y, rng = np.zeros((7, 2)), np.zeros(7), np.random.default_rng(2)
    params = student.minibatch_gradient_descent(grad_fn, (10.0,), X, y, 0.5, 3, 2, rng)
    assert sizes == [3, 3, 1, 3, 3, 1]
    assert_close(params, (7.0,))


@pytest.mark.function("minibatch_gradient_descent")
def test_minibatch_gradient_descent_keeps_rows_and_targets_together(student):
    def grad_fn(_params, X, y):
        assert_close(X[:, 0], 2.0 * y)
        return (0.0,)

    y, rng = np.arange(9.0), np.random.default_rng(3)
    student.minibatch_gradient_descent(grad_fn, (0.0,), 2 * y[:, np.newaxis], y, 0.1, 4, 2, rng)


@pytest.mark.function("momentum_step")
def test_momentum_step_on_the_example(student):
    params, velocity = student.momentum_step((1.0,), (0.5,), (2.0,), 0.1, 0.9)
    assert_close((params, velocity), ((1.25,), (0.25,)))


@pytest.mark.function("momentum_step")
def test_momentum_step_without_momentum_is_a_gradient_step(student):
    w, gradient = np.array([1.0, 2.0]), np.array([4.0, -4.0])
    params, velocity = student.momentum_step((w,), (np.zeros(2),), (gradient,), 0.25, 0.0)
    assert_close((params, velocity), ((np.array([0.0, 3.0]),), (np.array([-1.0, 1.0]),)))


def parabola(params):
    return params[0] ** 2


def slope(params):
    return (2 * params[0],)


@pytest.mark.function("train_with_loss_checks")
def test_train_with_loss_checks_on_the_example(student):
    params, steps, checks = student.train_with_loss_checks(parabola, slope, (8.0,), 0.25, 9, 2, 4.0)
    assert_close(params, (0.5,))
    assert_exact(steps, 4)
    assert_close(checks, [(0, 64.0), (2, 4.0), (4, 0.25)])


@pytest.mark.function("train_with_loss_checks")
def test_train_with_loss_checks_looks_at_the_last_step_too(student):
    _, steps, checks = student.train_with_loss_checks(parabola, slope, (8.0,), 0.25, 3, 2, 0.0)
    assert_exact(steps, 3)
    assert_close(checks, [(0, 64.0), (2, 4.0), (3, 1.0)])


@pytest.mark.function("training_work")
def test_training_work_on_the_example(student):
    assert_exact(student.training_work(4000, 32, 10, 100), (1250, 40000, 52000))


@pytest.mark.function("training_work")
def test_training_work_of_no_epoch_is_one_look_at_the_loss(student):
    assert_exact(student.training_work(100, 10, 0, 5), (0, 0, 100))


@pytest.mark.function("classify_loss_curve")
def test_classify_loss_curve_on_the_example(student):
    assert student.classify_loss_curve([1, 0.5, 0.25, 0.125]) == "still_decreasing"


@pytest.mark.function("classify_loss_curve")
def test_classify_loss_curve_that_rises(student):
    assert student.classify_loss_curve([3.0, 2.0, 8.0, 90.0, 1000.0]) == "diverging"


@pytest.mark.function("best_of_restarts")
def test_best_of_restarts_on_the_example(student):
    def loss(params):
        return (params[0] ** 2 - 1) ** 2 + 0.3 * params[0]

    def grad(params):
        return (4 * params[0] * (params[0] ** 2 - 1) + 0.3,)

    params, index, losses = student.best_of_restarts(loss, grad, [(2.0,), (-0.5,)], 0.05, 200)
    assert_close(params[0], -1.0355787, rtol=0.0, atol=1e-6)
    assert_exact(index, 1)
    assert_close(losses, np.array([0.294146, -0.305428]), rtol=0.0, atol=1e-6)


@pytest.mark.function("best_of_restarts")
def test_best_of_restarts_refuses_an_empty_list(student):
    with pytest.raises(ValueError, match=r"(?i)empty|NaN"):
        student.best_of_restarts(parabola, slope, [], 0.1, 3)
