"""Hidden tests of network_backward."""

from itertools import pairwise

import numpy as np
import pytest

from grader import Size, assert_close, no_alias, unchanged

pytestmark = pytest.mark.function("network_backward")

NAMES = ("relu", "tanh", "sigmoid", "linear")
SQUARE = Size(n=4, d=4, k=4)


def network(rng, sizes):
    """Draw a network whose layers have these sizes."""
    return [(rng.normal(0.0, p**-0.5, (p, q)), rng.normal(size=q)) for p, q in pairwise(sizes)]


def loss(X, params, act, weights):
    """Return the sum of the logits, each multiplied by its weight."""
    A = X
    for W, b in params[:-1]:
        A = act(A @ W + b)
    return np.sum(weights * (A @ params[-1][0] + params[-1][1])[:, 0])


@pytest.mark.group("value")
@pytest.mark.points(2)
@pytest.mark.hint("Which layers' gradients are right? Your error starts below them.")
def test_agrees_with_the_reference_on_random_networks(student, solution, domain, rng):
    for size in (Size(), Size(), Size(n=5, d=2, k=6), Size(n=30, d=5, k=3)):
        args = domain.draw(rng, size)
        assert_close(student.network_backward(*args), solution.network_backward(*args), "T1")


@pytest.mark.group("value")
@pytest.mark.points(1.5)
@pytest.mark.hint("Move one weight by a small h and see how the loss moves.")
def test_agrees_with_finite_differences(student, solution, rng):
    h, X, weights = 1e-5, rng.normal(size=(4, 2)), rng.normal(size=4)
    for name, act in [("tanh", np.tanh), ("sigmoid", lambda z: 1 / (1 + np.exp(-z)))]:
        params = network(rng, [2, 3, 2, 1])
        cache = solution.network_forward(X, params, name)[1]
        got = student.network_backward(weights, params, cache, name)
        for layer in range(3):
            for part in range(2):
                slopes = np.zeros_like(params[layer][part])
                for index in np.ndindex(slopes.shape):
                    losses = []
                    for step in (h, -h):
                        moved = [(W.copy(), b.copy()) for W, b in params]
                        moved[layer][part][index] += step
                        losses.append(loss(X, moved, act, weights))
                    slopes[index] = (losses[0] - losses[1]) / (2 * h)
                assert_close(got[layer][part], slopes, "TFD")


@pytest.mark.group("value")
@pytest.mark.points(1.5)
@pytest.mark.hint("One layer is logistic regression: X^T dlogits, and the sum of dlogits.")
def test_one_layer_and_two_layers_by_hand(student):
    X, dlogits = np.array([[1.0, -2.0], [3.0, 0.5], [0.0, 4.0]]), np.array([0.5, -1.0, 2.0])
    W, b = np.array([[1.0], [2.0]]), np.array([0.25])
    cache = [X], [X @ W + b]
    expected = [(np.array([[-2.5], [6.5]]), np.array([1.5]))]
    assert_close(student.network_backward(dlogits, [(W, b)], cache, "tanh"), expected, "T1")
    # The slopes of tanh at ln 2 and ln 3 are 0.64 and 0.36; its values there 0.6 and 0.8.
    Z = np.log(np.array([[2.0, 3.0], [3.0, 1.0]]))
    A, V = np.tanh(Z), np.array([[10.0], [-5.0]])
    params = [(np.array([[1.0, 0.0], [0.0, 1.0]]), np.zeros(2)), (V, np.zeros(1))]
    cache = [Z, A], [Z, A @ V]
    got = student.network_backward(np.array([1.0, 2.0]), params, cache)
    # Rows of the first error term: 1 * (10 * 0.64, -5 * 0.36) and 2 * (10 * 0.36, -5 * 1).
    dZ = np.array([[6.4, -1.8], [7.2, -10.0]])
    expected = [
        (Z.T @ dZ, np.array([13.6, -11.8])),
        (np.array([[0.6 + 2 * 0.8], [0.8]]), np.array([3.0])),
    ]
    assert_close(got, expected, "T1")


@pytest.mark.group("value")
@pytest.mark.points(1.5)
@pytest.mark.hint("With equal widths numpy cannot warn you of a wrong index or transpose.")
def test_layers_of_equal_width(student, solution, rng):
    for name, sizes in [("tanh", [3, 3, 3, 3, 1]), ("sigmoid", [2, 2, 2, 1]), ("tanh", [4, 4, 1])]:
        params, X, dlogits = network(rng, sizes), rng.normal(size=(sizes[0],) * 2), sizes[0]
        dlogits = rng.normal(size=dlogits)
        cache = solution.network_forward(X, params, name)[1]
        expected = solution.network_backward(dlogits, params, cache, name)
        assert_close(student.network_backward(dlogits, params, cache, name), expected, "T1")


