"""Hidden tests of zero_one_loss."""

import numpy as np
import pytest

from grader import Size, assert_close, unchanged

pytestmark = pytest.mark.function("zero_one_loss")


@pytest.mark.group("value")
@pytest.mark.points(1.5)
def test_agrees_with_the_reference_on_random_labels(student, solution, domain, rng):
    y_true, y_pred = domain.draw(rng, Size(n=21, k=4))
    expected = solution.zero_one_loss(y_true, y_pred)
    assert_close(student.zero_one_loss(y_true, y_pred), expected)


@pytest.mark.group("value")
@pytest.mark.points(0.75)
def test_counts_both_kinds_of_wrong_decisions(student):
    y_true, y_pred = np.array([1, 1, 0, 0, 0, 1, 0]), np.array([0, 1, 1, 0, 1, 1, 0])
    assert_close(student.zero_one_loss(y_true, y_pred), 3)


@pytest.mark.group("value")
@pytest.mark.points(0.75)
@pytest.mark.hint("What should a perfect model get, and who decides the label?")
def test_one_wrong(student):
    y_true = np.array([2, 0, 3, 1, 1])
    assert_close(student.zero_one_loss(y_true, np.array([2, 0, 3, 1, 3])), 1)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_takes_lists_and_arrays_of_any_number_type(student):
    assert_close(student.zero_one_loss([0, True, 2, 3], [False, 2, 1, 3]), 2)
    y_true = np.array([0, 1, 2, 200], dtype=np.uint8)
    assert_close(student.zero_one_loss(y_true, np.array([1.0, 1.0, 2.0, 3.0])), 2)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_many_examples_of_one_byte(student):
    y_true = np.zeros(700, dtype=np.uint8)
    y_true[:300] = 1
    assert_close(student.zero_one_loss(y_true, np.zeros(700, dtype=np.uint8)), 300)


@pytest.mark.group("property")
@pytest.mark.points(0.5)
def test_renumbering_the_classes_and_reordering_the_examples_change_nothing(student, rng):
    y_true = np.arange(11) % 4
    y_pred = (y_true + np.array([0, 0, 1, 1, 0, 2, 3, 0, 0, 1, 0])) % 4
    names, order = rng.permutation(4), rng.permutation(11)
    assert_close(student.zero_one_loss(names[y_true], names[y_pred]), 5)
    assert_close(student.zero_one_loss(y_pred[order], y_true[order]), 5)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Print the shape of what you get when you compare your two arrays.")
def test_different_shapes_columns_and_no_examples_are_errors(student):
    for shapes in [((3,), (1,)), ((3, 1), (3, 1))]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.zero_one_loss(np.ones(shapes[0], dtype=int), np.zeros(shapes[1], dtype=int))
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.zero_one_loss(np.zeros(0, dtype=int), np.zeros(0, dtype=int))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Return an int, and do nothing else: no rounding, no writing into the arrays.")
def test_returns_an_int_leaves_its_arguments_alone_and_keeps_nothing(student):
    result = student.zero_one_loss(np.array([2, 0, 1, 3]), np.array([2, 3, 3, 1]))
    unchanged(student.zero_one_loss)
    assert_close(result, 3)
    assert isinstance(result, int | np.integer)
    y_true, y_pred = np.array([3, 3, 0, 2]), np.array([3, 2, 0, 2])
    y_true.flags.writeable = y_pred.flags.writeable = False
    assert_close(student.zero_one_loss(y_true, y_pred), 1)
