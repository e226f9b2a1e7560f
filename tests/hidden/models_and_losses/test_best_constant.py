"""Hidden tests of best_constant."""

import numpy as np
import pytest

from grader import assert_close, unchanged

pytestmark = pytest.mark.function("best_constant")

LOSSES = ("squared", "absolute", "cross_entropy", "zero_one")


@pytest.mark.group("value")
@pytest.mark.points(3)
@pytest.mark.hint("Draw the sum of |y - c| over c: where is it smallest? And that of (y - c)^2?")
def test_each_loss_has_its_own_on_random_values(student, rng):
    skewed = rng.permutation(np.append(rng.normal(size=6), rng.uniform(8, 20)))
    # The largest value is the most frequent one: neither mean nor median find it.
    classes = rng.permutation([0.0, 1.0, 2.0, 3.0, 4.0, 4.0, 4.0])
    labels = rng.permutation([0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0])
    best = (skewed.mean(), np.sort(skewed)[3], 2 / 7, 4.0)
    for loss, y, expected in zip(LOSSES, (skewed, skewed, labels, classes), best, strict=True):
        assert_close(student.best_constant(y, loss), expected)


@pytest.mark.group("value")
@pytest.mark.points(1.5)
@pytest.mark.hint("Which of the four losses asks for a probability, and which for a label?")
def test_a_lot_with_few_vacant_spaces(student):
    y = np.zeros(40)
    y[[3, 20, 31]] = 1.0
    assert_close(student.best_constant(y, "cross_entropy"), 0.075)
    assert_close(student.best_constant(1 - y, "zero_one"), 1.0)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_ties_and_an_even_number_of_values(student):
    assert_close(student.best_constant(np.array([3.0, 1.0, 3.0, 2.0, 1.0]), "zero_one"), 1.0)
    assert_close(student.best_constant(np.array([1.0, 0.0, 0.0, 1.0]), "zero_one"), 0.0)
    assert_close(student.best_constant(np.array([7.0, 1.0, 2.0, 30.0]), "absolute"), 4.5)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_negative_values_fractions_one_value_and_one_label(student):
    assert_close(student.best_constant(np.zeros(3), "cross_entropy"), 0.0)
    y = np.array([-1.5, 0.25, -2.0, 0.25, 8.0, -1.5, -1.5])
    assert_close(student.best_constant(y, "zero_one"), -1.5)
    assert_close(student.best_constant(np.array([-2.5]), "absolute"), -2.5)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Try your function with arrays of type uint8 and bool, and with lists.")
def test_takes_lists_and_arrays_of_any_number_type(student):
    y = np.array([200, 100, 220, 100], dtype=np.uint8)
    assert_close(student.best_constant(y, "absolute"), 150.0)
    third = np.array([1, 2, 7, 8], dtype=np.float32) / np.float32(3)
    assert_close(student.best_constant(third, "squared"), third.astype(float).mean())
    assert_close(student.best_constant([True, False, True, True], "cross_entropy"), 0.75)


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("How far may one outlier pull a mean, and how far a median?")
def test_one_outlier_pulls_the_mean_but_not_the_median(student, rng):
    y = rng.normal(size=99)
    far = y.copy()
    far[np.argmax(y)] = 1000.0
    moved = student.best_constant(far, "squared")
    assert_close(moved, y.mean() + (1000.0 - y.max()) / 99, "T1")
    assert_close(student.best_constant(far, "absolute"), np.sort(y)[49])


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_unknown_losses_wrong_labels_and_no_examples_are_errors(student):
    with pytest.raises(ValueError, match=r"(?i)hinge"):
        student.best_constant(np.array([0.0, 1.0, 1.0]), "hinge")
    with pytest.raises(ValueError, match=r"(?i)label"):
        student.best_constant(np.array([0.5, 1.0, 0.0]), "cross_entropy")
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.best_constant(np.zeros(0), "squared")


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Return a float, and build new arrays: is the caller's still what it was?")
def test_returns_a_float_leaves_its_arguments_alone_and_keeps_nothing(student):
    first, second = np.array([0.0, 1.0, 0.0, 1.0, 1.0]), np.array([1.0, 0.0, 0.0, 1.0, 0.0])
    second.flags.writeable = False
    for y, loss, constant in [
        (first, "absolute", 1.0),
        (second, "absolute", 0.0),
        (first, "zero_one", 1.0),
    ]:
        result = student.best_constant(y, loss)
        unchanged(student.best_constant)
        assert_close(result, constant)
        assert isinstance(result, float)
