"""Hidden tests of binary_cross_entropy_with_logits."""

import numpy as np
import pytest

from grader import assert_close, unchanged

pytestmark = pytest.mark.function("binary_cross_entropy_with_logits")

LOUD = {"over": "raise", "invalid": "raise", "divide": "raise"}


@pytest.mark.group("value")
@pytest.mark.points(2)
def test_agrees_with_the_reference_on_random_logits(student, solution, rng):
    y_true, z = (np.arange(20) % 3 == 1).astype(int), rng.uniform(-4, 4, 20)
    expected = solution.binary_cross_entropy_with_logits(y_true, z)
    assert_close(student.binary_cross_entropy_with_logits(y_true, z), expected)


@pytest.mark.group("value")
@pytest.mark.points(2)
@pytest.mark.hint("Is your input already a probability? It is a logit: ln 3 stands for 3/4.")
def test_averages_over_vacant_and_occupied_spaces(student):
    y_true, z = np.array([1, 1, 0, 0, 1]), np.log([3.0, 1 / 3, 1.0, 1 / 3, 7.0])
    # 3/4, 1/4, 1/2, 3/4 and 7/8 are the probabilities of what is true.
    expected = np.log(4 / 3 * 4 * 2 * 4 / 3 * 8 / 7) / 5
    assert_close(student.binary_cross_entropy_with_logits(y_true, z), expected)


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Put y = 0 and then y = 1 into your formula: is each what it should be?")
def test_one_example(student):
    f = student.binary_cross_entropy_with_logits
    assert_close(f(np.array([1]), np.array([2.0])), 0.12692801104297249)
    assert_close(f(np.array([0]), np.array([2.0])), 2.1269280110429727)


@pytest.mark.group("edge")
@pytest.mark.points(0.75)
@pytest.mark.hint("For large m, ln(1 + e^m) is nearly...?")
def test_large_logits_give_no_warning(student):
    loud = student.under(errstate=LOUD)
    right = loud.binary_cross_entropy_with_logits(np.array([1, 0]), np.array([1000.0, -1000.0]))
    assert_close(right, 0.0)
    y_true, z = np.array([0, 1, 0, 1, 1]), np.array([1000.0, -1000.0, 720.0, 900.0, 0.0])
    got = loud.binary_cross_entropy_with_logits(y_true, z)
    assert_close(got, (2720 + np.log(2)) / 5)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Simplify the logarithm of the sigmoid on paper before coding.")
def test_wrong_logits_cost_what_they_are_off(student):
    # At 21, e^-21 still counts: it is 7.6e-10.
    z = np.array([21.0, -36.0, 37.5, -40.0])
    got = student.binary_cross_entropy_with_logits(np.array([0, 1, 0, 1]), z)
    assert_close(got, 33.62500000018957)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Try labels of type uint8 and bool, and integer logits.")
def test_takes_arrays_of_any_number_type(student, solution):
    f = student.binary_cross_entropy_with_logits
    y_true, z = np.array([[0, 1, 1], [0, 3, 1]], dtype=np.uint8)
    expected = solution.binary_cross_entropy_with_logits(y_true.astype(float), z.astype(float))
    assert_close(f(y_true, z), expected)
    y_true, z = np.array([True, False]), np.array([1, 2], dtype=np.float32) / np.float32(3)
    expected = solution.binary_cross_entropy_with_logits(y_true.astype(float), z.astype(float))
    assert_close(f(y_true, z), expected)


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
def test_nan_and_infinite_logits_in_lists_show_in_the_result(student):
    f = student.binary_cross_entropy_with_logits
    for z, cost in [
        ([0.5, 0.75, np.nan], np.nan),
        ([-np.inf, 0.0, 1.0], np.inf),
    ]:
        assert_close(f([1, False, True], z), cost)


@pytest.mark.group("property")
@pytest.mark.points(0.5)
def test_equals_the_cross_entropy_of_the_sigmoid(student, solution, rng):
    y_true, z = np.arange(9) % 3 // 2, rng.uniform(-6, 6, 9)
    loss = student.binary_cross_entropy_with_logits(y_true, z)
    assert_close(loss, solution.binary_cross_entropy(y_true, solution.sigmoid(z)), "T1")
    twice = student.binary_cross_entropy_with_logits(np.tile(1 - y_true, 2), np.tile(-z, 2))
    assert_close(twice, loss)


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint(
    "How fast can the loss change when one logit changes, and how far when a label does?"
)
def test_is_convex_and_no_logit_moves_it_by_more_than_1_over_n(student, rng):
    f = student.binary_cross_entropy_with_logits
    y_true, z = np.array([1, 0, 0, 1, 0]), rng.uniform(-6, 6, 5)
    # The second label is 0: the larger its logit, the larger the loss.
    step = np.array([0.0, 1.0, 0.0, 0.0, 0.0])
    loss, middle, moved = (f(y_true, z + share * step) for share in (0, 0.5, 1))
    assert loss < moved < loss + 1 / 5
    assert middle < (loss + moved) / 2
    # ln(1 + e^m) - ln(1 + e^-m) is m.
    assert_close(f(1 - y_true, z) - loss, np.mean((2 * y_true - 1) * z), "T1")


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_labels_other_than_0_and_1_are_an_error(student):
    for y_true in ([-1, 1, 1], [0.5, 1.0, 0.0]):
        with pytest.raises(ValueError, match=r"(?i)label"):
            student.binary_cross_entropy_with_logits(np.array(y_true), np.array([0.5, 2.0, -1.0]))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Print the shape of the product of your two arrays.")
def test_different_shapes_and_no_examples_are_errors(student):
    f = student.binary_cross_entropy_with_logits
    for shapes in [((3,), (3, 1)), ((3,), (1,))]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            f(np.ones(shapes[0]), np.full(shapes[1], 0.5))
    with pytest.raises(ValueError, match=r"(?i)empty"):
        f(np.zeros(0), np.zeros(0))


@pytest.mark.group("contract")
@pytest.mark.points(0.5)
@pytest.mark.hint("Return a float, and build new arrays: are the caller's still what they were?")
def test_returns_a_float_leaves_its_arguments_alone_and_keeps_nothing(student):
    y_true, z = np.array([1.0, 0.0]), np.log([3.0, 1.0])
    result = student.binary_cross_entropy_with_logits(y_true, z)
    unchanged(student.binary_cross_entropy_with_logits)
    assert_close(result, np.log(8 / 3) / 2)
    assert isinstance(result, float)
    z = np.log([1 / 3, 3.0])
    y_true.flags.writeable = z.flags.writeable = False
    assert_close(student.binary_cross_entropy_with_logits(y_true, z), np.log(16) / 2)
