"""Hidden tests of softmax_cross_entropy."""

import numpy as np
import pytest

from grader import assert_close, unchanged

pytestmark = pytest.mark.function("softmax_cross_entropy")

LOUD = {"over": "raise", "invalid": "raise", "divide": "raise"}


@pytest.mark.group("value")
@pytest.mark.points(2.5)
def test_agrees_with_the_reference_on_random_logits(student, solution, rng):
    y_true, Z = rng.permutation(7), rng.normal(0.0, 2.0, (7, 9))
    expected = solution.softmax_cross_entropy(y_true, Z)
    assert_close(student.softmax_cross_entropy(y_true, Z), expected)


@pytest.mark.group("value")
@pytest.mark.points(1.5)
@pytest.mark.hint("Are these logits or probabilities? Print the shape of what you pick out.")
def test_picks_the_probability_of_the_true_class(student):
    Z = np.log([[1.0, 2.0, 5.0], [3.0, 3.0, 4.0], [7.0, 2.0, 1.0], [6.0, 9.0, 5.0]])
    # The true classes have the probabilities 0.625, 0.3, 0.2 and 0.3.
    expected = -np.log(0.625 * 0.3 * 0.2 * 0.3) / 4
    assert_close(student.softmax_cross_entropy(np.array([2, 0, 1, 0]), Z), expected)


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint(
    "Two equal logits cost 0.693 per example, a natural logarithm. What do yours cost?"
)
def test_equal_logits_cost_ln_k(student):
    y_true = np.arange(8) % 5
    got = student.softmax_cross_entropy(y_true, np.full((8, 5), 1.5))
    assert_close(got, np.log(5))


@pytest.mark.group("value")
@pytest.mark.points(1)
def test_the_same_wrong_decision_may_cost_more_or_less(student):
    Z = np.log([[0.49, 0.51], [0.01, 0.99]])
    got = student.softmax_cross_entropy(np.array([0, 0]), Z)
    assert_close(got, (0.7133498878774648 + 4.605170185988091) / 2)


@pytest.mark.group("edge")
@pytest.mark.points(0.75)
@pytest.mark.hint("Never take the logarithm of a softmax: it may be 0. Simplify on paper first.")
def test_large_logits_give_no_warning(student):
    loud = student.under(errstate=LOUD)
    Z = np.array([[1000.0, -1000.0], [-1000.0, -1000.0]])
    got = loud.softmax_cross_entropy(np.array([1, 0]), Z)
    assert_close(got, 1000 + 0.6931471805599453 / 2, "T1")


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Try two rows on very different levels.")
def test_rows_on_different_levels(student, solution, rng):
    level = rng.permutation(np.resize([0.0, 980.0, -980.0], 6))[:, np.newaxis]
    y_true, Z = rng.integers(0, 4, 6), rng.normal(0.0, 2.0, (6, 4)) + level
    expected = solution.softmax_cross_entropy(y_true, Z)
    assert_close(student.under(errstate=LOUD).softmax_cross_entropy(y_true, Z), expected, "T1")


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Try labels and logits of type uint8, and float32.")
def test_takes_arrays_of_any_number_type(student, solution):
    y_true, Z = [2, 0, 1], [[3, 1, 0], [0, 200, 199], [1, 0, 1]]
    expected = solution.softmax_cross_entropy(y_true, np.array(Z, dtype=float))
    labels, logits = np.array(y_true, dtype=np.uint8), np.array(Z, dtype=np.uint8)
    assert_close(student.softmax_cross_entropy(labels, logits), expected)
    third = np.array([[1, 2], [4, -2]], dtype=np.float32) / np.float32(3)
    expected = solution.softmax_cross_entropy([1, 0], third.astype(float))
    assert_close(student.softmax_cross_entropy(np.array([1, 0]), third), expected)


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
def test_a_nan_logit_makes_the_loss_nan_and_one_example_in_lists_is_enough(student):
    Z = np.array([[1.0, 2.0, 0.0], [0.0, np.nan, 1.0], [3.0, 1.0, 1.0]])
    assert_close(student.softmax_cross_entropy(np.array([0, 0, 2]), Z), np.nan)
    one = student.softmax_cross_entropy([1], [[0, True, 2]])
    assert_close(one, np.log(1 + np.e + np.e**2) - 1)


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("Duplicate all examples: should a mean change? Add 5 to a row: should it?")
def test_only_differences_within_a_row_matter(student, rng):
    y_true, Z = rng.integers(0, 5, 5), rng.normal(0.0, 2.0, (5, 5))
    loss = student.softmax_cross_entropy(y_true, Z)
    assert loss > 0
    shifted = np.tile(Z + rng.uniform(-50, 50, (5, 1)), (2, 1))
    assert_close(student.softmax_cross_entropy(np.tile(y_true, 2), shifted), loss, "T1")


@pytest.mark.group("property")
@pytest.mark.points(0.5)
def test_classes_may_be_renumbered_and_two_classes_need_one_logit_only(student, solution, rng):
    y_true, Z, names = rng.integers(0, 4, 6), rng.normal(0.0, 2.0, (6, 4)), rng.permutation(4)
    renumbered = np.empty_like(Z)
    renumbered[:, names] = Z
    loss = student.softmax_cross_entropy(y_true, Z)
    assert_close(student.softmax_cross_entropy(names[y_true], renumbered), loss)
    y_true, Z = np.arange(8) % 3 % 2, rng.normal(0.0, 2.0, (8, 2))
    expected = solution.binary_cross_entropy_with_logits(y_true, Z[:, 1] - Z[:, 0])
    assert_close(student.softmax_cross_entropy(y_true, Z), expected, "T1")


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("What does index -1 mean in numpy, and which classes exist?")
def test_labels_that_no_column_has_are_an_error(student):
    Z = np.array([[1.0, 2.0, 0.0], [0.0, 1.0, 1.0]])
    for y_true in ([0, -1], [3, 1]):
        with pytest.raises(ValueError, match=r"(?i)label"):
            student.softmax_cross_entropy(np.array(y_true), Z)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_different_lengths_and_no_examples_are_errors(student):
    for y_true, Z in [
        (np.zeros(1, dtype=int), np.ones((4, 2))),
        (np.zeros((4, 1), dtype=int), np.ones((4, 2))),
        (np.zeros(4, dtype=int), np.ones(4)),
    ]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.softmax_cross_entropy(y_true, Z)
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.softmax_cross_entropy(np.zeros(0, dtype=int), np.zeros((0, 3)))


@pytest.mark.group("contract")
@pytest.mark.points(0.5)
@pytest.mark.hint("Return a float, and build new arrays: are the caller's still what they were?")
def test_returns_a_float_leaves_its_arguments_alone_and_keeps_nothing(student):
    Z = np.log([[1.0, 3.0], [1.0, 1.0]])
    result = student.softmax_cross_entropy(np.array([1, 0]), Z)
    unchanged(student.softmax_cross_entropy)
    assert_close(result, np.log(8 / 3) / 2)
    assert isinstance(result, float)
    Z = Z[::-1]
    Z.flags.writeable = False
    assert_close(student.softmax_cross_entropy(np.array([0, 0]), Z), np.log(8) / 2)
