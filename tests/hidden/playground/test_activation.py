"""Hidden tests of activation."""

import numpy as np
import pytest

from grader import Size, assert_close, no_alias, unchanged

pytestmark = pytest.mark.function("activation")

NAMES = ("relu", "tanh", "sigmoid", "linear")
LOUD = {"over": "raise", "invalid": "raise", "divide": "raise"}


@pytest.mark.group("value")
@pytest.mark.points(1)
def test_agrees_with_the_reference_on_random_pre_activations(student, solution, domain, rng):
    for size in (Size(), Size(n=4, d=9)):
        for name in NAMES:
            z, _ = domain.draw(rng, size)
            assert_close(student.activation(z, name), solution.activation(z, name))


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("tanh of atanh(0.6) is 0.6; the sigmoid of ln 3 is 3/4.")
def test_known_values(student):
    z = np.array([-2.5, np.log(3.0), 0.0, -np.log(3.0), 5e-4, -31.0])
    ln3 = 1.0986122886681098
    for name, expected in [
        ("relu", [0.0, ln3, 0.0, 0.0, 5e-4, 0.0]),
        (
            "tanh",
            [-0.9866142981514303, 0.8, 0.0, -0.8, 0.0004999999583333376, -1.0],
        ),
        (
            "sigmoid",
            [0.07585818002124355, 0.75, 0.5, 0.25, 0.5001249999973958, 3.442477108469858e-14],
        ),
        ("linear", [-2.5, ln3, 0.0, -ln3, 5e-4, -31.0]),
    ]:
        assert_close(student.activation(z, name), np.array(expected))


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("The array in this test is read-only: build a new one. And keep its shape.")
def test_keeps_the_shape_of_a_table_that_it_may_not_change(student, solution, rng):
    for shape in [(3, 4), (3, 3), (1, 5), (5, 1)]:
        z = rng.normal(0.0, 2.0, shape)
        z.flags.writeable = False
        for name in NAMES if shape == (3, 4) else ("relu", "sigmoid"):
            assert_close(student.activation(z, name), solution.activation(z, name))
    table = rng.normal(0.0, 2.0, (6, 5))
    for z in (table[::2, 1:4], table.T, np.asfortranarray(table)):
        for name in ("relu", "tanh"):
            assert_close(student.activation(z, name), solution.activation(z, name))


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Evaluate at z = -1000 and at z = 1000, and watch for warnings.")
def test_large_numbers_give_no_warning(student):
    z = np.array([[-1000.0, -745.0, -720.0], [-355.0, 0.0, 355.0], [720.0, 745.0, 1000.0]])
    loud = student.under(errstate=LOUD)
    assert_close(loud.activation(z, "relu"), np.where(z > 0, z, 0.0))
    assert_close(loud.activation(z, "tanh"), np.sign(z))
    assert_close(loud.activation(z, "sigmoid"), 0.5 + 0.5 * np.sign(z))
    assert_close(loud.activation(z, "linear"), z)


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
@pytest.mark.hint("Try your function with `np.array([1, 2], dtype=np.uint8)`, and with lists.")
def test_takes_lists_and_arrays_of_any_number_type(student, solution):
    numbers = [[0, 3, 200], [1, 2, 17]]
    third = np.array([[1, -2], [-5, 7]], dtype=np.float32) / np.float32(3)
    inputs = [np.array(numbers, dtype=kind) for kind in (np.uint8, np.int64)]
    inputs += [numbers, third, [-2, 0, 1], np.array([-100, 3, -1], dtype=np.int8)]
    inputs += [np.array([True, False, True])]
    for name in NAMES:
        for z in inputs:
            result = student.activation(z, name)
            assert_close(result, solution.activation(np.array(z, dtype=float), name))
            assert result.dtype == np.float64


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
def test_a_nan_stays_in_its_place(student, solution):
    z = np.array([[1.5, np.nan, -2.0], [np.nan, 0.0, 3.0]])
    for name in NAMES:
        expected = solution.activation(np.nan_to_num(z), name)
        expected[np.isnan(z)] = np.nan
        assert_close(student.activation(z, name), expected)


@pytest.mark.group("property")
@pytest.mark.points(0.25)
def test_the_functions_are_related_as_they_should_be(student, rng):
    z = rng.uniform(-6, 6, (9, 4))
    f = student.activation
    relu, tanh, sigmoid = f(z, "relu"), f(z, "tanh"), f(z, "sigmoid")
    assert_close(relu - f(-z, "relu"), z)
    assert_close(f(relu, "relu"), relu)
    assert_close(f(-z, "tanh"), -tanh)
    assert_close(sigmoid, 0.5 * (1 + f(z / 2, "tanh")), "T1")
    assert np.all((relu >= 0) & (np.abs(tanh) < 1) & (sigmoid > 0) & (sigmoid < 1))
    assert np.any(relu > 0)


@pytest.mark.group("property")
@pytest.mark.points(0.25)
@pytest.mark.hint("Does what becomes of one number depend on the others?")
def test_rises_and_treats_each_number_on_its_own(student, rng):
    z = np.sort(rng.uniform(-6, 6, 12))
    order = rng.permutation(12)
    for name in NAMES:
        whole = student.activation(z, name)
        rises = np.diff(whole)[z[:-1] > 0 if name == "relu" else slice(None)]
        assert np.all(rises > 0)
        assert_close(student.activation(z[order], name), whole[order])
        assert_close(student.activation(z[3:5], name), whole[3:5])


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_unknown_names_are_an_error(student):
    for name in ("swish", "softplus", "gelu"):
        with pytest.raises(ValueError, match=rf"(?i){name}"):
            student.activation(np.array([1.0, -2.0]), name)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint(
    "Return a new array of floats: does changing it change the input, or the next result?"
)
def test_leaves_its_argument_alone_and_keeps_nothing_between_calls(student, solution, rng):
    first, second = rng.normal(0.0, 2.0, (2, 2, 3))
    for name in NAMES:
        for z in (first, second, first):
            result = student.activation(z, name)
            assert_close(result, solution.activation(z, name))
            assert result.dtype == np.float64
            unchanged(student.activation)
            no_alias(student.activation)
    for name in NAMES + NAMES:
        for z in (first[0], np.abs(second), np.array([-1.5])):
            assert_close(student.activation(z, name), solution.activation(z, name))
            no_alias(student.activation)
    numbers = [-1.0, 2.0]
    assert_close(student.activation(numbers, "relu"), np.array([0.0, 2.0]))
    unchanged(student.activation)
