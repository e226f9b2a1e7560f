"""Hidden tests of softmax."""

import numpy as np
import pytest

from grader import assert_close, no_alias, unchanged

pytestmark = pytest.mark.function("softmax")

LOUD = {"over": "raise", "invalid": "raise", "divide": "raise"}


@pytest.mark.group("value")
@pytest.mark.points(2.5)
def test_agrees_with_the_reference_on_random_logits(student, solution, rng):
    Z = rng.normal(0.0, 2.0, (7, 4))
    assert_close(student.softmax(Z), solution.softmax(Z))


@pytest.mark.group("value")
@pytest.mark.points(1.5)
@pytest.mark.hint("Which numbers should add up to one: a row, a column or all?")
def test_known_distributions(student):
    Z = np.log([[1.0, 2.0, 5.0], [3.0, 3.0, 4.0], [7.0, 2.0, 1.0], [6.0, 9.0, 5.0]])
    expected = [[0.125, 0.25, 0.625], [0.3, 0.3, 0.4], [0.7, 0.2, 0.1], [0.3, 0.45, 0.25]]
    assert_close(student.softmax(Z), np.array(expected))


@pytest.mark.group("value")
@pytest.mark.points(0.5)
def test_one_example_and_one_class(student):
    assert_close(student.softmax(np.log([[1.0, 3.0]])), np.array([[0.25, 0.75]]))
    assert_close(student.softmax(np.array([[4.0], [-2.0], [0.0]])), np.ones((3, 1)))


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint(
    "e^1000 does not fit. Which change of all logits of a row leaves the result unchanged?"
)
def test_large_logits_give_no_warning(student):
    Z = np.array([[1000.0, 1000.0 - np.log(3)], [-1000.0, 1000.0], [-1000.0, -1000.0]])
    got = student.under(errstate=LOUD).softmax(Z)
    assert_close(got, np.array([[0.75, 0.25], [0.0, 1.0], [0.5, 0.5]]), "T1")


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Try two rows on very different levels.")
def test_rows_on_different_levels(student, solution, rng):
    level = rng.permutation(np.resize([0.0, 990.0, -990.0], 6))[:, np.newaxis]
    Z = rng.uniform(-5, 5, (6, 4)) + level
    assert_close(student.under(errstate=LOUD).softmax(Z), solution.softmax(Z), "T1")


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
def test_takes_arrays_of_any_number_type(student, solution):
    whole = np.array([[3, 1, 0], [0, 200, 199]], dtype=np.uint8)
    assert_close(student.softmax(whole), solution.softmax(whole.astype(float)))
    third = np.array([[1, 2], [4, -2]], dtype=np.float32) / np.float32(3)
    assert_close(student.softmax(third), solution.softmax(third.astype(float)))


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
def test_nan_in_a_list_stays_in_its_row_and_no_examples_give_none(student, solution):
    Z = [[1.0, 2, False], [0, np.nan, True], [np.nan, 3.0, 1.0], [4, 4, 5]]
    expected = np.full((4, 3), np.nan)
    expected[[0, 3]] = solution.softmax(np.array([[1.0, 2.0, 0.0], [4.0, 4.0, 5.0]]))
    assert_close(student.softmax(Z), expected)
    assert_close(student.softmax(np.zeros((0, 3))), np.zeros((0, 3)))


@pytest.mark.group("property")
@pytest.mark.points(1)
@pytest.mark.hint("Add 5 to a row, or exchange two classes: which probabilities change?")
def test_rows_add_up_to_1_and_only_differences_within_a_row_matter(student, rng):
    Z, classes, rows = rng.normal(0.0, 3.0, (5, 5)), rng.permutation(5), rng.permutation(5)
    P = student.softmax(Z)
    assert np.all(P >= 0)
    assert_close(P.sum(axis=1), np.ones(5))
    assert np.array_equal(np.argsort(P, axis=1), np.argsort(Z, axis=1))
    moved = Z[rows][:, classes] + rng.uniform(-50, 50, (5, 1))
    assert_close(student.softmax(moved), P[rows][:, classes], "T1")
    z = rng.normal(0.0, 3.0, 12)
    two = student.softmax(np.column_stack([np.zeros(12), z]))
    assert_close(two[:, 1], 1 / (1 + np.exp(-z)))


@pytest.mark.group("contract")
@pytest.mark.points(0.5)
def test_no_classes_and_anything_but_a_matrix_are_errors(student):
    for Z in (np.array([1.0, 2.0, 3.0]), np.zeros((2, 3, 4))):
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.softmax(Z)
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.softmax(np.zeros((3, 0)))


@pytest.mark.group("contract")
@pytest.mark.points(0.5)
@pytest.mark.hint("After your call, is the caller's array still what it was? Build a new array.")
def test_leaves_its_argument_alone_and_keeps_nothing(student):
    P = np.array([[0.25, 0.75], [0.5, 0.5], [0.9, 0.1]])
    result = student.softmax(np.log(P))
    unchanged(student.softmax)
    no_alias(student.softmax)
    assert_close(result, P)
    assert result.dtype == np.float64
    Z = np.log(P[[2, 0, 1]])
    Z.flags.writeable = False
    assert_close(student.softmax(Z), P[[2, 0, 1]])
