"""Hidden tests of sigmoid."""

import numpy as np
import pytest

from grader import assert_close, no_alias, unchanged

pytestmark = pytest.mark.function("sigmoid")

LOUD = {"over": "raise", "invalid": "raise", "divide": "raise"}


@pytest.mark.group("value")
@pytest.mark.points(2)
def test_agrees_with_the_reference_on_random_scores(student, solution, rng):
    z = rng.normal(0.0, 2.5, 50)
    assert_close(student.sigmoid(z), solution.sigmoid(z))


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("The sigmoid of ln 3 is 3/4, that of -ln 3 is 1/4.")
def test_known_values(student):
    z = np.log([1.0, 3.0, 1 / 3, 9.0, 1 / 4])
    expected = np.array([0.5, 0.75, 0.25, 0.9, 0.2])
    assert_close(student.sigmoid(z), expected)


@pytest.mark.group("value")
@pytest.mark.points(1.5)
def test_keeps_any_shape(student, solution, rng):
    z = np.asfortranarray(rng.normal(size=(4, 2, 8)))[:, :, ::2]
    assert_close(student.sigmoid(z), solution.sigmoid(z))


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Only exp(-|z|) never overflows, and `where` computes both sides for every element."
)
def test_large_scores_give_no_warning(student):
    z = np.array([-1000.0, -750.0, -710.0, -3.0, 0.0, 3.0, 710.0, 750.0, 1000.0])
    got = student.under(errstate=LOUD).sigmoid(z)
    expected = [0.0, 0.0, 0.0, 0.04742587317756678, 0.5, 0.9525741268224334, 1.0, 1.0, 1.0]
    assert_close(got, np.array(expected))


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("How small can the right answer get at z = -40?")
def test_the_left_tail_is_small_but_not_zero(student):
    z = np.array([-15.0, -22.0, -30.0, -40.0, -60.0, -200.0, -700.0])
    # The relative error counts here: 1 + exp(z) is 1 to within a rounding from -40 on.
    expected = np.exp(z) / (1 + np.exp(z))
    assert_close(student.sigmoid(z), expected, rtol=1e-12, atol=0.0)


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
def test_takes_arrays_of_any_number_type_and_single_numbers(student):
    assert_close(student.sigmoid(2), 0.8807970779778823)
    got = student.sigmoid(np.array([0, 2, 1], dtype=np.uint8))
    assert_close(got, np.array([0.5, 0.8807970779778823, 0.7310585786300049]))
    third = np.array([1, -2], dtype=np.float32) / np.float32(3)
    assert_close(student.sigmoid(third), 1 / (1 + np.exp(-third.astype(float))))


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
def test_no_scores_and_a_list_of_infinite_and_nan_scores(student):
    assert_close(student.sigmoid(np.zeros((2, 0))), np.zeros((2, 0)))
    got = student.sigmoid([[-np.inf, np.inf], [np.nan, False]])
    assert_close(got, np.array([[0.0, 1.0], [np.nan, 0.5]]))


@pytest.mark.group("property")
@pytest.mark.points(0.25)
def test_rises_from_0_to_1_point_symmetric_about_one_half(student, rng):
    z = np.sort(rng.uniform(-8, 8, 40))
    far = np.array([-500.0, -60.0, 60.0, 500.0])
    got, mirrored, ends = np.split(student.sigmoid(np.concatenate([z, -z, far])), [40, 80])
    assert np.all((got > 0) & (got < 1))
    assert np.all((ends >= 0) & (ends <= 1))
    assert np.all(np.diff(got) > 0)
    assert_close(got + mirrored, np.ones(40))
    assert_close(got, 0.5 * (1 + np.tanh(z / 2)), "T1")


@pytest.mark.group("property")
@pytest.mark.points(0.25)
@pytest.mark.hint("Compare your slope at 0 with 1/4.")
def test_its_slope_is_s_times_1_minus_s(student, rng):
    z, h = np.append(rng.uniform(-5, 5, 20), 0.0), 1e-5
    s, above, below = student.sigmoid(np.stack([z, z + h, z - h]))
    assert_close((above - below) / (2 * h), s * (1 - s), "TFD")


@pytest.mark.group("contract")
@pytest.mark.points(0.5)
def test_leaves_its_argument_alone_and_keeps_nothing(student):
    z = np.log([1.0, 3.0, 1 / 3])
    result = student.sigmoid(z)
    unchanged(student.sigmoid)
    no_alias(student.sigmoid)
    assert_close(result, np.array([0.5, 0.75, 0.25]))
    assert result.dtype == np.float64
    z = 2 * z
    z.flags.writeable = False
    assert_close(student.sigmoid(z), np.array([0.5, 0.9, 0.1]))
