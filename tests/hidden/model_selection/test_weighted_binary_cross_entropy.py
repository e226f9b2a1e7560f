"""Hidden tests of weighted_binary_cross_entropy."""

import numpy as np
import pytest

from grader import Size, assert_close, unchanged

pytestmark = pytest.mark.function("weighted_binary_cross_entropy")

LOUD = {"over": "raise", "invalid": "raise", "divide": "raise"}


@pytest.mark.group("value")
@pytest.mark.points(1.5)
def test_agrees_with_the_reference_on_random_logits(student, solution, domain, rng):
    f = student.weighted_binary_cross_entropy
    for size in (Size(), Size(), Size(n=40)):
        y_true, z, pos_weight = domain.draw(rng, size)
        z = np.clip(z, -5, 5)
        expected = solution.weighted_binary_cross_entropy(y_true, z, pos_weight)
        assert_close(f(y_true, z, pos_weight), expected)


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("By the formula, what do you divide by?")
def test_the_weight_counts_vacant_spaces_and_the_mean_is_over_all(student):
    f = student.weighted_binary_cross_entropy
    y_true, z = np.array([1, 1, 0, 0, 1]), np.log([3.0, 1 / 3, 1.0, 1 / 3, 7.0])
    # 3/4, 1/4, 1/2, 3/4 and 7/8 are the probabilities of what is true.
    vacant, occupied = np.log(4 / 3 * 4 * 8 / 7), np.log(2 * 4 / 3)
    assert_close(f(y_true, z, 4.0), (4 * vacant + occupied) / 5)
    assert_close(f(y_true, z, 0.25), (vacant / 4 + occupied) / 5)


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Give a data set without vacant spaces: should the weight matter?")
def test_lots_with_one_kind_of_space(student):
    f = student.weighted_binary_cross_entropy
    z = np.log([3.0, 1.0, 1 / 7])
    assert_close(f(np.zeros(3, dtype=int), z, 6.0), np.log(4 * 2 * 8 / 7) / 3)
    assert_close(f(np.ones(3, dtype=int), z, 6.0), 2 * np.log(4 / 3 * 2 * 8))


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Is doubling a logit the same as seeing the example twice?")
def test_one_example(student):
    f = student.weighted_binary_cross_entropy
    for label, logit, weight, cost in [
        (1, 0.0, 8.0, 8 * np.log(2)),
        (0, np.log(3), 2.0, np.log(4)),
    ]:
        assert_close(f(np.array([label]), np.array([logit]), weight), cost)


@pytest.mark.group("edge")
@pytest.mark.points(0.75)
@pytest.mark.hint("Simplify the logarithm of the sigmoid on paper before coding.")
def test_large_logits_give_no_warning(student):
    f = student.under(errstate=LOUD).weighted_binary_cross_entropy
    assert_close(f(np.array([1]), np.array([-1000.0]), 3.0), 3000.0)
    assert_close(f(np.array([0, 0, 1]), np.array([1000.0, 720.0, 900.0]), 3.0), 1720 / 3)
    assert_close(f(np.array([0, 1]), np.array([-1000.0, 1000.0]), 3.0), 0.0)
    # The costs of 20 and 37.5, of which the second one counts 3 times.
    assert_close(f(np.array([0, 1]), np.array([20.0, -37.5]), 3.0), 66.25000000103058)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Try labels of type uint8 and bool, integer logits and weights, and lists.")
