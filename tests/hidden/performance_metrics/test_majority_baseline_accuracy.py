"""Hidden tests of majority_baseline_accuracy."""

import numpy as np
import pytest

from grader import Size, assert_close, unchanged

pytestmark = pytest.mark.function("majority_baseline_accuracy")


@pytest.mark.group("value")
@pytest.mark.points(0.75)
def test_agrees_with_the_reference_on_random_labels(student, solution, domain, rng):
    (y_true,) = domain.draw(rng, Size(n=40))
    if y_true.mean() < 0.5:
        y_true = 1 - y_true
    expected = solution.majority_baseline_accuracy(y_true)
    assert_close(student.majority_baseline_accuracy(y_true), expected)


@pytest.mark.group("value")
@pytest.mark.points(0.75)
@pytest.mark.hint("Which constant would you choose on a lot with 70 % vacant? And with 5 %?")
def test_lots_with_few_and_with_many_vacant_spaces(student):
    for vacant, expected in [(2, 0.95), (28, 0.7)]:
        y_true = np.repeat([0, 1], [40 - vacant, vacant])
        assert_close(student.majority_baseline_accuracy(y_true), expected)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_takes_one_example_in_a_list(student):
    result = student.majority_baseline_accuracy([1])
    assert_close(result, 1.0)
    assert isinstance(result, float)


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("Is there a worse lot for a constant than one that is half vacant?")
def test_is_at_least_one_half_whichever_label_is_the_rarer(student, rng):
    few = int(rng.integers(1, 11))
    y_true = rng.permutation([True] * 11 + [False] * few)
    assert_close(student.majority_baseline_accuracy(y_true), 11 / (11 + few))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint(
    "Which labels are there, and which shapes? Start with the checks of given.checks."
)
def test_wrong_shapes_no_examples_and_other_labels_are_errors(student):
    with pytest.raises(ValueError, match=r"(?i)shape"):
        student.majority_baseline_accuracy(np.ones((3, 1)))
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.majority_baseline_accuracy(np.zeros(0))
    for y_true in ([0.0, 0.5, 1.0], [0.0, np.nan, 1.0]):
        with pytest.raises(ValueError, match=r"(?i)label"):
            student.majority_baseline_accuracy(np.array(y_true))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_returns_a_float_leaves_its_argument_alone_and_keeps_nothing(student):
    # As floats, which a careless function would take as its own; then more than a byte can count.
    first = np.array([0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0])
    second = np.repeat(np.array([0, 1], dtype=np.uint8), [180, 300])
    second.flags.writeable = False
    for y_true, expected in ((first, 0.75), (second, 0.625)):
        result = student.majority_baseline_accuracy(y_true)
        assert_close(result, expected)
        assert isinstance(result, float)
        unchanged(student.majority_baseline_accuracy)
