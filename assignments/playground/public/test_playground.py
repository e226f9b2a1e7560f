"""Public tests: the examples of the docstrings and a few simple checks.

Run them with `grader check` or `pytest` in this folder's parent. They carry no points; the hidden
tests try other inputs: integers and lists, extreme values, NaN, wrong shapes, other sizes.
"""

import numpy as np
import pytest

from grader import assert_close

# A network for one feature with two hidden units, and what relu makes of two points.
PARAMS = [(np.array([[1.0, -1.0]]), np.zeros(2)), (np.array([[2.0], [3.0]]), np.ones(1))]
POINTS = np.array([[5.0], [-4.0]])
CACHE = (
    [POINTS, np.array([[5.0, 0.0], [0.0, 4.0]])],
    [np.array([[5.0, -5.0], [-4.0, 4.0]]), np.array([[11.0], [13.0]])],
)


@pytest.mark.function("expand_features")
def test_expand_features_on_the_example(student):
    got = student.expand_features([[1, 2], [3, -4]], ["x1*x2", "x2", "x1^2"])
    assert_close(got, np.array([[2.0, 2.0, 1.0], [-12.0, -4.0, 9.0]]))


@pytest.mark.function("expand_features")
def test_expand_features_refuses_an_unknown_name(student):
    with pytest.raises(ValueError, match=r"(?i)tan\(x1\)"):
        student.expand_features(np.array([[1.0, 2.0]]), ["x1", "tan(x1)"])


@pytest.mark.function("activation")
def test_activation_on_the_example(student):
    got = student.activation(np.array([-2.0, 0.0, 3.0]), "relu")
    assert_close(got, np.array([0.0, 0.0, 3.0]))


@pytest.mark.function("activation")
def test_activation_knows_tanh_and_sigmoid(student):
    z = np.array([[-1.0, 2.0]])
    assert_close(
        student.activation(z, "tanh"), np.array([[-0.7615941559557649, 0.9640275800758169]])
    )
    assert_close(
        student.activation(z, "sigmoid"), np.array([[0.2689414213699951, 0.8807970779778823]])
    )


@pytest.mark.function("activation_derivative")
def test_activation_derivative_of_relu_on_the_example(student):
    got = student.activation_derivative(np.array([-2.0, 0.0, 3.0]), "relu")
    assert_close(got, np.array([0.0, 0.0, 1.0]))


@pytest.mark.function("activation_derivative")
def test_activation_derivative_of_the_sigmoid_on_the_example(student):
    assert_close(student.activation_derivative(np.array([0.0]), "sigmoid"), np.array([0.25]))


@pytest.mark.function("init_network")
def test_init_network_gives_layers_of_the_right_shapes(student, rng):
    (W1, b1), (W2, b2) = student.init_network([2, 4, 1], rng)
    assert (W1.shape, W2.shape) == ((2, 4), (4, 1))
    assert_close((b1, b2), (np.zeros(4), np.zeros(1)))


@pytest.mark.function("init_network")
def test_init_network_draws_other_weights_from_another_generator(student):
    first = student.init_network([3, 1], np.random.default_rng(1))
    second = student.init_network([3, 1], np.random.default_rng(2))
    assert np.all(first[0][0] != second[0][0])


@pytest.mark.function("dense_forward")
def test_dense_forward_on_the_example(student):
    got = student.dense_forward([[1, 2], [3, 4]], [[1, 0, -1], [0, 1, 2]], [0.5, 0, 10])
    assert_close(got, np.array([[1.5, 2.0, 13.0], [3.5, 4.0, 15.0]]), "T1")


@pytest.mark.function("dense_forward")
def test_dense_forward_refuses_weights_that_do_not_fit(student):
    with pytest.raises(ValueError, match=r"(?i)shape"):
        student.dense_forward(np.ones((5, 2)), np.ones((4, 3)), np.ones(3))


