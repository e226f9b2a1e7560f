"""Hidden tests of business_cost."""

import numpy as np
import pytest

from grader import Size, assert_close, unchanged

pytestmark = pytest.mark.function("business_cost")


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("A driver sent to an occupied space: which error is it?")
def test_agrees_with_the_reference_on_random_labels(student, solution, domain, rng):
    args = domain.draw(rng, Size(n=40))
    assert_close(student.business_cost(*args), solution.business_cost(*args))


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("How many spaces cause each cost? The result is the cost per space.")
def test_a_lot_with_few_vacant_spaces(student):
    few = _lot(tn=83, fp=4, fn=8, tp=5)
    assert_close(student.business_cost(*few, cost_fn=0.6, cost_fp=0.2), 0.056)


@pytest.mark.group("edge")
@pytest.mark.points(1)
@pytest.mark.hint("What does a perfect model cost, and what an error that is free?")
def test_takes_lists_one_example_and_costs_of_0(student):
    perfect = student.business_cost([True, 0], [1, 0.0], 2, 7)
    assert_close(perfect, 0.0)
    assert isinstance(perfect, float)
    assert_close(student.business_cost([1], [0], 0.0, 0.75), 0.75)
    lot = _lot(tn=1, fp=2, fn=4, tp=1)
    assert_close(student.business_cost(*lot, 4.0, 0.0), 1.0)


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("Cost per space: what happens on a lot twice as large?")
def test_is_linear_in_the_costs_and_the_same_for_a_doubled_lot(student, rng):
    tn, fp, fn, tp = 1 + rng.permutation(9)[:4]
    order = np.tile(rng.permutation(tn + fp + fn + tp), 2)
    twice = (labels[order] == 1 for labels in _lot(tn, fp, fn, tp))
    expected = 3 * (fp + 2 * fn) / (tn + fp + fn + tp)
    assert_close(student.business_cost(*twice, 3.0, 6.0), expected)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Which labels are there, which shapes, and which costs make sense?")
def test_wrong_shapes_no_examples_other_labels_and_negative_costs_are_errors(student):
    for shapes in [((3,), (1,)), ((3, 1), (3, 1))]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.business_cost(np.ones(shapes[0]), np.ones(shapes[1]), 1.0, 5.0)
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.business_cost(np.zeros(0), np.zeros(0), 1.0, 5.0)
    for y_true, y_pred in [([0.5, 1], [0, 1]), ([0, 1], [-1, 1])]:
        with pytest.raises(ValueError, match=r"(?i)label"):
            student.business_cost(np.array(y_true), np.array(y_pred), 1.0, 5.0)
    with pytest.raises(ValueError, match=r"(?i)\bcost_fp\b"):
        student.business_cost(np.array([0, 1]), np.array([1, 0]), -1.0, 5.0)
    with pytest.raises(ValueError, match=r"(?i)\bcost_fn\b"):
        student.business_cost(np.array([0, 1]), np.array([1, 0]), 1.0, -0.5)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_returns_a_float_leaves_its_arguments_alone_and_keeps_nothing(student):
    # As floats, which a careless function would take as its own; then more than a byte can count.
    first = *(labels * 1.0 for labels in _lot(tn=6, fp=1, fn=4, tp=3)), 3, 2
    many = np.repeat(np.array([1, 0], dtype=np.uint8), [300, 100])
    many.flags.writeable = False
    second = many, np.zeros_like(many), 1, 4
    for args, expected in ((first, 11 / 14), (second, 3.0)):
        result = student.business_cost(*args)
        assert_close(result, expected)
        assert isinstance(result, float)
        unchanged(student.business_cost)


def _lot(tn, fp, fn, tp):
    counts = [tn, fp, fn, tp]
    return np.repeat([0, 0, 1, 1], counts), np.repeat([0, 1, 0, 1], counts)