def test_takes_lists_and_arrays_of_any_number_type(student, solution):
    f = student.weighted_binary_cross_entropy
    z = [2, -1, 3, -4]
    expected = solution.weighted_binary_cross_entropy([1.0, 1.0, 0.0, 0.0], z, 5.0)
    assert_close(f([True, True, False, False], z, 5), expected)
    whole = np.array([0, 3, 1], dtype=np.uint8)
    expected = solution.weighted_binary_cross_entropy([0.0, 1.0, 1.0], whole.astype(float), 200.0)
    assert_close(f(np.array([0, 1, 1], dtype=np.uint8), whole, 200), expected)
    third = np.array([1, 2], dtype=np.float32) / np.float32(3)
    expected = solution.weighted_binary_cross_entropy([1.0, 0.0], third.astype(float), 2.0)
    assert_close(f([1, 0], third, 2.0), expected)


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
def test_nan_and_infinite_logits_show_in_the_result(student):
    f = student.weighted_binary_cross_entropy
    for z, cost in [
        ([0.5, 0.75, np.nan], np.nan),
        ([-np.inf, 0.0, 1.0], np.inf),
    ]:
        assert_close(f(np.array([1, 0, 1]), np.array(z), 3.0), cost)


@pytest.mark.group("property")
@pytest.mark.points(0.25)
def test_is_linear_in_the_weight_and_a_weight_of_1_is_none(student, rng):
    f = student.weighted_binary_cross_entropy
    y_true, z = rng.permutation([0, 1, 0, 0, 1, 0, 0, 1, 0]), rng.uniform(-6, 6, 9)
    plain = f(y_true, z, 1.0)
    assert_close(plain, np.mean(np.logaddexp(0.0, (1 - 2 * y_true) * z)))
    slope = np.sum(np.logaddexp(0.0, -z[y_true == 1])) / 9
    weight = rng.uniform(2.0, 30.0)
    assert_close(f(y_true, z, weight), plain + (weight - 1) * slope, "T1")


@pytest.mark.group("property")
@pytest.mark.points(0.25)
@pytest.mark.hint("A weight of 3: the same as to see each vacant space three times.")
def test_a_whole_weight_repeats_the_vacant_spaces(student, rng):
    f = student.weighted_binary_cross_entropy
    y_true, z = rng.permutation([0, 1, 0, 0, 1, 0, 0]), rng.uniform(-4, 4, 7)
    times = np.where(y_true == 1, 3, 1)
    repeated = f(np.repeat(y_true, times), np.repeat(z, times), 1.0)
    assert_close(7 * f(y_true, z, 3), np.sum(times) * repeated)
    y_true = np.array([1] + [0] * 19)
    at_half = f(y_true, np.zeros(20), 19.0)
    for logit in (-0.2, 0.2):
        assert f(y_true, np.full(20, logit), 19.0) > at_half


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_wrong_weights_labels_and_shapes_are_errors(student):
    f = student.weighted_binary_cross_entropy
    y_true, z = np.array([0, 1, 1]), np.array([0.5, 2.0, -1.0])
    for weight in (0.0, -2.0):
        with pytest.raises(ValueError, match=r"(?i)\bpos_weight\b"):
            f(y_true, z, weight)
    for labels in ([-1, 1, 1], [0.5, 1.0, 0.0]):
        with pytest.raises(ValueError, match=r"(?i)label"):
            f(np.array(labels), z, 2.0)
    for shapes in [((3,), (3, 1)), ((3,), (1,)), ((3, 1), (3, 1))]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            f(np.ones(shapes[0]), np.full(shapes[1], 0.5), 2.0)
    with pytest.raises(ValueError, match=r"(?i)empty"):
        f(np.zeros(0), np.zeros(0), 2.0)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("After your call, is the caller's array still what it was? Return a float.")
def test_returns_a_float_leaves_its_arguments_alone_and_keeps_nothing(student, solution, rng):
    f = student.weighted_binary_cross_entropy
    first = np.array([1.0, 0.0, 0.0]), rng.uniform(-3, 3, 3), 2.0
    second = np.array([0.0, 1.0, 1.0]), rng.uniform(-3, 3, 3), 7.0
    third = first[0], first[1], 3.0
    for array in second[:2]:
        array.flags.writeable = False
    for args in (first, second, third):
        result = f(*args)
        assert_close(result, solution.weighted_binary_cross_entropy(*args))
        assert isinstance(result, float)
        unchanged(f)
