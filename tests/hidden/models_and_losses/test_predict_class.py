"""Hidden tests of predict_class."""

import numpy as np
import pytest

from grader import Size, assert_close, assert_exact, no_alias, unchanged

pytestmark = pytest.mark.function("predict_class")


@pytest.mark.group("value")
@pytest.mark.points(1)
def test_agrees_with_the_reference_on_random_probabilities(student, solution, domain, rng):
    (P,) = domain.draw(rng, Size(n=5, k=5))
    # Class 0 alone would also be right for those who answer 0.
    P[0, -1] += 1
    assert_close(student.predict_class(P), solution.predict_class(P))


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Must the winner exceed one half? One label per example is wanted.")
def test_the_largest_entry_wins_however_small_it_is(student):
    P = np.array([[0.3, 0.34, 0.36], [0.3, 0.4, 0.3], [0.98, 0.01, 0.01], [0.3, 0.3, 0.4]])
    assert_close(student.predict_class(P), np.array([2, 1, 0, 2]))


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
@pytest.mark.hint("Which index do you return if two entries are equally large?")
def test_of_equal_entries_in_a_list_the_first_wins(student):
    P = [[0.2, 0.4, 0.4], [0.5, 0.0, 0.5], [True, True, True], [0, 0, 0.1]]
    assert_close(student.predict_class(P), np.array([1, 0, 0, 2]))


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_takes_arrays_of_bytes(student):
    P = np.array([[3, 1, 0], [0, 200, 199], [1, 1, 2]], dtype=np.uint8)
    assert_close(student.predict_class(P), np.array([0, 1, 2]))


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
def test_takes_logits_far_from_0_and_close_to_each_other(student):
    Z = np.array([[-5.0, -3.0], [-1e3, 1e3], [-np.inf, 0.0], [2.0, np.inf], [0.5, 0.5 + 1e-12]])
    assert_close(student.predict_class(Z), np.array([1, 1, 1, 1, 1]))
    assert_close(student.predict_class(np.array([[0.7], [-3.0]])), np.array([0, 0]))


@pytest.mark.group("property")
@pytest.mark.points(0.5)
def test_only_the_order_within_a_row_matters(student, solution, rng):
    Z = rng.normal(0.0, 2.0, (12, 5))
    expected = solution.predict_class(Z)
    assert_close(student.predict_class(solution.softmax(Z)), expected)
    scores = np.concatenate([Z, np.exp(Z), Z**3, Z + 100, Z - 50])
    assert_close(student.predict_class(scores), np.tile(expected, 5))
    two = student.predict_class(np.array([[0.49, 0.51], [0.01, 0.99]]))
    assert_close(two, np.array([1, 1]))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_nan_and_no_classes_are_errors(student):
    with pytest.raises(ValueError, match=r"(?i)nan"):
        student.predict_class(np.array([[0.2, 0.8], [np.nan, 0.1]]))
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.predict_class(np.zeros((3, 0)))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Return a new array of integers, and leave the caller's array as it was.")
def test_leaves_its_argument_alone_and_keeps_nothing_between_calls(student):
    P = np.array([[0.0, 5.0, 2.0], [7.0, 3.0, 4.0], [1.0, 6.0, 8.0]])
    result = student.predict_class(P)
    unchanged(student.predict_class)
    no_alias(student.predict_class)
    assert_exact(result, np.array([1, 0, 2]))
    P = P[[0, 2, 1]]
    P.flags.writeable = False
    assert_exact(student.predict_class(P), np.array([1, 2, 0]))
