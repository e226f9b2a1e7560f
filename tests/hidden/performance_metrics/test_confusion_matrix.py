"""Hidden tests of confusion_matrix."""

import numpy as np
import pytest

from grader import Size, assert_close, assert_exact, unchanged

pytestmark = pytest.mark.function("confusion_matrix")


@pytest.mark.group("value")
@pytest.mark.points(2)
@pytest.mark.hint("Row 1 should sum to the number of vacant spaces.")
def test_agrees_with_the_reference_on_random_labels(student, solution, domain, rng):
    for size in (Size(n=40), Size(n=60, k=5)):
        args = domain.draw(rng, size)
        assert_close(student.confusion_matrix(*args), solution.confusion_matrix(*args))


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Index (0, 0) is true class 0, predicted class 0: occupied and called so.")
def test_counts_the_four_kinds_of_decisions(student):
    y_true, y_pred = np.repeat([1, 0, 1, 0], [5, 8, 3, 20]), np.repeat([1, 1, 0, 0], [5, 8, 3, 20])
    assert_close(student.confusion_matrix(y_true, y_pred), np.array([[20, 8], [3, 5]]))


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Rows are what is true, columns what was predicted.")
def test_counts_confusions_of_four_classes(student):
    y_true = np.array([3, 0, 0, 2, 1, 3, 3, 2, 0, 1, 3, 1])
    y_pred = np.array([1, 0, 2, 2, 0, 1, 3, 3, 0, 0, 2, 1])
    expected = [[2, 0, 1, 0], [2, 1, 0, 0], [0, 0, 1, 1], [0, 2, 1, 1]]
    assert_close(student.confusion_matrix(y_true, y_pred, 4), np.array(expected))


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("A class that never occurs keeps its row and column of zeros.")
def test_classes_that_never_occur_keep_their_place(student):
    y_true, y_pred = np.array([1, 3, 1, 1]), np.array([3, 3, 1, 3])
    expected = np.zeros((5, 5))
    expected[1, 1], expected[1, 3], expected[3, 3] = 1, 2, 1
    assert_close(student.confusion_matrix(y_true, y_pred, n_classes=5), expected)


@pytest.mark.group("edge")
@pytest.mark.points(1)
@pytest.mark.hint("Labels may be bools, bytes or floats; convert them before you calculate.")
def test_takes_lists_and_arrays_of_any_number_type(student):
    lists = student.confusion_matrix([1, 0, 0, True, 1, False, 0], [1.0, 1, 0, 0, 1, 0.0, 0])
    assert_close(lists, np.array([[3, 1], [1, 2]]))


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("What is 19 * 20 in uint8? And how often can a cell of int8 count?")
def test_many_classes_and_many_examples_of_one_byte(student):
    y_true, y_pred = np.array([[19, 18, 0, 19], [18, 0, 19, 18]], dtype=np.uint8)
    expected = np.zeros((20, 20))
    expected[19, 18], expected[18, 0], expected[0, 19] = 2, 1, 1
    assert_close(student.confusion_matrix(y_true, y_pred, 20), expected)
    y_true = np.repeat([0, 1], [700, 300]).astype(np.int8)
    got = student.confusion_matrix(y_true, np.zeros(1000, dtype=np.int8))
    assert_close(got, np.array([[700, 0], [300, 0]]))


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_one_example(student):
    got = student.confusion_matrix([0], [0])
    assert_close(got, np.array([[1, 0], [0, 0]]))


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("Countable statistics: what is the sum of all cells, and of each row?")
def test_rows_and_columns_add_up_to_the_counts_of_the_labels(student, rng):
    y_true, y_pred = rng.integers(0, 4, (2, 25))
    C = student.confusion_matrix(y_true, y_pred, 4)
    assert_close(C.sum(axis=1), np.bincount(y_true, minlength=4))
    assert_close(C.sum(axis=0), np.bincount(y_pred, minlength=4))
    assert np.trace(C) == np.count_nonzero(y_true == y_pred)


@pytest.mark.group("property")
@pytest.mark.points(0.5)
def test_swapping_the_arguments_transposes_and_the_order_of_examples_does_not_matter(student, rng):
    y_true, y_pred = rng.integers(0, 3, (2, 25))
    C = student.confusion_matrix(y_true, y_pred, 3)
    assert C.sum() == 25
    order = np.tile(rng.permutation(25), 2)
    assert_close(student.confusion_matrix(y_pred[order], y_true[order], 3), 2 * C.T)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Print the shape of what you get when you compare your two arrays.")
def test_different_shapes_columns_and_no_examples_are_errors(student):
    for shapes in [((3,), (1,)), ((3,), (3, 1)), ((3, 1), (3, 1))]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.confusion_matrix(np.ones(shapes[0], dtype=int), np.zeros(shapes[1], dtype=int))
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.confusion_matrix(np.zeros(0, dtype=int), np.zeros(0, dtype=int))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("What does index -1 mean in numpy, and which classes exist?")
def test_labels_of_no_class_are_an_error(student):
    for y_true, y_pred, k in [
        ([0, -1, 1], [0, 1, 1], 2),
        ([0, 1, 1], [0, 1, -1], 2),
        ([0, 1, 2], [3, 1, 1], 3),
        ([0.0, 0.5, 1.0], [0.0, 1.0, 1.0], 2),
        ([0.0, 1.0, 1.0], [0.0, 1.0, np.nan], 2),
    ]:
        with pytest.raises(ValueError, match=r"(?i)label"):
            student.confusion_matrix(np.array(y_true), np.array(y_pred), k)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Can there be 2.5 parking spaces? Counts are integers.")
def test_counts_are_integers(student):
    y_true, y_pred = np.array([0.0, 2.0, 1.0, 2.0]), np.array([0, 1, 1, 1], dtype=np.uint8)
    result = student.confusion_matrix(y_true, y_pred, 3)
    assert_exact(result, np.array([[1, 0, 0], [0, 1, 0], [0, 2, 0]]))
    assert result.dtype == np.int64


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("After your call, is the caller's array still what it was? Build a new array.")
def test_leaves_its_arguments_alone_and_keeps_nothing_between_calls(student):
    # As floats, which a careless function would take as its own.
    first = np.array([0.0, 1.0, 1.0, 0.0]), np.array([1.0, 1.0, 0.0, 1.0])
    second = np.array([True, True, False]), np.array([True, True, True])
    for array in second:
        array.flags.writeable = False
    for labels, counts in (
        (first, [[0, 2], [1, 1]]),
        (second, [[0, 1], [0, 2]]),
        (first, [[0, 2], [1, 1]]),
    ):
        assert_close(student.confusion_matrix(*labels), np.array(counts))
        unchanged(student.confusion_matrix)
