"""Hidden tests of network_forward."""

from itertools import pairwise

import numpy as np
import pytest

from grader import Size, assert_close, unchanged

pytestmark = pytest.mark.function("network_forward")

NAMES = ("relu", "tanh", "sigmoid", "linear")
SQUARE = Size(n=4, d=4, k=4)

# One feature, hidden layers of three and two units, one output; and what relu makes of two points.
PARAMS = [
    (np.array([[1.0, -2.0, 0.5]]), np.array([0.0, 1.0, -3.0])),
    (np.array([[1.0, -1.0], [2.0, 0.0], [-4.0, 3.0]]), np.array([-1.0, 0.5])),
    (np.array([[2.0], [-3.0]]), np.array([10.0])),
]
POINTS = np.array([[4.0], [-1.0]])
A_BY_HAND = [
    POINTS,
    np.array([[4.0, 0.0, 0.0], [0.0, 3.0, 0.0]]),
    np.array([[3.0, 0.0], [5.0, 0.5]]),
]
Z_BY_HAND = [
    np.array([[4.0, -7.0, -1.0], [-1.0, 3.0, -3.5]]),
    np.array([[3.0, -3.5], [5.0, 0.5]]),
    np.array([[16.0], [18.5]]),
]


@pytest.mark.group("value")
@pytest.mark.points(1.5)
@pytest.mark.hint("One logit per example, shape (n,). Who applies the sigmoid, network or loss?")
def test_logits_agree_with_the_reference(student, solution, domain, rng):
    for name in NAMES:
        for size in (Size(), SQUARE):
            X, params, _ = domain.draw(rng, size)
            logits, _ = student.network_forward(X, params, name)
            assert_close(logits, solution.network_forward(X, params, name)[0], "T1")


@pytest.mark.group("value")
@pytest.mark.points(1.5)
@pytest.mark.hint("List what A[0], Z[0], A[1] should be, for a network of three layers.")
def test_the_cache_agrees_with_the_reference(student, solution, domain, rng):
    for name in NAMES:
        for size in (Size(), SQUARE) if name == "tanh" else (Size(),):
            X, params, _ = domain.draw(rng, size)
            _, cache = student.network_forward(X, params, name)
            assert_close(cache, solution.network_forward(X, params, name)[1], "T1")


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint(
    "A holds what enters each layer, Z what each layer makes of it before activation."
)
def test_a_network_by_hand(student):
    expected = np.array([16.0, 18.5]), (A_BY_HAND, Z_BY_HAND)
    assert_close(student.network_forward(POINTS, PARAMS, "relu"), expected, "T1")


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Hidden layers use tanh unless told otherwise; the output layer has none.")
def test_one_layer_is_a_linear_model_and_tanh_is_the_default(student, solution, rng):
    X, W, b = rng.normal(size=(5, 3)), rng.normal(size=(3, 1)), rng.normal(size=1)
    expected = X @ W[:, 0] + b[0]
    for hidden in ((), ("relu",)):
        logits, (A, Z) = student.network_forward(X, [(W, b)], *hidden)
        assert_close(logits, expected, "T1")
        assert_close((A, Z), ([X], [expected[:, np.newaxis]]), "T1")
    params = [(W.T, rng.normal(size=3)), (W, b)]
    expected = solution.network_forward(X[:, :1], params, "tanh")
    assert_close(student.network_forward(X[:, :1], params), expected, "T1")
    assert_close(student.network_forward(X[:, :1], params, hidden="tanh"), expected, "T1")


