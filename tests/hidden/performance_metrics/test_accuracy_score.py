"""Hidden tests of accuracy_score."""

import numpy as np
import pytest

from grader import Size, assert_close, unchanged

pytestmark = pytest.mark.function("accuracy_score")


@pytest.mark.group("value")
@pytest.mark.points(1)
def test_agrees_with_the_reference_on_random_labels(student, solution, domain, rng):
    args = domain.draw(rng, Size(n=41))
    assert_close(student.accuracy_score(*args), solution.accuracy_score(*args))


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Occupied spaces recognised as occupied are right, too. Every space counts once.")
def test_a_lot_with_few_vacant_spaces(student):
    assert_close(student.accuracy_score(*_lot(tn=83, fp=4, fn=9, tp=5)), 88 / 101)


@pytest.mark.group("edge")
@pytest.mark.points(1)
def test_takes_one_example_in_a_list(student):
    wrong = student.accuracy_score([True], [0])
    assert_close(wrong, 0.0)
    assert isinstance(wrong, float)


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("Which of the four counts are in the numerator?")
def test_is_the_complement_of_the_share_of_errors(student, rng):
    y_true, y_pred = rng.integers(0, 2, (2, 23)) == 1
    errors = np.count_nonzero(y_true != y_pred)
    assert_close(student.accuracy_score(y_true, y_pred), 1 - errors / 23)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint(
    "Which labels are there, and which shapes? Start with the checks of given.checks."
)
def test_wrong_shapes_no_examples_and_other_labels_are_errors(student):
    for shapes in [((3,), (1,)), ((3, 1), (3, 1))]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.accuracy_score(np.ones(shapes[0]), np.ones(shapes[1]))
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.accuracy_score(np.zeros(0), np.zeros(0))
    for y_true, y_pred in [([0.5, 1], [0, 1]), ([0, 1], [-1, 1])]:
        with pytest.raises(ValueError, match=r"(?i)label"):
            student.accuracy_score(np.array(y_true), np.array(y_pred))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_returns_a_float_leaves_its_arguments_alone_and_keeps_nothing(student):
    # As floats, which a careless function would take as its own; then more than a byte can count.
    first = (*(labels * 1.0 for labels in _lot(tn=6, fp=1, fn=4, tp=3)),)
    many = np.repeat(np.array([1, 0], dtype=np.uint8), [300, 100])
    many.flags.writeable = False
    second = many, np.ones_like(many)
    for args, expected in ((first, 9 / 14), (second, 3 / 4)):
        result = student.accuracy_score(*args)
        assert_close(result, expected)
        assert isinstance(result, float)
        unchanged(student.accuracy_score)


def _lot(tn, fp, fn, tp):
    counts = [tn, fp, fn, tp]
    return np.repeat([0, 0, 1, 1], counts), np.repeat([0, 1, 0, 1], counts)
