"""Hidden tests of recall_score."""

import warnings

import numpy as np
import pytest

from grader import Size, assert_close, unchanged

pytestmark = pytest.mark.function("recall_score")


@pytest.mark.group("value")
@pytest.mark.points(2)
@pytest.mark.hint("Which spaces did the model miss? Are they in your denominator?")
def test_agrees_with_the_reference_on_random_labels(student, solution, domain, rng):
    for n in (11, 101):
        y_true, y_pred, *_ = domain.draw(rng, Size(n=n))
        y_true[np.argmax(y_pred)] = 1
        expected = solution.recall_score(y_true, y_pred)
        assert_close(student.recall_score(y_true, y_pred), expected)


@pytest.mark.group("value")
@pytest.mark.points(1.5)
@pytest.mark.hint("How many truly vacant spaces are there?")
def test_lots_with_few_and_with_many_vacant_spaces(student):
    assert_close(student.recall_score(*_lot(tn=83, fp=4, fn=9, tp=5)), 5 / 14)
    assert_close(student.recall_score(*_lot(tn=3, fp=12, fn=2, tp=40)), 40 / 42)


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Share found or share missed?")
def test_one_of_four_found_and_always_vacant(student):
    y_true = np.array([0, 1, 0, 0, 1, 1, 1])
    assert_close(student.recall_score(y_true, np.array([1, 1, 0, 0, 0, 0, 0])), 0.25)
    assert_close(student.recall_score(y_true, np.ones(7, dtype=int)), 1.0)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Test a lot without vacant spaces, with another zero_division.")
def test_a_full_lot_gives_zero_division_without_a_warning(student):
    full, y_pred = np.zeros(4, dtype=int), np.array([0, 1, 0, 1])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert_close(student.recall_score(full, y_pred), 0.0)
        assert_close(student.recall_score(full, y_pred, 0.25), 0.25)
        assert_close(student.recall_score(full, full, zero_division=np.nan), np.nan)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("What is 0 / 2? Only 0 / 0 has no answer.")
def test_zero_division_is_for_nothing_else(student):
    y_true, y_pred = np.array([1, 0, 1, 0]), np.array([0, 1, 0, 1])
    assert_close(student.recall_score(y_true, y_pred, 0.75), 0.0)
    vacant = np.ones(4, dtype=int)
    assert_close(student.recall_score(vacant, y_pred, zero_division=np.nan), 0.5)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_takes_one_example_lists_and_arrays_of_any_number_type(student):
    true, pred = np.array([1, 1, 0, 1, 1, 0, 0, 0]), np.array([1, 1, 0, 0, 1, 0, 1, 0])
    assert_close(student.recall_score(true.astype(bool), pred.astype(bool)), 0.75)
    assert_close(student.recall_score([True], np.array([1.0])), 1.0)
    many = np.repeat([1, 0], [300, 100]).astype(np.uint8)
    assert_close(student.recall_score(np.ones(400, dtype=np.uint8), many), 0.75)


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("Does it matter what the model says about occupied spaces?")
def test_occupied_spaces_and_the_order_do_not_matter(student, rng):
    fp, fn, tp = rng.choice(np.arange(1, 8), 3, replace=False)
    recall = student.recall_score(*_lot(9, fp, fn, tp))
    assert_close(recall, 1 - fn / (tp + fn))
    order = rng.permutation(23 + 2 * fp + fn + tp)
    more = (labels[order] for labels in _lot(23, 2 * fp, fn, tp))
    assert_close(student.recall_score(*more), recall)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint(
    "Which labels are there, and which shapes? Start with the checks of given.checks."
)
def test_wrong_shapes_no_examples_and_other_labels_are_errors(student):
    for shapes in [((3,), (1,)), ((3,), (3, 1)), ((3, 1), (3, 1))]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.recall_score(np.ones(shapes[0]), np.zeros(shapes[1]))
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.recall_score(np.zeros(0), np.zeros(0))
    for y_true, y_pred in [([np.nan, 1], [0, 1]), ([0.5, 1], [0, 1]), ([0, 1], [0.5, 1])]:
        with pytest.raises(ValueError, match=r"(?i)label"):
            student.recall_score(np.array(y_true), np.array(y_pred))


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
        result = student.recall_score(*args)
        assert_close(result, solution.recall_score(*args))
        assert isinstance(result, float)
        unchanged(student.recall_score)


def _lot(tn, fp, fn, tp):
    counts = [tn, fp, fn, tp]
    return np.repeat([0, 0, 1, 1], counts), np.repeat([0, 1, 0, 1], counts)
