"""Hidden tests of binary_cross_entropy_with_logits."""

import numpy as np
import pytest

from grader import Size, assert_close, unchanged

pytestmark = pytest.mark.function("binary_cross_entropy_with_logits")

LOUD = {"over": "raise", "invalid": "raise", "divide": "raise"}
SMALL = Size(n=3, integers=True)


@pytest.mark.group("value")
@pytest.mark.points(2)
def test_agrees_with_the_reference_on_random_logits(student, solution, domain, rng):
    drawn = [domain.draw(rng, Size(n=n)) for n in (7,) * 12 + (2, 200)]
    for y_true, z in drawn:
        if np.abs(z).max() < 5:
            expected = solution.binary_cross_entropy_with_logits(y_true, z)
            assert_close(student.binary_cross_entropy_with_logits(y_true, z), expected)


@pytest.mark.group("value")
@pytest.mark.points(1)
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
    for label, logit, cost in [
        (1, 2.0, 0.12692801104297249),
        (0, 2.0, 2.1269280110429727),
        (1, -3.5, 3.529750418272621),
        (0, -3.5, 0.029750418272620566),
    ]:
        assert_close(
            student.binary_cross_entropy_with_logits(np.array([label]), np.array([logit])), cost
        )


@pytest.mark.group("value")
@pytest.mark.points(1)
def test_a_logit_of_0_costs_ln_2_whatever_is_true_and_of_ln_3_less_or_more(student):
    for y_true in ([1, 0, 0, 1, 0], [1, 1, 1], [0, 0]):
        got = student.binary_cross_entropy_with_logits(np.array(y_true), np.zeros(len(y_true)))
        assert_close(got, 0.6931471805599453)
    z = np.log([3.0, 3.0, 3.0])
    vacant = student.binary_cross_entropy_with_logits(np.array([1, 1, 1]), z)
    assert_close(vacant, np.log(4 / 3))
    occupied = student.binary_cross_entropy_with_logits(np.array([0, 0, 0]), z)
    assert_close(occupied, np.log(4))


@pytest.mark.group("edge")
@pytest.mark.points(0.75)
@pytest.mark.hint("For large m, ln(1 + e^m) is nearly...?")
def test_large_logits_give_no_warning(student):
    loud = student.under(errstate=LOUD)
    for label, logit, cost in [
        (0, 1000.0, 1000.0),
        (1, 1000.0, 0.0),
        (1, -1000.0, 1000.0),
        (0, -1000.0, 0.0),
        (0, 720.0, 720.0),
    ]:
        assert_close(
            loud.binary_cross_entropy_with_logits(np.array([label]), np.array([logit])), cost
        )
    got = loud.binary_cross_entropy_with_logits(np.array([0, 1, 1]), np.array([900.0, 900.0, 0.0]))
    assert_close(got, (900 + np.log(2)) / 3)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Simplify the logarithm of the sigmoid on paper before coding.")
def test_wrong_logits_cost_what_they_are_off(student):
    for m, cost in [(20.0, 20.000000002061153), (36.0, 36.0), (37.5, 37.5), (40.0, 40.0)]:
        got = student.binary_cross_entropy_with_logits(np.array([0, 1]), np.array([m, -m]))
        assert_close(got, cost)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Try labels of type uint8 and bool, integer logits, and lists.")
def test_takes_lists_and_arrays_of_any_number_type(student, solution):
    z = [2, -1, 3, -4]
    expected = solution.binary_cross_entropy_with_logits([1.0, 1.0, 0.0, 0.0], z)
    for kind, logits in [
        (bool, np.array(z, dtype=np.int8)),
        (np.uint8, np.array(z, dtype=np.float32)),
        (np.uint8, np.array(z, dtype=float)),
        (np.float32, np.array(z)),
        (np.int64, z),
    ]:
        y_true = np.array([1, 1, 0, 0], dtype=kind)
        assert_close(student.binary_cross_entropy_with_logits(y_true, logits), expected)
    assert_close(student.binary_cross_entropy_with_logits([1, True, 0.0, 0], z), expected)
    whole = np.array([0, 3, 1], dtype=np.uint8)
    expected = solution.binary_cross_entropy_with_logits([0.0, 1.0, 1.0], whole.astype(float))
    assert_close(student.binary_cross_entropy_with_logits([0, 1, 1], whole), expected)
    third = np.array([1, 2], dtype=np.float32) / np.float32(3)
    expected = solution.binary_cross_entropy_with_logits([1.0, 0.0], third.astype(float))
    assert_close(student.binary_cross_entropy_with_logits([1, 0], third), expected)


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
def test_nan_and_infinite_logits_show_in_the_result(student):
    f = student.binary_cross_entropy_with_logits
    for z, cost in [
        ([0.5, np.nan, 0.25], np.nan),
        ([0.5, 0.75, np.nan], np.nan),
        ([-np.inf, 0.0, 1.0], np.inf),
    ]:
        assert_close(f(np.array([1, 0, 1]), np.array(z)), cost)


