"""Hidden tests of business_cost."""

import numpy as np
import pytest

from grader import Size, assert_close, unchanged

pytestmark = pytest.mark.function("business_cost")


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("A driver sent to an occupied space: which error is it?")
def test_agrees_with_the_reference_on_random_labels(student, solution, domain, rng):
    for n in (11, 101):
        args = domain.draw(rng, Size(n=n))
        assert_close(student.business_cost(*args), solution.business_cost(*args))


@pytest.mark.group("value")
@pytest.mark.points(0.5)
@pytest.mark.hint("How many spaces cause each cost? The result is the cost per space.")
def test_lots_with_few_and_with_many_vacant_spaces(student):
    few, many = _lot(tn=83, fp=4, fn=8, tp=5), _lot(tn=3, fp=12, fn=2, tp=33)
    assert_close(student.business_cost(*few, 2.0, 6.0), 0.56)
    assert_close(student.business_cost(*many, cost_fn=6.0, cost_fp=2.0), 0.72)


@pytest.mark.group("value")
@pytest.mark.points(0.5)
@pytest.mark.hint("What does a perfect model cost?")
def test_right_decisions_cost_and_earn_nothing(student):
    y_true = np.array([0, 1, 0, 0, 1])
    assert_close(student.business_cost(y_true, y_true, 2.0, 7.0), 0.0)
    assert_close(student.business_cost(y_true, np.ones(5, dtype=int), 2.0, 7.0), 1.2)
    assert_close(student.business_cost(y_true, np.zeros(5, dtype=int), 2.0, 7.0), 2.8)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_takes_lists_and_arrays_of_any_number_type(student):
    true, pred = np.array([1, 1, 0, 1, 1, 0, 0, 0]), np.array([0, 1, 0, 0, 1, 0, 1, 0])
    assert_close(student.business_cost(true.astype(bool), pred.astype(bool), 2, 5), 1.5)
    assert_close(student.business_cost(true.tolist(), pred.astype(np.float32), 2, 5), 1.5)
    many = np.repeat([1, 0], [300, 100]).astype(np.uint8)
    assert_close(student.business_cost(many, np.zeros(400, dtype=np.uint8), 1, 4), 3.0)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_one_example_and_costs_of_0(student):
    assert_close(student.business_cost(np.array([1]), np.array([0]), 2.5, 0.75), 0.75)
    lot = _lot(tn=1, fp=2, fn=4, tp=1)
    assert_close(student.business_cost(*lot, 0.0, 4.0), 2.0)
    assert_close(student.business_cost(*lot, 4.0, 0.0), 1.0)


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("Cost per space: what happens on a lot twice as large?")
def test_is_linear_in_the_costs_and_the_same_for_a_doubled_lot(student, rng):
    y_true, y_pred = rng.integers(0, 2, (2, 23))
    y_true[:3], y_pred[:3] = [0, 0, 1], [1, 1, 0]
    errors = np.count_nonzero(y_true != y_pred)
    assert_close(student.business_cost(y_true, y_pred, 1.0, 1.0), errors / 23)
    cost = student.business_cost(y_true, y_pred, 2.0, 0.5)
    assert_close(student.business_cost(y_true, y_pred, 6.0, 1.5), 3 * cost)
    twice = np.tile(1 - y_true, 2), np.tile(1 - y_pred, 2)
    assert_close(student.business_cost(*twice, 0.5, 2.0), cost)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Which labels are there, which shapes, and which costs make sense?")
def test_wrong_shapes_no_examples_other_labels_and_negative_costs_are_errors(student):
    for shapes in [((3,), (1,)), ((3,), (3, 1)), ((3, 1), (3, 1))]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.business_cost(np.ones(shapes[0]), np.zeros(shapes[1]), 1.0, 5.0)
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.business_cost(np.zeros(0), np.zeros(0), 1.0, 5.0)
    for y_true, y_pred in [([0, np.nan], [0, 1]), ([0.5, 1], [0, 1]), ([0, 1], [0.5, 1])]:
        with pytest.raises(ValueError, match=r"(?i)label"):
            student.business_cost(np.array(y_true), np.array(y_pred), 1.0, 5.0)
    with pytest.raises(ValueError, match=r"(?i)\bcost_fp\b"):
        student.business_cost(np.array([0, 1]), np.array([1, 0]), -1.0, 5.0)
    with pytest.raises(ValueError, match=r"(?i)\bcost_fn\b"):
        student.business_cost(np.array([0, 1]), np.array([1, 0]), 1.0, -0.5)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_returns_a_float_leaves_its_arguments_alone_and_keeps_nothing(student, solution, rng):
    order = rng.permutation(14)
    # As floats, which a careless function would take as its own.
    first = *(labels[order] * 1.0 for labels in _lot(tn=6, fp=1, fn=4, tp=3)), 3, 2
    second = *(labels[order] for labels in _lot(tn=2, fp=5, fn=1, tp=6)), 1.5, 0.5
    for labels in second[:2]:
        labels.flags.writeable = False
    for args in (first, second, first):
        result = student.business_cost(*args)
        assert_close(result, solution.business_cost(*args))
        assert isinstance(result, float)
        unchanged(student.business_cost)


def _lot(tn, fp, fn, tp):
    counts = [tn, fp, fn, tp]
    return np.repeat([0, 0, 1, 1], counts), np.repeat([0, 1, 0, 1], counts)
