"""Hidden tests of majority_baseline_accuracy."""

import numpy as np
import pytest

from grader import Size, assert_close, unchanged

pytestmark = pytest.mark.function("majority_baseline_accuracy")


@pytest.mark.group("value")
@pytest.mark.points(0.75)
def test_agrees_with_the_reference_on_random_labels(student, solution, domain, rng):
    for n, label in [(7, 0), (101, 1)]:
        (y_true,) = domain.draw(rng, Size(n=n))
        # Mostly occupied, then mostly vacant.
        y_true = np.where(np.mean(y_true) < 0.5, y_true, 1 - y_true) ^ label
        expected = solution.majority_baseline_accuracy(y_true)
        assert_close(student.majority_baseline_accuracy(y_true), expected)


@pytest.mark.group("value")
@pytest.mark.points(0.75)
@pytest.mark.hint("Which constant would you choose on a lot with 70 % vacant? And with 5 %?")
def test_lots_with_few_many_and_half_vacant_spaces(student):
    for vacant, expected in [(2, 0.95), (20, 0.5), (28, 0.7)]:
        y_true = np.repeat([0, 1], [40 - vacant, vacant])
        assert_close(student.majority_baseline_accuracy(y_true), expected)


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
def test_takes_lists_and_arrays_of_any_number_type(student):
    y_true = np.array([1, 0, 1, 1, 1])
    assert_close(student.majority_baseline_accuracy(y_true.astype(bool)), 0.8)
    assert_close(student.majority_baseline_accuracy([False, 0, 1, 0.0]), 0.75)
    many = np.repeat([0, 1], [300, 100]).astype(np.uint8)
    assert_close(student.majority_baseline_accuracy(many), 0.75)


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
def test_one_example_and_one_kind_of_label(student):
    for y_true in ([1], [0] * 6):
        assert_close(student.majority_baseline_accuracy(np.array(y_true)), 1.0)


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("Is there a worse lot for a constant than one that is half vacant?")
def test_is_at_least_one_half_and_the_same_for_the_opposite_labels(student, rng):
    y_true = rng.permutation([1] * int(rng.integers(1, 11)) + [0] * 11)
    accuracy = student.majority_baseline_accuracy(y_true)
    assert 0.5 < accuracy <= 1
    assert_close(student.majority_baseline_accuracy(np.tile(1 - y_true, 3)), accuracy)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint(
    "Which labels are there, and which shapes? Start with the checks of given.checks."
)
def test_wrong_shapes_no_examples_and_other_labels_are_errors(student):
    for shape in ((3, 1), (2, 3)):
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.majority_baseline_accuracy(np.ones(shape))
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.majority_baseline_accuracy(np.zeros(0))
    for y_true in ([0, 2, 0], [0, -1, 1], [0.0, 0.5, 1.0], [0.0, np.nan, 1.0]):
        with pytest.raises(ValueError, match=r"(?i)label"):
            student.majority_baseline_accuracy(np.array(y_true))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_returns_a_float_leaves_its_argument_alone_and_keeps_nothing(student, solution, rng):
    # As floats, which a careless function would take as its own.
    first = rng.permutation([0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0])
    second = rng.permutation([0, 0, 0, 1, 1, 1, 1])
    second.flags.writeable = False
    for y_true in (first, second, first):
        result = student.majority_baseline_accuracy(y_true)
        assert_close(result, solution.majority_baseline_accuracy(y_true))
        assert isinstance(result, float)
        unchanged(student.majority_baseline_accuracy)