@pytest.mark.function("dense_backward")
def test_dense_backward_on_the_example(student):
    dZ, A, W = [[1, 2], [3, 4]], [[1, 0, 2], [0, 1, 1]], [[1, 2], [3, 4], [5, 6]]
    dA = np.array([[5.0, 11.0, 17.0], [11.0, 25.0, 39.0]])
    dW = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 8.0]])
    assert_close(student.dense_backward(dZ, A, W), (dA, dW, np.array([4.0, 6.0])), "T1")


@pytest.mark.function("dense_backward")
def test_dense_backward_gives_gradients_of_the_shapes_of_their_arrays(student):
    dA, dW, db = student.dense_backward(np.ones((5, 2)), np.ones((5, 3)), np.ones((3, 2)))
    assert (dA.shape, dW.shape, db.shape) == ((5, 3), (3, 2), (2,))


@pytest.mark.function("bce_with_logits_gradient")
def test_bce_with_logits_gradient_on_the_example(student):
    got = student.bce_with_logits_gradient([1, 0], [0.0, 0.0])
    assert_close(got, np.array([-0.25, 0.25]))


@pytest.mark.function("bce_with_logits_gradient")
def test_bce_with_logits_gradient_of_far_logits(student):
    got = student.bce_with_logits_gradient(np.array([0, 1]), np.array([800.0, 800.0]))
    assert_close(got, np.array([0.5, 0.0]))


@pytest.mark.function("network_forward")
def test_network_forward_on_the_example(student):
    logits, _ = student.network_forward(POINTS, PARAMS, hidden="relu")
    assert_close(logits, np.array([11.0, 13.0]), "T1")


@pytest.mark.function("network_forward")
def test_network_forward_keeps_what_the_backward_pass_needs(student):
    _, cache = student.network_forward(POINTS, PARAMS, hidden="relu")
    assert_close(cache, CACHE, "T1")


@pytest.mark.function("network_backward")
def test_network_backward_on_the_example(student):
    got = student.network_backward([1.0, 1.0], PARAMS, CACHE, hidden="relu")
    expected = [
        (np.array([[10.0, -12.0]]), np.array([2.0, 3.0])),
        (np.array([[5.0], [4.0]]), np.array([2.0])),
    ]
    assert_close(got, expected, "T1")


@pytest.mark.function("network_backward")
def test_network_backward_of_nothing_is_nothing(student):
    got = student.network_backward(np.zeros(2), PARAMS, CACHE, hidden="relu")
    assert_close(got, [(0 * W, 0 * b) for W, b in PARAMS], "T1")


@pytest.mark.function("train_network")
def test_train_network_on_the_example(student, rng):
    X, y, params = np.array([[0.0], [1.0]]), np.array([0, 1]), [(np.zeros((1, 1)), np.zeros(1))]
    _, losses = student.train_network(X, y, params, 1.0, 2, 3, rng)
    expected = np.array([0.6931, 0.6345, 0.5879, 0.5483])
    assert_close(losses, expected, rtol=0.0, atol=1e-4)


@pytest.mark.function("train_network")
def test_train_network_lets_the_loss_fall(student, rng):
    X, y = np.array([[-2.0], [-1.5], [1.0], [3.0]]), np.array([0, 0, 1, 1])
    params = [(np.array([[0.5, -0.5]]), np.zeros(2)), (np.array([[0.5], [0.5]]), np.zeros(1))]
    _, losses = student.train_network(X, y, params, 0.5, 2, 20, rng)
    assert losses[-1] < 0.5 * losses[0]


@pytest.mark.function("linear_probe_accuracy")
def test_linear_probe_accuracy_on_the_example(student):
    assert_close(student.linear_probe_accuracy([[0], [1], [2], [3]], [0, 0, 1, 0]), 0.75)


@pytest.mark.function("linear_probe_accuracy")
def test_linear_probe_accuracy_needs_an_intercept_here(student):
    H, y = np.array([[11.0], [12.0], [13.0], [14.0]]), np.array([0, 0, 1, 1])
    assert_close(student.linear_probe_accuracy(H, y), 1.0)
