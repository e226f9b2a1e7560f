"""Hidden tests of binary_cross_entropy."""

import numpy as np
import pytest

from grader import assert_close, unchanged

pytestmark = pytest.mark.function("binary_cross_entropy")


@pytest.mark.group("value")
@pytest.mark.points(2)
def test_agrees_with_the_reference_on_random_probabilities(student, solution, rng):
    y_true, p = (np.arange(20) % 3 == 1).astype(int), rng.uniform(0.02, 0.98, 20)
    expected = solution.binary_cross_entropy(y_true, p)
    assert_close(student.binary_cross_entropy(y_true, p), expected)


@pytest.mark.group("value")
@pytest.mark.points(2)
@pytest.mark.hint("What do occupied spaces contribute, and which sign has a logarithm here?")
def test_averages_over_vacant_and_occupied_spaces(student):
    y_true, p = np.array([0, 1, 1, 0, 1]), np.array([0.5, 0.25, 0.5, 0.875, 0.125])
    # 1 + 2 + 1 + 3 + 3 bits
    assert_close(student.binary_cross_entropy(y_true, p), 2 * np.log(2))


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("The same decision may cost more or less: -ln p for a vacant space.")
def test_the_loss_sees_how_probable_the_truth_was(student):
    got = student.binary_cross_entropy(np.array([1, 1, 1]), np.array([0.49, 0.01, 0.49]))
    assert_close(got, (2 * 0.7133498878774648 + 4.605170185988091) / 3)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Which of the two terms counts when y = 1? The other one must not spoil it.")
def test_a_certain_and_right_prediction_in_a_list_costs_nothing(student):
    got = student.binary_cross_entropy([True, 0.0, 0], [1, 0.0, 0.5])
    assert_close(got, np.log(2) / 3)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("How wrong is a model that was certain? A clip puts a price on it.")
def test_a_certain_and_wrong_prediction_costs_infinitely_much(student):
    for y_true, p in [([1, 0], [0.0, 0.5]), ([0, 1, 1], [1.0, 0.5, 1.0])]:
        assert student.binary_cross_entropy(np.array(y_true), np.array(p)) == np.inf


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("1 - 1e-20 is 1 in floating point. What is np.log1p made for?")
def test_tiny_probabilities_stay_accurate(student):
    got = student.binary_cross_entropy(np.array([0]), np.array([1e-20]))
    assert_close(got, 1e-20, rtol=1e-12, atol=0.0)
    got = student.binary_cross_entropy(np.array([1, 0]), np.array([1e-300, 0.5]))
    assert_close(got, (np.log(2) - np.log(1e-300)) / 2)


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
@pytest.mark.hint("Try labels of type uint8 and probabilities of type float32.")
def test_takes_arrays_of_any_number_type(student):
    third = np.array([1, 2], dtype=np.float32) / np.float32(3)
    expected = -(np.log(float(third[0])) + np.log1p(-float(third[1]))) / 2
    got = student.binary_cross_entropy(np.array([1, 0], dtype=np.uint8), third)
    assert_close(got, expected)
    whole = np.array([1, 0, 1], dtype=np.uint8)
    assert_close(student.binary_cross_entropy(whole, whole), 0.0)


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
def test_a_nan_probability_makes_the_loss_nan(student):
    p = np.array([0.5, np.nan, 0.25, np.nan])
    assert_close(student.binary_cross_entropy(np.array([1, 0, 1, 1]), p), np.nan)


@pytest.mark.group("property")
@pytest.mark.points(0.5)
def test_swapping_the_meaning_of_the_labels_changes_nothing(student, rng):
    # Multiples of 1/1024, so that 1 - p is exact.
    y_true, p = np.arange(9) % 3 // 2, rng.integers(1, 1024, 9) / 1024
    loss, order = student.binary_cross_entropy(y_true, p), rng.permutation(9)
    assert loss > 0
    assert_close(student.binary_cross_entropy(1 - y_true[order], 1 - p[order]), loss)


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("Duplicate all examples: should a mean change? Which constant should cost least?")
def test_of_all_constants_the_base_rate_does_best(student):
    y_true = np.array([0, 0, 1, 0, 0, 0, 1, 0])
    entropy = 0.25 * np.log(4) + 0.75 * np.log(4 / 3)
    assert_close(student.binary_cross_entropy(np.tile(y_true, 3), np.full(24, 0.25)), entropy)
    for constant in (0.2, 0.3):
        assert student.binary_cross_entropy(y_true, np.full(8, constant)) > entropy


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_labels_other_than_0_and_1_are_an_error(student):
    for y_true in ([0.5, 1.0, 0.0], [1.0, 0.0, np.nan]):
        with pytest.raises(ValueError, match=r"(?i)label"):
            student.binary_cross_entropy(np.array(y_true), np.array([0.5, 0.25, 0.5]))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_probabilities_below_0_or_above_1_are_an_error(student):
    for p in ([-0.25, 0.5, 0.5], [0.5, 0.5, 1.0001]):
        with pytest.raises(ValueError, match=r"(?i)\bp\b"):
            student.binary_cross_entropy(np.array([1, 0, 1]), np.array(p))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Print the shape of the difference of your two arrays.")
def test_different_shapes_columns_and_no_examples_are_errors(student):
    for shapes in [((3,), (1,)), ((3, 1), (3, 1))]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.binary_cross_entropy(np.ones(shapes[0]), np.full(shapes[1], 0.5))
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.binary_cross_entropy(np.zeros(0), np.zeros(0))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_returns_a_float_leaves_its_arguments_alone_and_keeps_nothing(student):
    # As floats, which a careless function would take as its own.
    result = student.binary_cross_entropy(np.array([0.0, 1.0, 0.0]), np.array([0.75, 0.5, 0.5]))
    unchanged(student.binary_cross_entropy)
    assert_close(result, np.log(16) / 3)
    assert isinstance(result, float)
    y_true, p = np.array([1.0, 1.0, 0.0]), np.array([0.25, 0.25, 0.5])
    y_true.flags.writeable = p.flags.writeable = False
    assert_close(student.binary_cross_entropy(y_true, p), np.log(32) / 3)
