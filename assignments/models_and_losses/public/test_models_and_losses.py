"""Public tests: the examples of the docstrings and a few simple checks.

Run them with `grader check` or `pytest` in this folder's parent. They carry no points; the hidden
tests try other inputs: integers and lists, extreme values, NaN, wrong shapes, empty arrays.
"""

import numpy as np
import pytest

from grader import assert_close, assert_exact


@pytest.mark.function("linear_predict")
def test_linear_predict_on_the_example(student):
    got = student.linear_predict([[1, 2], [3, 4], [5, 6]], [0.5, -1], 0.25)
    assert_close(got, np.array([-1.25, -2.25, -3.25]), "T1")


@pytest.mark.function("linear_predict")
def test_linear_predict_refuses_weights_that_do_not_fit(student):
    with pytest.raises(ValueError, match=r"(?i)shape"):
        student.linear_predict(np.ones((5, 2)), np.ones(4))


@pytest.mark.function("sigmoid")
def test_sigmoid_on_the_example(student):
    expected = np.array([0.11920292202211755, 0.5, 0.8807970779778823])
    assert_close(student.sigmoid(np.array([-2.0, 0.0, 2.0])), expected)


@pytest.mark.function("sigmoid")
def test_sigmoid_of_far_scores(student):
    assert_close(student.sigmoid(np.array([-800.0, 800.0])), np.array([0.0, 1.0]))


@pytest.mark.function("softmax")
def test_softmax_on_the_example(student):
    expected = [
        [0.6590011388859679, 0.2424329707047139, 0.09856589040931818],
        [0.0466126225779, 0.936239551889, 0.01714782553],
    ]
    got = student.softmax(np.array([[2, 1, 0.1], [0, 3, -1]]))
    assert_close(got, np.array(expected), rtol=1e-9, atol=1e-10)


@pytest.mark.function("softmax")
def test_softmax_rows_add_up_to_1(student):
    P = student.softmax(np.array([[0.0, 1.0], [5.0, 2.0], [400.0, 900.0]]))
    assert_close(P.sum(axis=1), np.ones(3))


@pytest.mark.function("predict_class")
def test_predict_class_on_the_example(student):
    got = student.predict_class([[0.4, 0.35, 0.25], [0.1, 0.2, 0.7]])
    assert_exact(got, np.array([0, 2]))


@pytest.mark.function("predict_class")
def test_predict_class_returns_one_label_per_example(student):
    got = student.predict_class(np.array([[0.1, 0.6, 0.3], [0.8, 0.1, 0.1]] * 2))
    assert_exact(got, np.array([1, 0, 1, 0]))


@pytest.mark.function("sum_squared_error")
def test_sum_squared_error_on_the_example(student):
    assert_close(student.sum_squared_error([3, -0.5, 2, 7], [2.5, 0, 2, 8]), 1.5)


@pytest.mark.function("sum_squared_error")
def test_sum_squared_error_refuses_a_column(student):
    with pytest.raises(ValueError, match=r"(?i)shape"):
        student.sum_squared_error(np.ones(5), np.ones((5, 1)))


@pytest.mark.function("mean_squared_error")
def test_mean_squared_error_on_the_example(student):
    assert_close(student.mean_squared_error([3, -0.5, 2, 7], [2.5, 0, 2, 8]), 0.375)


@pytest.mark.function("mean_squared_error")
def test_mean_squared_error_of_right_predictions_is_0(student):
    assert student.mean_squared_error([3, -0.5, 2], [3, -0.5, 2]) == 0


@pytest.mark.function("root_mean_squared_error")
def test_root_mean_squared_error_on_the_example(student):
    got = student.root_mean_squared_error([3, -0.5, 2, 7], [2.5, 0, 2, 8])
    assert_close(got, 0.6123724356957945)


@pytest.mark.function("root_mean_squared_error")
def test_root_mean_squared_error_of_equal_errors_is_their_size(student):
    assert_close(student.root_mean_squared_error([5.0, 6.0, 7.0], [3.0, 4.0, 5.0]), 2.0)


@pytest.mark.function("mean_absolute_error")
def test_mean_absolute_error_on_the_example(student):
    assert_close(student.mean_absolute_error([3, -0.5, 2, 7], [2.5, 0, 2, 8]), 0.5)


@pytest.mark.function("mean_absolute_error")
def test_mean_absolute_error_does_not_let_errors_cancel(student):
    assert_close(student.mean_absolute_error([0.0, 0.0], [1.0, -1.0]), 1.0)


@pytest.mark.function("zero_one_loss")
def test_zero_one_loss_on_the_example(student):
    assert_exact(student.zero_one_loss([0, 2, 1, 2], [0, 1, 1, 0]), 2)


@pytest.mark.function("zero_one_loss")
def test_zero_one_loss_of_a_perfect_model_is_0(student):
    assert_exact(student.zero_one_loss(np.array([1, 0, 0, 1]), np.array([1, 0, 0, 1])), 0)


@pytest.mark.function("binary_cross_entropy")
def test_binary_cross_entropy_on_the_example(student):
    got = student.binary_cross_entropy([1, 0, 1], [0.9, 0.2, 0.6])
    assert_close(got, 0.2797765636, rtol=1e-9, atol=1e-10)


@pytest.mark.function("binary_cross_entropy")
def test_binary_cross_entropy_refuses_probabilities_above_1(student):
    with pytest.raises(ValueError, match=r"(?i)\bp\b"):
        student.binary_cross_entropy(np.array([1, 0]), np.array([0.5, 2.0]))


@pytest.mark.function("binary_cross_entropy_with_logits")
def test_binary_cross_entropy_with_logits_on_the_example(student):
    got = student.binary_cross_entropy_with_logits([1, 0, 1], [2, -1, 0.5])
    assert_close(got, 0.3047555609, rtol=1e-9, atol=1e-10)


@pytest.mark.function("binary_cross_entropy_with_logits")
def test_binary_cross_entropy_with_logits_of_a_far_logit(student):
    got = student.binary_cross_entropy_with_logits(np.array([0]), np.array([800.0]))
    assert_close(got, 800.0)


@pytest.mark.function("softmax_cross_entropy")
def test_softmax_cross_entropy_on_the_example(student):
    got = student.softmax_cross_entropy([0, 2], [[2, 1, 0.1], [0, 3, -1]])
    assert_close(got, 2.24145696, rtol=1e-9, atol=1e-10)


@pytest.mark.function("softmax_cross_entropy")
def test_softmax_cross_entropy_of_a_far_logit(student):
    got = student.softmax_cross_entropy(np.array([1]), np.array([[800.0, -800.0]]))
    assert_close(got, 1600.0)


@pytest.mark.function("best_constant")
def test_best_constant_on_the_example(student):
    assert_close(student.best_constant([1, 2, 3, 4, 100], "squared"), 22.0)
    assert_close(student.best_constant([1, 2, 3, 4, 100], "absolute"), 3.0)


@pytest.mark.function("best_constant")
def test_best_constant_says_occupied_where_few_spaces_are_vacant(student):
    y = np.array([0] * 19 + [1])
    assert_close(student.best_constant(y, "cross_entropy"), 0.05)
    assert_close(student.best_constant(y, "zero_one"), 0.0)
