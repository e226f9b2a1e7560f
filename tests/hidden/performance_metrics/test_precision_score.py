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
    y_true, y_pred, *_ = domain.draw(rng, Size(n=41))
    while not y_pred.any():
        y_true, y_pred, *_ = domain.draw(rng, Size(n=41))
    expected = solution.precision_score(y_true, y_pred)
    assert_close(student.precision_score(y_true, y_pred), expected)


@pytest.mark.group("value")
@pytest.mark.points(2.5)
@pytest.mark.hint("Of the spaces we called vacant, how many were?")
def test_a_lot_with_few_vacant_spaces(student):
    assert_close(student.precision_score(*_lot(tn=83, fp=5, fn=9, tp=5)), 0.5)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Try the model that says occupied everywhere, with another zero_division.")
def test_nothing_called_vacant_gives_zero_division_without_a_warning(student):
    y_true, occupied = np.array([0, 1, 0, 1]), np.zeros(4, dtype=int)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert_close(student.precision_score(y_true, occupied, -1.5), -1.5)
    assert_close(student.precision_score(y_true, occupied), 0.0)
    assert_close(student.precision_score(occupied, occupied, zero_division=np.nan), np.nan)


@pytest.mark.group("edge")
@pytest.mark.points(1)
@pytest.mark.hint("What is 0 / 1? Only 0 / 0 has no answer.")
def test_takes_one_example_in_a_list(student):
    none = student.precision_score([False], np.array([1.0]), zero_division=np.nan)
    assert_close(none, 0.0)
    assert isinstance(none, float)


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("Do true negatives appear in 'of the spaces we called vacant'?")
def test_true_negatives_and_the_order_do_not_matter(student, rng):
    tn, fp, fn, tp = 1 + rng.permutation(24)[:4]
    order = rng.permutation(tn + fp + fn + tp)
    flags = (labels[order] == 1 for labels in _lot(tn, fp, fn, tp))
    assert_close(student.precision_score(*flags), 1 - fp / (tp + fp))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint(
    "Which labels are there, and which shapes? Start with the checks of given.checks."
)
def test_wrong_shapes_no_examples_and_other_labels_are_errors(student):
    for shapes in [((3,), (1,)), ((3, 1), (3, 1))]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.precision_score(np.ones(shapes[0]), np.ones(shapes[1]))
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.precision_score(np.zeros(0), np.zeros(0))
    for y_true, y_pred in [([0.5, 1], [0, 1]), ([0, 1], [-1, 1])]:
        with pytest.raises(ValueError, match=r"(?i)label"):
            student.precision_score(np.array(y_true), np.array(y_pred))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_returns_a_float_leaves_its_arguments_alone_and_keeps_nothing(student):
    # As floats, which a careless function would take as its own; then more than a byte can count.
    first = (*(labels * 1.0 for labels in _lot(tn=6, fp=1, fn=4, tp=3)),)
    many = np.repeat(np.array([1, 0], dtype=np.uint8), [280, 120])
    many.flags.writeable = False
    second = many, np.ones_like(many)
    for args, expected in ((first, 3 / 4), (second, 7 / 10)):
        result = student.precision_score(*args)
        assert_close(result, expected)
        assert isinstance(result, float)
        unchanged(student.precision_score)


def _lot(tn, fp, fn, tp):
    counts = [tn, fp, fn, tp]
    return np.repeat([0, 0, 1, 1], counts), np.repeat([0, 1, 0, 1], counts)