@pytest.mark.group("value")
@pytest.mark.points(1)
def test_every_activation_function_and_tanh_by_default(student, solution, rng):
    params, X, dlogits = network(rng, [3, 5, 4, 1]), rng.normal(size=(6, 3)), rng.normal(size=6)
    for name in NAMES:
        cache = solution.network_forward(X, params, name)[1]
        expected = solution.network_backward(dlogits, params, cache, name)
        assert_close(student.network_backward(dlogits, params, cache, name), expected, "T1")
        if name == "tanh":
            assert_close(student.network_backward(dlogits, params, cache), expected, "T1")


@pytest.mark.group("edge")
@pytest.mark.points(1)
@pytest.mark.hint("Try your function with weights of type int and float32, and dlogits as a list.")
def test_takes_lists_and_arrays_of_any_number_type(student, solution, rng):
    dlogits, X = [3, 1, 200], np.array([[1, 2], [100, 3], [0, 250]])
    W, V = np.array([[1, 2, 0], [1, 0, 3]]), np.array([[2], [3], [100]])
    params = [(W, np.array([0, 1, 2])), (V, np.array([5]))]
    real = [(W + 0.0, np.array([0.0, 1.0, 2.0])), (V + 0.0, np.array([5.0]))]
    for name in ("relu", "linear"):
        cache = solution.network_forward(X.astype(float), real, name)[1]
        expected = solution.network_backward(np.array(dlogits) + 0.0, real, cache, name)
        for kind in (np.uint8, np.int64, np.float32):
            typed = [(M.astype(kind), b.astype(kind)) for M, b in params]
            result = student.network_backward(np.array(dlogits, dtype=kind), typed, cache, name)
            assert_close(result, expected, "T1")
            assert all(array.dtype == np.float64 for layer in result for array in layer)
        assert_close(student.network_backward(dlogits, params, cache, name), expected, "T1")
    third = np.array([[1, 5], [2, 7]], dtype=np.float32) / np.float32(3)
    params, Y = [(third, third[0]), (third[:, :1], third[0, 1:])], rng.normal(size=(2, 2))
    real = [tuple(array.astype(float) for array in layer) for layer in params]
    cache = solution.network_forward(Y, real, "tanh")[1]
    expected = solution.network_backward(third[0].astype(float), real, cache, "tanh")
    assert_close(student.network_backward(third[0], params, cache, "tanh"), expected, "T1")


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_one_example_and_layers_of_one_unit(student, solution, domain, rng):
    args = domain.draw(rng, Size(n=1))
    assert_close(student.network_backward(*args), solution.network_backward(*args), "T1")
    narrow = network(rng, [1, 1, 1, 1])
    for n in (1, 4):
        X, dlogits = rng.normal(size=(n, 1)), rng.normal(size=n)
        cache = solution.network_forward(X, narrow, "sigmoid")[1]
        expected = solution.network_backward(dlogits, narrow, cache, "sigmoid")
        assert_close(student.network_backward(dlogits, narrow, cache, "sigmoid"), expected, "T1")


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("The slope of relu at exactly 0 is taken as 0 in this course.")
def test_a_unit_that_relu_switches_off_passes_nothing_on(student):
    X, dlogits = np.array([[2.0], [-1.0], [1.0]]), np.array([1.0, 10.0, 100.0])
    params = [
        (np.array([[1.0, -1.0, 3.0]]), np.array([-1.0, 0.5, 0.0])),
        (np.array([[2.0], [3.0], [-1.0]]), np.array([0.0])),
    ]
    Z = np.array([[1.0, -1.5, 6.0], [-2.0, 1.5, -3.0], [0.0, -0.5, 3.0]])
    A = np.array([[1.0, 0.0, 6.0], [0.0, 1.5, 0.0], [0.0, 0.0, 3.0]])
    cache = [X, A], [Z, np.array([[-4.0], [4.5], [-3.0]])]
    expected = [
        (np.array([[4.0, -30.0, -102.0]]), np.array([2.0, 30.0, -101.0])),
        (np.array([[1.0], [15.0], [306.0]]), np.array([111.0])),
    ]
    assert_close(student.network_backward(dlogits, params, cache, "relu"), expected, "T1")


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_deep_networks_and_arrays_in_any_layout(student, solution, rng):
    params = network(rng, [2, 5, 3, 3, 4, 2, 1])
    params = [(np.asfortranarray(W), np.repeat(b, 2)[::2]) for W, b in params]
    X, dlogits = rng.normal(size=(6, 8))[:, 1::6], rng.normal(size=12)[::-2]
    for name in ("tanh", "relu"):
        cache = solution.network_forward(X, params, name)[1]
        expected = solution.network_backward(dlogits, params, cache, name)
        assert_close(student.network_backward(dlogits, params, cache, name), expected, "T1")


