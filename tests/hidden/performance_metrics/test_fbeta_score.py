"""Hidden tests of fbeta_score."""

import warnings

import numpy as np
import pytest

from grader import Size, assert_close, unchanged

pytestmark = pytest.mark.function("fbeta_score")


@pytest.mark.group("value")
@pytest.mark.points(1.5)
@pytest.mark.hint("Which of precision and recall should a large beta favour? Test beta = 2.")
def test_agrees_with_the_reference_on_random_labels(student, solution, domain, rng):
    y_true, y_pred, _ = domain.draw(rng, Size(n=41))
    while not np.any(y_true & y_pred):
        y_true, y_pred, _ = domain.draw(rng, Size(n=41))
    expected = solution.fbeta_score(y_true, y_pred, 1.5)
    assert_close(student.fbeta_score(y_true, y_pred, 1.5), expected)


@pytest.mark.group("value")
@pytest.mark.points(1.5)
@pytest.mark.hint("A harmonic mean: finds 1 of 100, all right. Half marks?")
def test_f1_of_a_model_that_finds_one_space_of_a_hundred(student):
    assert_close(student.fbeta_score(*_lot(tn=0, fp=0, fn=99, tp=1)), 2 / 101)


@pytest.mark.group("value")
@pytest.mark.points(1.5)
@pytest.mark.hint(
    "beta^2 stands in front of one of the two errors: which one, and with the square?"
)
def test_beta_weighs_the_two_errors(student):
    few = _lot(tn=83, fp=14, fn=9, tp=5)
    assert_close(student.fbeta_score(*few, beta=0.5), 6.25 / (6.25 + 2.25 + 14))


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("No space vacant, none called vacant: which value was asked for then?")
def test_nothing_vacant_and_nothing_called_vacant_gives_zero_division(student):
    none = np.zeros(4, dtype=int)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert_close(student.fbeta_score(none, none, 2.0, -1.5), -1.5)
    assert_close(student.fbeta_score(none, none), 0.0)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Precision and recall both 0: how good is the model?")
def test_no_vacant_space_found_gives_0_without_a_warning(student):
    y_true, none = np.array([0, 1, 0, 1, 1]), np.zeros(5, dtype=int)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = student.fbeta_score(y_true, 1 - y_true, zero_division=1.0)
    assert_close(result, 0.0)
    assert isinstance(result, float)
    assert_close(student.fbeta_score(y_true, none, zero_division=1.0), 0.0)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_takes_one_example_in_a_list(student):
    none = student.fbeta_score([False], np.array([1.0]), 2.0, zero_division=np.nan)
    assert_close(none, 0.0)


@pytest.mark.group("property")
@pytest.mark.points(0.25)
@pytest.mark.hint("Do true negatives appear in the formula?")
def test_lies_between_precision_and_recall_and_ignores_true_negatives(student, rng):
    tn, fp, fn, tp = 1 + rng.permutation(24)[:4]
    precision, recall = tp / (tp + fp), tp / (tp + fn)
    order = rng.permutation(tn + fp + fn + tp)
    f1 = student.fbeta_score(*(labels[order] == 1 for labels in _lot(tn, fp, fn, tp)))
    assert min(precision, recall) < f1 < (precision + recall) / 2
    assert_close(f1, 2 * precision * recall / (precision + recall))


@pytest.mark.group("property")
@pytest.mark.points(0.25)
def test_tends_to_precision_for_small_and_to_recall_for_large_beta(student):
    lot = _lot(tn=3, fp=6, fn=1, tp=4)
    for beta, limit in ((1e-6, 0.4), (1e6, 0.8)):
        assert_close(student.fbeta_score(*lot, beta), limit, rtol=1e-9, atol=0.0)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Which labels are there, which shapes, and which beta makes sense?")
def test_wrong_shapes_no_examples_other_labels_and_beta_0_are_errors(student):
    for shapes in [((3,), (1,)), ((3, 1), (3, 1))]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.fbeta_score(np.ones(shapes[0]), np.ones(shapes[1]))
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.fbeta_score(np.zeros(0), np.zeros(0))
    for y_true, y_pred in [([0.5, 1], [0, 1]), ([0, 1], [-1, 1])]:
        with pytest.raises(ValueError, match=r"(?i)label"):
            student.fbeta_score(np.array(y_true), np.array(y_pred))
    for beta in (0.0, -0.5):
        with pytest.raises(ValueError, match=r"(?i)\bbeta\b"):
            student.fbeta_score(np.array([0, 1, 1]), np.array([1, 1, 0]), beta)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_returns_a_float_leaves_its_arguments_alone_and_keeps_nothing(student):
    # As floats, which a careless function would take as its own; then more than a byte can count.
    first = *(labels * 1.0 for labels in _lot(tn=6, fp=1, fn=4, tp=3)), 2
    many = np.repeat(np.array([1, 0], dtype=np.uint8), [300, 100])
    many.flags.writeable = False
    second = np.ones_like(many), many
    for args, expected in ((first, 15 / 32), (second, 6 / 7)):
        result = student.fbeta_score(*args)
        assert_close(result, expected)
        assert isinstance(result, float)
        unchanged(student.fbeta_score)


def _lot(tn, fp, fn, tp):
    counts = [tn, fp, fn, tp]
    return np.repeat([0, 0, 1, 1], counts), np.repeat([0, 1, 0, 1], counts)