@pytest.mark.group("property")
@pytest.mark.points(0.5)
def test_equals_the_cross_entropy_of_the_sigmoid(student, solution, rng):
    for _ in range(3):
        y_true, z = rng.integers(0, 2, 9), rng.uniform(-6, 6, 9)
        loss = student.binary_cross_entropy_with_logits(y_true, z)
        expected = solution.binary_cross_entropy(y_true, solution.sigmoid(z))
        assert_close(loss, expected, "T1")
        assert_close(student.binary_cross_entropy_with_logits(1 - y_true, -z), loss)
        twice = student.binary_cross_entropy_with_logits(np.tile(y_true, 2), np.tile(z, 2))
        assert_close(twice, loss)


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint(
    "How fast can the loss change when one logit changes, and how far when a label does?"
)
def test_is_convex_and_no_logit_moves_it_by_more_than_1_over_n(student, rng):
    f = student.binary_cross_entropy_with_logits
    for _ in range(3):
        y_true, z, other = rng.integers(0, 2, 5), *rng.uniform(-6, 6, (2, 5))
        middle = f(y_true, (z + other) / 2)
        assert middle < (f(y_true, z) + f(y_true, other)) / 2
        moved = z.copy()
        moved[2] += 0.5
        slope = (f(y_true, moved) - f(y_true, z)) / 0.5
        assert (-1 / 5 < slope < 0) if y_true[2] == 1 else (0 < slope < 1 / 5)
        # ln(1 + e^m) - ln(1 + e^-m) is m.
        assert_close(f(1 - y_true, z) - f(y_true, z), np.mean((2 * y_true - 1) * z), "T1")


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_labels_other_than_0_and_1_are_an_error(student):
    for y_true in ([0, 2, 1], [-1, 1, 1], [0.5, 1.0, 0.0], [0.0, np.nan, 1.0]):
        with pytest.raises(ValueError, match=r"(?i)label"):
            student.binary_cross_entropy_with_logits(np.array(y_true), np.array([0.5, 2.0, -1.0]))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Print the shape of the product of your two arrays.")
def test_different_shapes_columns_and_no_examples_are_errors(student):
    f = student.binary_cross_entropy_with_logits
    for shapes in [((3,), (4,)), ((3,), (3, 1)), ((3,), (1,)), ((3, 1), (3, 1))]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            f(np.ones(shapes[0]), np.full(shapes[1], 0.5))
    with pytest.raises(ValueError, match=r"(?i)empty"):
        f(np.zeros(0), np.zeros(0))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Return a float, and build new arrays: are the caller's still what they were?")
def test_returns_a_float_and_leaves_its_arguments_alone(student, solution, rng):
    for y_true in ([0.0, 1.0, 0.0, 0.0], [1.0]):
        args = np.array(y_true), rng.uniform(-3, 3, len(y_true))
        result = student.binary_cross_entropy_with_logits(*args)
        expected = solution.binary_cross_entropy_with_logits(*args)
        assert_close(result, expected)
        assert isinstance(result, float)
        unchanged(student.binary_cross_entropy_with_logits)
        for array in args:
            array.flags.writeable = False
        assert_close(student.binary_cross_entropy_with_logits(*args), expected)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_keeps_nothing_between_calls(student, solution, domain, rng):
    first, second = domain.draw(rng, SMALL), domain.draw(rng, SMALL)
    for args in (first, second, first, first, second):
        expected = solution.binary_cross_entropy_with_logits(*args)
        assert_close(student.binary_cross_entropy_with_logits(*args), expected)
