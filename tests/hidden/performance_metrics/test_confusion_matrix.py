"""Hidden tests of confusion_matrix."""

import numpy as np
import pytest

from grader import Size, assert_close, assert_exact, unchanged

pytestmark = pytest.mark.function("confusion_matrix")


@pytest.mark.group("value")
@pytest.mark.points(2)
@pytest.mark.hint("Row 1 should sum to the number of vacant spaces.")
def test_agrees_with_the_reference_on_random_labels(student, solution, domain, rng):
    args = domain.draw(rng, Size(n=60, k=5))
    assert_close(student.confusion_matrix(*args), solution.confusion_matrix(*args))


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Index (0, 0) is true class 0, predicted class 0: occupied and called so.")
def test_counts_the_four_kinds_of_decisions(student):
    y_true, y_pred = np.repeat([1, 0, 1, 0], [5, 8, 3, 20]), np.repeat([1, 1, 0, 0], [5, 8, 3, 20])
    assert_close(student.confusion_matrix(y_true, y_pred), np.array([[20, 8], [3, 5]]))


@pytest.mark.group("value")
@pytest.mark.points(2)
@pytest.mark.hint(
    "Rows are what is true. A class that never occurs keeps its row and column of zeros."
)
def test_counts_confusions_of_four_classes_among_six(student):
    y_true = np.array([3, 0, 0, 2, 1, 3, 3, 2, 0, 1, 3, 1])
    y_pred = np.array([1, 0, 2, 2, 0, 1, 3, 3, 0, 0, 2, 1])
    expected = np.zeros((6, 6))
    expected[:4, :4] = [[2, 0, 1, 0], [2, 1, 0, 0], [0, 0, 1, 1], [0, 2, 1, 1]]
    assert_close(student.confusion_matrix(y_true, y_pred, n_classes=6), expected)


@pytest.mark.group("edge")
@pytest.mark.points(1.5)
@pytest.mark.hint("What is 19 * 20 in uint8? And how often can a cell of uint8 count?")
def test_many_classes_and_many_examples_of_one_byte(student):
    y_true, y_pred = np.repeat(np.array([[19, 18, 0], [18, 0, 19]], dtype=np.uint8), 300, axis=1)
    expected = np.zeros((20, 20))
    expected[19, 18], expected[18, 0], expected[0, 19] = 300, 300, 300
    assert_close(student.confusion_matrix(y_true, y_pred, 20), expected)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_takes_one_example_in_a_list(student):
    got = student.confusion_matrix([False], [0.0])
    assert_close(got, np.array([[1, 0], [0, 0]]))


@pytest.mark.group("property")
@pytest.mark.points(1)
@pytest.mark.hint(
    "What is the sum of all cells, and of each row? Swap the arguments: what changes?"
)
def test_rows_and_columns_add_up_and_swapping_the_arguments_transposes(student, rng):
    y_true, y_pred = rng.integers(0, 4, (2, 25))
    C = student.confusion_matrix(y_true, y_pred, 4)
    assert_close(C.sum(axis=1), np.bincount(y_true, minlength=4))
    assert_close(C.sum(axis=0), np.bincount(y_pred, minlength=4))
    assert np.trace(C) == np.count_nonzero(y_true == y_pred)
    order = np.tile(rng.permutation(25), 2)
    assert_close(student.confusion_matrix(y_pred[order], y_true[order], 4), 2 * C.T)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Print the shape of what you get when you compare your two arrays.")
def test_different_shapes_columns_and_no_examples_are_errors(student):
    for shapes in [((3,), (1,)), ((3, 1), (3, 1))]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.confusion_matrix(np.ones(shapes[0], dtype=int), np.zeros(shapes[1], dtype=int))
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.confusion_matrix(np.zeros(0, dtype=int), np.zeros(0, dtype=int))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("What does index -1 mean in numpy, and which classes exist?")
def test_labels_of_no_class_are_an_error(student):
    for y_true, y_pred, k in [
        ([0, 1, 1], [0, 1, -1], 2),
        ([0, 1, 2], [1, 1, 3], 3),
        ([0.0, 0.5, 1.0], [0.0, 1.0, 1.0], 2),
    ]:
        with pytest.raises(ValueError, match=r"(?i)label"):
            student.confusion_matrix(np.array(y_true), np.array(y_pred), k)


@pytest.mark.group("contract")
@pytest.mark.points(0.5)
@pytest.mark.hint("Can there be 2.5 parking spaces? And is the caller's array still what it was?")
def test_counts_are_integers_and_the_arguments_stay_as_they_were(student):
    # As floats, which a careless function would take as its own.
    first = np.array([0.0, 1.0, 1.0, 0.0]), np.array([1.0, 1.0, 0.0, 1.0])
    second = np.array([True, True, False]), np.array([True, True, True])
    for array in second:
        array.flags.writeable = False
    for labels, counts in ((first, [[0, 2], [1, 1]]), (second, [[0, 1], [0, 2]])):
        result = student.confusion_matrix(*labels)
        assert_exact(result, np.array(counts))
        assert result.dtype == np.int64
        unchanged(student.confusion_matrix)
