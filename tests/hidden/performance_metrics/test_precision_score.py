"""Hidden tests of precision_score."""

import warnings

import numpy as np
import pytest

from grader import Size, assert_close, unchanged

pytestmark = pytest.mark.function("precision_score")


@pytest.mark.group("value")
@pytest.mark.points(2)
@pytest.mark.hint("Is your denominator what the model said or what is true?")
def test_agrees_with_the_reference_on_random_labels(student, solution, domain, rng):
    for n in (11, 101):
        y_true, y_pred, *_ = domain.draw(rng, Size(n=n))
        y_pred[np.argmax(y_true)] = 1
        expected = solution.precision_score(y_true, y_pred)
        assert_close(student.precision_score(y_true, y_pred), expected)


@pytest.mark.group("value")
@pytest.mark.points(1.5)
@pytest.mark.hint("Of the spaces we called vacant, how many were?")
def test_lots_with_few_and_with_many_vacant_spaces(student):
    assert_close(student.precision_score(*_lot(tn=83, fp=4, fn=9, tp=5)), 5 / 9)
    assert_close(student.precision_score(*_lot(tn=3, fp=12, fn=2, tp=40)), 40 / 52)


@pytest.mark.group("value")
@pytest.mark.points(1)
def test_no_false_alarm_and_always_vacant(student):
    y_true = np.array([0, 1, 0, 0, 1])
    assert_close(student.precision_score(y_true, np.array([0, 1, 0, 0, 0])), 1.0)
    assert_close(student.precision_score(y_true, np.ones(5, dtype=int)), 0.4)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Try the model that says occupied everywhere, with another zero_division.")
def test_nothing_called_vacant_gives_zero_division_without_a_warning(student):
    y_true, occupied = np.array([0, 1, 0, 1]), np.zeros(4, dtype=int)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert_close(student.precision_score(y_true, occupied), 0.0)
        assert_close(student.precision_score(y_true, occupied, 0.25), 0.25)
        assert_close(student.precision_score(occupied, occupied, zero_division=np.nan), np.nan)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("What is 0 / 2? Only 0 / 0 has no answer.")
def test_zero_division_is_for_nothing_else(student):
    y_true, y_pred = np.array([0, 1, 0, 1]), np.array([1, 0, 1, 0])
    assert_close(student.precision_score(y_true, y_pred, 0.75), 0.0)
    always = np.ones(4, dtype=int)
    assert_close(student.precision_score(y_true, always, zero_division=np.nan), 0.5)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_takes_one_example_lists_and_arrays_of_any_number_type(student):
    true, pred = np.array([1, 0, 0, 1, 1, 0, 0, 0]), np.array([1, 1, 0, 1, 1, 0, 0, 0])
    assert_close(student.precision_score(true.astype(bool), pred.astype(bool)), 0.75)
    assert_close(student.precision_score([True], np.array([1.0])), 1.0)
    many = np.repeat([1, 0], [300, 100]).astype(np.uint8)
    assert_close(student.precision_score(many, np.ones(400, dtype=np.uint8)), 0.75)


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("Do true negatives appear in 'of the spaces we called vacant'?")
def test_true_negatives_and_the_order_do_not_matter(student, rng):
    fp, fn, tp = rng.choice(np.arange(1, 8), 3, replace=False)
    precision = student.precision_score(*_lot(9, fp, fn, tp))
    assert_close(precision, 1 - fp / (tp + fp))
    order = rng.permutation(23 + fp + fn + tp)
    more = (labels[order] for labels in _lot(23, fp, fn, tp))
    assert_close(student.precision_score(*more), precision)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint(
    "Which labels are there, and which shapes? Start with the checks of given.checks."
)
def test_wrong_shapes_no_examples_and_other_labels_are_errors(student):
    for shapes in [((3,), (1,)), ((3,), (3, 1)), ((3, 1), (3, 1))]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.precision_score(np.zeros(shapes[0]), np.ones(shapes[1]))
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.precision_score(np.zeros(0), np.zeros(0))
    for y_true, y_pred in [([-1, 1], [0, 1]), ([0.5, 1], [0, 1]), ([0, 1], [0.5, 1])]:
        with pytest.raises(ValueError, match=r"(?i)label"):
            student.precision_score(np.array(y_true), np.array(y_pred))


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
        result = student.precision_score(*args)
        assert_close(result, solution.precision_score(*args))
        assert isinstance(result, float)
        unchanged(student.precision_score)


def _lot(tn, fp, fn, tp):
    counts = [tn, fp, fn, tp]
    return np.repeat([0, 0, 1, 1], counts), np.repeat([0, 1, 0, 1], counts)
