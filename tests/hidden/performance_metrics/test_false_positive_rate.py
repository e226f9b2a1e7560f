"""Hidden tests of false_positive_rate."""

import warnings

import numpy as np
import pytest

from grader import Size, assert_close, unchanged

pytestmark = pytest.mark.function("false_positive_rate")


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("What share of the truly occupied spaces?")
def test_agrees_with_the_reference_on_random_labels(student, solution, domain, rng):
    for n in (11, 101):
        args = domain.draw(rng, Size(n=n))
        assert_close(student.false_positive_rate(*args), solution.false_positive_rate(*args))


@pytest.mark.group("value")
@pytest.mark.points(0.5)
@pytest.mark.hint("Which error is a false positive: occupied called vacant, or the reverse?")
def test_lots_with_few_and_with_many_vacant_spaces(student):
    assert_close(student.false_positive_rate(*_lot(tn=83, fp=4, fn=9, tp=5)), 4 / 87)
    assert_close(student.false_positive_rate(*_lot(tn=3, fp=12, fn=2, tp=40)), 0.8)


@pytest.mark.group("value")
@pytest.mark.points(0.5)
@pytest.mark.hint("False alarms or their absence?")
def test_one_false_alarm_and_always_vacant(student):
    y_true = np.array([1, 0, 1, 0, 0, 0, 0])
    assert_close(student.false_positive_rate(y_true, np.array([1, 0, 0, 1, 0, 0, 0])), 0.2)
    assert_close(student.false_positive_rate(y_true, np.ones(7, dtype=int)), 1.0)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Test a lot that is all vacant, with another zero_division. And what is 0 / 2?")
def test_an_empty_car_park_gives_zero_division_without_a_warning(student):
    vacant, y_pred = np.ones(4, dtype=int), np.array([0, 1, 0, 1])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert_close(student.false_positive_rate(vacant, y_pred), 0.0)
        assert_close(student.false_positive_rate(vacant, y_pred, 0.25), 0.25)
        assert_close(student.false_positive_rate(vacant, vacant, zero_division=np.nan), np.nan)
    assert_close(student.false_positive_rate(y_pred, y_pred, zero_division=1.0), 0.0)
    assert_close(student.false_positive_rate(1 - vacant, y_pred, zero_division=np.nan), 0.5)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_takes_one_example_lists_and_arrays_of_any_number_type(student):
    true, pred = np.array([0, 0, 1, 0, 0, 1, 1, 1]), np.array([0, 0, 1, 1, 0, 1, 0, 1])
    assert_close(student.false_positive_rate(true.astype(bool), pred.astype(bool)), 0.25)
    assert_close(student.false_positive_rate([False], np.array([1.0])), 1.0)
    many = np.repeat([1, 0], [300, 100]).astype(np.uint8)
    assert_close(student.false_positive_rate(np.zeros(400, dtype=np.uint8), many), 0.75)


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("Does it matter what the model says about vacant spaces?")
def test_vacant_spaces_and_the_order_do_not_matter(student, rng):
    tn, fp, fn = rng.choice(np.arange(1, 8), 3, replace=False)
    rate = student.false_positive_rate(*_lot(tn, fp, fn, 9))
    assert_close(rate, 1 - tn / (fp + tn))
    order = rng.permutation(23 + tn + fp + 2 * fn)
    more = (labels[order] for labels in _lot(tn, fp, 2 * fn, 23))
    assert_close(student.false_positive_rate(*more), rate)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint(
    "Which labels are there, and which shapes? Start with the checks of given.checks."
)
def test_wrong_shapes_no_examples_and_other_labels_are_errors(student):
    for shapes in [((3,), (1,)), ((3,), (3, 1)), ((3, 1), (3, 1))]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.false_positive_rate(np.zeros(shapes[0]), np.ones(shapes[1]))
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.false_positive_rate(np.zeros(0), np.zeros(0))
    for y_true, y_pred in [([-1, 0], [0, 1]), ([0.5, 1], [0, 1]), ([0, 1], [0.5, 1])]:
        with pytest.raises(ValueError, match=r"(?i)label"):
            student.false_positive_rate(np.array(y_true), np.array(y_pred))


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
        result = student.false_positive_rate(*args)
        assert_close(result, solution.false_positive_rate(*args))
        assert isinstance(result, float)
        unchanged(student.false_positive_rate)


def _lot(tn, fp, fn, tp):
    counts = [tn, fp, fn, tp]
    return np.repeat([0, 0, 1, 1], counts), np.repeat([0, 1, 0, 1], counts)
