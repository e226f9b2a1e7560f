"""Hidden tests of accuracy_score."""

import numpy as np
import pytest

from grader import Size, assert_close, unchanged

pytestmark = pytest.mark.function("accuracy_score")


@pytest.mark.group("value")
@pytest.mark.points(1)
def test_agrees_with_the_reference_on_random_labels(student, solution, domain, rng):
    for n in (11, 101):
        args = domain.draw(rng, Size(n=n))
        assert_close(student.accuracy_score(*args), solution.accuracy_score(*args))


@pytest.mark.group("value")
@pytest.mark.points(0.5)
@pytest.mark.hint("Occupied spaces recognised as occupied are right, too. Every space counts once.")
def test_lots_with_few_and_with_many_vacant_spaces(student):
    assert_close(student.accuracy_score(*_lot(tn=83, fp=4, fn=9, tp=5)), 88 / 101)
    assert_close(student.accuracy_score(*_lot(tn=3, fp=12, fn=2, tp=40)), 43 / 57)


@pytest.mark.group("value")
@pytest.mark.points(0.5)
@pytest.mark.hint("What is a perfect model's accuracy?")
def test_all_right_and_all_wrong_and_always_the_same(student):
    y_true = np.array([0, 1, 0, 0, 1])
    assert_close(student.accuracy_score(y_true, y_true), 1.0)
    assert_close(student.accuracy_score(y_true, np.zeros(5, dtype=int)), 0.6)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_takes_lists_and_arrays_of_any_number_type(student):
    true, pred = np.array([1, 0, 0, 1, 1, 0, 0, 0]), np.array([1, 1, 0, 0, 1, 0, 0, 0])
    assert_close(student.accuracy_score(true.astype(bool), pred.astype(bool)), 0.75)
    assert_close(student.accuracy_score(true.tolist(), pred.astype(np.float32)), 0.75)
    many = np.repeat([1, 0], [300, 100]).astype(np.uint8)
    assert_close(student.accuracy_score(many, np.ones(400, dtype=np.uint8)), 0.75)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_one_example_and_one_kind_of_label(student):
    assert_close(student.accuracy_score(np.array([1]), np.array([0])), 0.0)
    assert_close(student.accuracy_score(np.zeros(4, dtype=int), np.array([0, 1, 0, 0])), 0.75)


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("Which of the four counts are in the numerator?")
def test_is_the_complement_of_the_share_of_errors_and_symmetric(student, rng):
    y_true, y_pred = rng.integers(0, 2, (2, 23))
    accuracy = student.accuracy_score(y_true, y_pred)
    assert_close(accuracy, 1 - np.count_nonzero(y_true != y_pred) / 23)
    swapped = np.tile(1 - y_pred, 2), np.tile(1 - y_true, 2)
    assert_close(student.accuracy_score(*swapped), accuracy)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint(
    "Which labels are there, and which shapes? Start with the checks of given.checks."
)
def test_wrong_shapes_no_examples_and_other_labels_are_errors(student):
    for shapes in [((3,), (1,)), ((3,), (3, 1)), ((3, 1), (3, 1))]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.accuracy_score(np.ones(shapes[0]), np.zeros(shapes[1]))
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.accuracy_score(np.zeros(0), np.zeros(0))
    for y_true, y_pred in [([-1, 0], [0, 1]), ([0.5, 1], [0, 1]), ([0, 1], [0.5, 1])]:
        with pytest.raises(ValueError, match=r"(?i)label"):
            student.accuracy_score(np.array(y_true), np.array(y_pred))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_returns_a_float_leaves_its_arguments_alone_and_keeps_nothing(student, solution, rng):
    order = rng.permutation(14)
    # As floats, which a careless function would take as its own.
    first = (*(labels[order] * 1.0 for labels in _lot(tn=6, fp=1, fn=4, tp=3)),)
    second = (*(labels[order] for labels in _lot(tn=2, fp=5, fn=1, tp=6)),)
    for labels in second[:2]:
        labels.flags.writeable = False
    for args in (first, second, first):
        result = student.accuracy_score(*args)
        assert_close(result, solution.accuracy_score(*args))
        assert isinstance(result, float)
        unchanged(student.accuracy_score)


def _lot(tn, fp, fn, tp):
    counts = [tn, fp, fn, tp]
    return np.repeat([0, 0, 1, 1], counts), np.repeat([0, 1, 0, 1], counts)
