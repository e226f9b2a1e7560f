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
    args = domain.draw(rng, Size(n=40))
    assert_close(student.false_positive_rate(*args), solution.false_positive_rate(*args))


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Which error is a false positive: occupied called vacant, or the reverse?")
def test_every_second_occupied_space_is_a_false_alarm(student):
    assert_close(student.false_positive_rate(*_lot(tn=41, fp=41, fn=9, tp=5)), 0.5)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Test a lot that is all vacant, with another zero_division.")
def test_an_empty_car_park_gives_zero_division_without_a_warning(student):
    vacant, y_pred = np.ones(4, dtype=int), np.array([0, 1, 0, 1])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert_close(student.false_positive_rate(vacant, y_pred, -1.5), -1.5)
    assert_close(student.false_positive_rate(vacant, y_pred), 0.0)
    assert_close(student.false_positive_rate(vacant, vacant, zero_division=np.nan), np.nan)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("What is 0 / 1? Only 0 / 0 has no answer.")
def test_takes_one_example_in_a_list(student):
    none = student.false_positive_rate([False], np.array([0.0]), zero_division=np.nan)
    assert_close(none, 0.0)
    assert isinstance(none, float)


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("Does it matter what the model says about vacant spaces?")
def test_vacant_spaces_and_the_order_do_not_matter(student, rng):
    tn, fp, fn, tp = 1 + rng.permutation(24)[:4]
    order = rng.permutation(tn + fp + fn + tp)
    flags = (labels[order] == 1 for labels in _lot(tn, fp, fn, tp))
    assert_close(student.false_positive_rate(*flags), 1 - tn / (fp + tn))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint(
    "Which labels are there, and which shapes? Start with the checks of given.checks."
)
def test_wrong_shapes_no_examples_and_other_labels_are_errors(student):
    for shapes in [((3,), (1,)), ((3, 1), (3, 1))]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.false_positive_rate(np.ones(shapes[0]), np.ones(shapes[1]))
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.false_positive_rate(np.zeros(0), np.zeros(0))
    for y_true, y_pred in [([0.5, 1], [0, 1]), ([0, 1], [-1, 1])]:
        with pytest.raises(ValueError, match=r"(?i)label"):
            student.false_positive_rate(np.array(y_true), np.array(y_pred))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_returns_a_float_leaves_its_arguments_alone_and_keeps_nothing(student):
    # As floats, which a careless function would take as its own; then more than a byte can count.
    first = (*(labels * 1.0 for labels in _lot(tn=6, fp=1, fn=4, tp=3)),)
    many = np.repeat(np.array([1, 0], dtype=np.uint8), [300, 100])
    many.flags.writeable = False
    second = np.zeros_like(many), many
    for args, expected in ((first, 1 / 7), (second, 3 / 4)):
        result = student.false_positive_rate(*args)
        assert_close(result, expected)
        assert isinstance(result, float)
        unchanged(student.false_positive_rate)


def _lot(tn, fp, fn, tp):
    counts = [tn, fp, fn, tp]
    return np.repeat([0, 0, 1, 1], counts), np.repeat([0, 1, 0, 1], counts)
