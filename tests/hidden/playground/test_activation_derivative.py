"""Hidden tests of activation_derivative."""

import numpy as np
import pytest

from grader import Size, assert_close, no_alias, unchanged

pytestmark = pytest.mark.function("activation_derivative")

NAMES = ("relu", "tanh", "sigmoid", "linear")


@pytest.mark.group("value")
@pytest.mark.points(1.5)
def test_agrees_with_the_reference_on_random_pre_activations(student, solution, domain, rng):
    for size in (Size(), Size(n=4, d=9)):
        for name in NAMES:
            z, _ = domain.draw(rng, size)
            expected = solution.activation_derivative(z, name)
            assert_close(student.activation_derivative(z, name), expected)


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Is the argument z, or is it already tanh z? How steep is the sigmoid at 0?")
def test_known_slopes(student):
    ln2, ln3 = np.log(2.0), np.log(3.0)
    z = np.array([-ln3, ln2, 0.0, ln3, -ln2])
    for name, expected in [
        ("tanh", [0.36, 0.64, 1.0, 0.36, 0.64]),
        ("sigmoid", [3 / 16, 2 / 9, 1 / 4, 3 / 16, 2 / 9]),
        ("relu", [0.0, 1.0, 0.0, 1.0, 0.0]),
        ("linear", [1.0, 1.0, 1.0, 1.0, 1.0]),
    ]:
        assert_close(student.activation_derivative(z, name), np.array(expected))


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Compare your slope with (f(z + h) - f(z - h)) / (2 h) for a small h.")
def test_agrees_with_finite_differences(student, rng):
    z, h = rng.uniform(0.05, 4, (4, 3)) * rng.choice([-1.0, 1.0], (4, 3)), 1e-5
    for name, f in [
        ("tanh", np.tanh),
        ("sigmoid", lambda z: 1 / (1 + np.exp(-z))),
        ("relu", lambda z: np.where(z > 0, z, 0.0)),
        ("linear", lambda z: z),
    ]:
        slope = (f(z + h) - f(z - h)) / (2 * h)
        assert_close(student.activation_derivative(z, name), slope, "TFD")


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("The array in this test is read-only: build a new one. And keep its shape.")
def test_keeps_the_shape_of_a_table_that_it_may_not_change(student, solution, rng):
    for shape in [(3, 4), (3, 3), (1, 5), (5, 1)]:
        z = rng.normal(0.0, 2.0, shape)
        z.flags.writeable = False
        for name in NAMES if shape == (3, 4) else ("relu", "sigmoid"):
            expected = solution.activation_derivative(z, name)
            assert_close(student.activation_derivative(z, name), expected)
    table = rng.normal(0.0, 2.0, (6, 5))
    for z in (table[::2, 1:4], table.T):
        for name in ("tanh", "linear"):
            expected = solution.activation_derivative(z, name)
            assert_close(student.activation_derivative(z, name), expected)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("The slope of relu at exactly 0 is taken as 0 in this course.")
def test_relu_is_flat_at_0_and_steep_right_above(student):
    z = np.array([[0.0, -0.0, 1e-9], [-1e-9, 1e-300, 0.0]])
    expected = np.array([[0.0, 0.0, 1.0], [0.0, 1.0, 0.0]])
    assert_close(student.activation_derivative(z, "relu"), expected)
    assert_close(student.activation_derivative(np.zeros(3), "relu"), np.zeros(3))
    assert_close(student.activation_derivative(np.zeros(3), "tanh"), np.ones(3))
    assert_close(student.activation_derivative(np.zeros(3), "sigmoid"), np.full(3, 0.25))
    assert_close(student.activation_derivative(np.zeros(3), "linear"), np.ones(3))


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Try your function with `np.array([1, 2], dtype=np.uint8)`, and with lists.")
def test_takes_lists_and_arrays_of_any_number_type(student, solution):
    numbers = [[0, 3, 20], [1, 2, 17]]
    third = np.array([[1, -2], [-5, 7]], dtype=np.float32) / np.float32(3)
    inputs = [np.array(numbers, dtype=kind) for kind in (np.uint8, np.int64)]
    inputs += [numbers, third, [-2, 0, 1], np.array([-100, 3, -1], dtype=np.int8)]
    inputs += [np.array([True, False, True])]
    for name in NAMES:
        for z in inputs:
            result = student.activation_derivative(z, name)
            expected = solution.activation_derivative(np.array(z, dtype=float), name)
            assert_close(result, expected)
            assert result.dtype == np.float64


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_far_out_the_curved_functions_are_flat(student):
    z = np.array([-300.0, -40.0, 40.0, 300.0])
    assert_close(student.activation_derivative(z, "tanh"), np.zeros(4))
    assert_close(student.activation_derivative(z, "sigmoid"), np.zeros(4))
    assert_close(student.activation_derivative(z, "relu"), np.array([0.0, 0.0, 1.0, 1.0]))
    assert_close(student.activation_derivative(z, "linear"), np.ones(4))
    slopes = student.activation_derivative(np.array([-9.0, 9.0]), "sigmoid")
    assert_close(slopes, np.full(2, 0.00012337934976493025))


@pytest.mark.group("property")
@pytest.mark.points(0.25)
@pytest.mark.hint("The slope of tanh must be the same at z and -z.")
def test_slopes_are_even_and_bounded(student, rng):
    z = rng.uniform(0.1, 5, (6, 5)) * rng.choice([-1.0, 1.0], (6, 5))
    f = student.activation_derivative
    tanh, sigmoid, relu = f(z, "tanh"), f(z, "sigmoid"), f(z, "relu")
    assert np.all((tanh > 0) & (tanh < 1) & (sigmoid > 0) & (sigmoid < 0.25))
    assert_close(f(-z, "tanh"), tanh)
    assert_close(f(-z, "sigmoid"), sigmoid)
    assert_close(f(2 * z, "sigmoid") * 4, tanh, "T1")
    assert_close(relu + f(-z, "relu"), np.ones((6, 5)))
    assert_close(f(-z, "linear"), f(z, "linear"))


@pytest.mark.group("property")
@pytest.mark.points(0.25)
@pytest.mark.hint("Does the slope at one number depend on the others?")
def test_treats_each_number_on_its_own(student, rng):
    z, order = rng.uniform(-4, 4, 12), rng.permutation(12)
    for name in NAMES:
        whole = student.activation_derivative(z, name)
        assert_close(student.activation_derivative(z[order], name), whole[order])
        assert_close(student.activation_derivative(z[3:5], name), whole[3:5])


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_unknown_names_are_an_error(student):
    for name in ("swish", "softplus", "gelu"):
        with pytest.raises(ValueError, match=rf"(?i){name}"):
            student.activation_derivative(np.array([1.0, -2.0]), name)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Gradients are real numbers: return a new array of floats.")
def test_returns_floats_leaves_its_argument_alone_and_keeps_nothing(student, solution, rng):
    first, second = rng.normal(0.0, 2.0, (2, 2, 3))
    for name in NAMES:
        for z in (first, second, first, first[0]):
            result = student.activation_derivative(z, name)
            assert_close(result, solution.activation_derivative(z, name))
            assert result.dtype == np.float64
            unchanged(student.activation_derivative)
            no_alias(student.activation_derivative)
    numbers = [-1.0, 2.0]
    for name in NAMES:
        expected = solution.activation_derivative(numbers, name)
        assert_close(student.activation_derivative(numbers, name), expected)
        unchanged(student.activation_derivative)