@pytest.mark.group("property")
@pytest.mark.points(0.5)
def test_is_linear_in_what_reaches_the_logits(student, domain, rng):
    dlogits, params, cache, name = domain.draw(rng)
    other = rng.normal(size=dlogits.shape)
    parts = zip(
        student.network_backward(dlogits, params, cache, name),
        student.network_backward(other, params, cache, name),
        strict=True,
    )
    expected = [(2 * dW - 3 * eW, 2 * db - 3 * eb) for (dW, db), (eW, eb) in parts]
    got = student.network_backward(2 * dlogits - 3 * other, params, cache, name)
    assert_close(got, expected, "T1")
    zeros = [(0 * W, 0 * b) for W, b in params]
    assert_close(student.network_backward(0 * dlogits, params, cache, name), zeros, "T1")


@pytest.mark.group("property")
@pytest.mark.points(0.5)
def test_linear_layers_multiply(student, solution, rng):
    params, X, dlogits = network(rng, [3, 5, 4, 1]), rng.normal(size=(6, 3)), rng.normal(size=6)
    (W1, b1), (W2, b2), (W3, _) = params
    cache = solution.network_forward(X, params, "linear")[1]
    column = dlogits[:, np.newaxis]
    A1, ones = X @ W1 + b1, np.ones(6)
    expected = [
        (X.T @ column @ W3.T @ W2.T, ones @ column @ W3.T @ W2.T),
        (A1.T @ column @ W3.T, ones @ column @ W3.T),
        ((A1 @ W2 + b2).T @ column, ones @ column),
    ]
    assert_close(student.network_backward(dlogits, params, cache, "linear"), expected, "T1")


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("Where has 1/n been applied already?")
def test_the_examples_add_up(student, domain, rng):
    dlogits, params, (A, Z), name = domain.draw(rng)
    whole = student.network_backward(dlogits, params, (A, Z), name)
    parts = [
        student.network_backward(
            dlogits[rows], params, ([a[rows] for a in A], [z[rows] for z in Z]), name
        )
        for rows in (slice(0, 3), slice(3, None))
    ]
    expected = [(dW + eW, db + eb) for (dW, db), (eW, eb) in zip(parts[0], parts[1], strict=True)]
    assert_close(whole, expected, "T1")


@pytest.mark.group("contract")
@pytest.mark.points(0.5)
@pytest.mark.hint("A list of tuples (dW, db) of the shapes of params, all arrays of floats.")
def test_returns_a_list_of_tuples_of_the_shapes_of_params(student, solution, rng):
    for sizes in ([3, 5, 4, 1], [2, 1], [1, 1, 1]):
        params, X = network(rng, sizes), rng.normal(size=(3, sizes[0]))
        cache = solution.network_forward(X, params, "tanh")[1]
        result = student.network_backward(np.ones(3), params, cache, "tanh")
        assert isinstance(result, list)
        assert len(result) == len(params)
        for layer, (W, b) in zip(result, params, strict=True):
            assert isinstance(layer, tuple)
            assert [array.shape for array in layer] == [W.shape, b.shape]
            assert [array.dtype for array in layer] == [np.float64] * 2


@pytest.mark.group("contract")
@pytest.mark.points(0.5)
@pytest.mark.hint("Params, cache and dlogits must be what they were; return new arrays.")
def test_leaves_its_arguments_alone(student, solution, domain, rng):
    one = np.array([2.0]), [(np.array([[3.0]]), np.zeros(1))], ([np.ones((1, 1))], [np.eye(1)])
    for args in (domain.draw(rng), (*one, "tanh"), domain.draw(rng, SQUARE)):
        for _ in range(2):
            result = student.network_backward(*args)
            unchanged(student.network_backward)
            no_alias(student.network_backward)
            assert_close(result, solution.network_backward(*args), "T1")
        dlogits, params, (A, Z), _ = args
        for array in (dlogits, *A, *Z, *(array for layer in params for array in layer)):
            array.flags.writeable = False
        assert_close(student.network_backward(*args), solution.network_backward(*args), "T1")
        no_alias(student.network_backward)


@pytest.mark.group("contract")
@pytest.mark.points(0.5)
def test_keeps_nothing_between_calls(student, solution, domain, rng):
    small = Size(n=3, d=2, k=2, integers=True)
    first, second = domain.draw(rng, small), domain.draw(rng, small)
    for dlogits, params, cache, name in (first, second, first, first, second):
        for hidden in dict.fromkeys((name, "relu", "linear")):
            expected = solution.network_backward(dlogits, params, cache, hidden)
            assert_close(student.network_backward(dlogits, params, cache, hidden), expected, "T1")
