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
    y_true, y_pred, *_ = domain.draw(rng, Size(n=41))
    while not y_true.any():
        y_true, y_pred, *_ = domain.draw(rng, Size(n=41))
    expected = solution.recall_score(y_true, y_pred)
    assert_close(student.recall_score(y_true, y_pred), expected)


@pytest.mark.group("value")
@pytest.mark.points(2.5)
@pytest.mark.hint("How many truly vacant spaces are there?")
def test_a_lot_with_few_vacant_spaces(student):
    assert_close(student.recall_score(*_lot(tn=83, fp=4, fn=5, tp=5)), 0.5)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Test a lot without vacant spaces, with another zero_division.")
def test_a_full_lot_gives_zero_division_without_a_warning(student):
    full, y_pred = np.zeros(4, dtype=int), np.array([0, 1, 0, 1])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert_close(student.recall_score(full, y_pred, -1.5), -1.5)
    assert_close(student.recall_score(full, y_pred), 0.0)
    assert_close(student.recall_score(full, full, zero_division=np.nan), np.nan)


@pytest.mark.group("edge")
@pytest.mark.points(1)
@pytest.mark.hint("What is 0 / 1? Only 0 / 0 has no answer.")
def test_takes_one_example_in_a_list(student):
    none = student.recall_score([True], np.array([0.0]), zero_division=np.nan)
    assert_close(none, 0.0)
    assert isinstance(none, float)


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("Does it matter what the model says about occupied spaces?")
def test_occupied_spaces_and_the_order_do_not_matter(student, rng):
    tn, fp, fn, tp = 1 + rng.permutation(24)[:4]
    order = rng.permutation(tn + fp + fn + tp)
    flags = (labels[order] == 1 for labels in _lot(tn, fp, fn, tp))
    assert_close(student.recall_score(*flags), 1 - fn / (tp + fn))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint(
    "Which labels are there, and which shapes? Start with the checks of given.checks."
)
def test_wrong_shapes_no_examples_and_other_labels_are_errors(student):
    for shapes in [((3,), (1,)), ((3, 1), (3, 1))]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.recall_score(np.ones(shapes[0]), np.ones(shapes[1]))
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.recall_score(np.zeros(0), np.zeros(0))
    for y_true, y_pred in [([0.5, 1], [0, 1]), ([0, 1], [-1, 1])]:
        with pytest.raises(ValueError, match=r"(?i)label"):
            student.recall_score(np.array(y_true), np.array(y_pred))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_returns_a_float_leaves_its_arguments_alone_and_keeps_nothing(student):
    # As floats, which a careless function would take as its own; then more than a byte can count.
    first = (*(labels * 1.0 for labels in _lot(tn=6, fp=1, fn=4, tp=3)),)
    many = np.repeat(np.array([1, 0], dtype=np.uint8), [300, 100])
    many.flags.writeable = False
    second = np.ones_like(many), many
    for args, expected in ((first, 3 / 7), (second, 3 / 4)):
        result = student.recall_score(*args)
        assert_close(result, expected)
        assert isinstance(result, float)
        unchanged(student.recall_score)


def _lot(tn, fp, fn, tp):
    counts = [tn, fp, fn, tp]
    return np.repeat([0, 0, 1, 1], counts), np.repeat([0, 1, 0, 1], counts)