@pytest.mark.group("edge")
@pytest.mark.points(0.75)
@pytest.mark.hint("Try your function with arrays of type uint8, and with X as a list.")
def test_takes_lists_and_arrays_of_any_number_type(student, solution):
    X = [[200, 3], [17, 0], [1, 2]]
    W, V = np.array([[1, 2, 3], [200, 5, 6]]), np.array([[1], [2], [90]])
    for name, kind in (("relu", np.uint8), ("tanh", np.int64), ("linear", np.uint8)):
        params = [(W.astype(kind), np.array([1, 0, 2], kind)), (V.astype(kind), np.ones(1, kind))]
        real = [(W + 0.0, np.array([1.0, 0.0, 2.0])), (V + 0.0, np.ones(1))]
        expected, (A, Z) = solution.network_forward(np.array(X, dtype=float), real, name)
        for inputs in (X, np.array(X, dtype=kind), np.array(X, dtype=np.float32)):
            logits, cache = student.network_forward(inputs, params, name)
            assert_close(logits, expected, "T1")
            assert_close((cache[0][1:], cache[1]), (A[1:], Z), "T1")
            assert_close(np.asarray(cache[0][0], dtype=float), A[0], "T1")
            assert [array.dtype for array in (logits, *cache[0][1:], *cache[1])] == [np.float64] * 4
    third = np.array([[1, 5], [2, 7]], dtype=np.float32) / np.float32(3)
    params = [(third, third[0]), (third[:, :1], third[0, 1:])]
    real = [tuple(array.astype(float) for array in layer) for layer in params]
    expected = solution.network_forward(third.astype(float), real, "tanh")[0]
    assert_close(student.network_forward(third, params, "tanh")[0], expected, "T1")


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_one_example_and_hidden_layers_of_one_unit(student, solution, domain, rng):
    X, params, name = domain.draw(rng, Size(n=1))
    expected = solution.network_forward(X, params, name)
    assert_close(student.network_forward(X, params, name), expected, "T1")
    narrow = [(rng.normal(size=(1, 1)), rng.normal(size=1)) for _ in range(3)]
    for x in (rng.normal(size=(5, 1)), rng.normal(size=(1, 1))):
        expected = solution.network_forward(x, narrow, "sigmoid")
        assert_close(student.network_forward(x, narrow, "sigmoid"), expected, "T1")


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_deep_networks_and_arrays_in_any_layout(student, solution, rng):
    sizes = [2, 5, 3, 3, 4, 2, 1]
    params = [(rng.normal(size=(q, p)).T, rng.normal(size=2 * q)[::2]) for p, q in pairwise(sizes)]
    X = rng.normal(size=(6, 12))[:, 1::6]
    for name in ("tanh", "relu"):
        expected = solution.network_forward(X, params, name)
        assert_close(student.network_forward(X, params, name), expected, "T1")


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
def test_a_nan_stays_in_its_row(student, solution, domain, rng):
    X, params, _ = domain.draw(rng)
    expected = solution.network_forward(X, params, "tanh")[0]
    expected[3] = np.nan
    X[3, 1] = np.nan
    assert_close(student.network_forward(X, params, "tanh")[0], expected, "T1")


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("Multiply two matrices: is the result more than a matrix?")
def test_linear_layers_collapse_into_one_and_others_do_not(student, domain, rng):
    X, params, _ = domain.draw(rng)
    W, b = np.eye(X.shape[1]), np.zeros(X.shape[1])
    for V, c in params:
        W, b = W @ V, b @ V + c
    assert_close(student.network_forward(X, params, "linear")[0], (X @ W + b)[:, 0], "T1")
    for name in ("relu", "tanh", "sigmoid"):
        logits, _ = student.network_forward(X, params, name)
        assert np.max(np.abs(logits - (X @ W + b)[:, 0])) > 1e-6


@pytest.mark.group("property")
@pytest.mark.points(0.5)
def test_hidden_units_and_examples_may_be_reordered(student, domain, rng):
    X, params, name = domain.draw(rng)
    (W1, b1), (W2, b2), last = params
    logits, _ = student.network_forward(X, params, name)
    units, rows = rng.permutation(len(b1)), rng.permutation(len(X))
    reordered = [(W1[:, units], b1[units]), (W2[units], b2), last]
    assert_close(student.network_forward(X, reordered, name)[0], logits, "T1")
    assert_close(student.network_forward(X[rows], params, name)[0], logits[rows], "T1")
    assert_close(student.network_forward(X[2:3], params, name)[0], logits[2:3], "T1")


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("The output layer has exactly one unit.")
def test_several_outputs_are_an_error(student):
    X = np.ones((4, 3))
    for widths in ([2], [5, 2], [2, 3]):
        params = [(np.ones((p, q)), np.ones(q)) for p, q in zip([3, *widths], widths, strict=False)]
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.network_forward(X, params, "tanh")


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("A pair: the logits, and a pair of two lists of arrays of floats.")
def test_returns_logits_and_two_lists_of_new_arrays(student, domain, rng):
    for size in (Size(), Size(n=1)):
        X, params, name = domain.draw(rng, size)
        result = student.network_forward(X, params, name)
        unchanged(student.network_forward)
        # A[0] may be X itself, but nothing may share the memory of the parameters.
        shared = [path for path in student.network_forward.last.aliased if path != "X"]
        assert not shared, f"the result shares memory with {shared}: return new arrays"
        logits, (A, Z) = result
        assert isinstance(result, tuple)
        assert isinstance(result[1], tuple)
        assert isinstance(A, list)
        assert isinstance(Z, list)
        assert (len(A), len(Z)) == (3, 3)
        assert logits.shape == (size.n,)
        assert [array.dtype for array in (logits, *A[1:], *Z)] == [np.float64] * 6


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Build new arrays: are X and the params still what they were?")
def test_leaves_its_arguments_alone(student, solution, domain, rng):
    X, params, _ = domain.draw(rng, Size(n=3, d=2, k=2, integers=True))
    for read_only in (False, True):
        for array in (X, *(array for layer in params for array in layer)):
            array.flags.writeable = not read_only
        for name in NAMES:
            expected = solution.network_forward(X, params, name)
            assert_close(student.network_forward(X, params, name), expected, "T1")
            unchanged(student.network_forward)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Does your function remember something from one call to the next?")
def test_keeps_nothing_between_calls(student, solution, domain, rng):
    small = Size(n=3, d=2, k=2, integers=True)
    first, second = domain.draw(rng, small), domain.draw(rng, small)
    for X, params, name in (first, second, first, first, second):
        for hidden in dict.fromkeys((name, "relu")):
            result = student.network_forward(X, params, hidden)
            assert_close(result, solution.network_forward(X, params, hidden), "T1")
