"""Hidden tests of sigmoid."""

import numpy as np
import pytest

from grader import Size, assert_close, no_alias, unchanged

pytestmark = pytest.mark.function("sigmoid")

LOUD = {"over": "raise", "invalid": "raise", "divide": "raise"}


@pytest.mark.group("value")
@pytest.mark.points(2)
def test_agrees_with_the_reference_on_random_scores(student, solution, domain, rng):
    drawn = [domain.draw(rng, Size(n=n)) for n in (7,) * 12 + (2, 50)]
    for (z,) in drawn:
        if np.abs(z).max() < 20:
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
    for shape in [(3, 4), (5, 5), (2, 3, 4), (6, 1)]:
        z = rng.normal(size=shape)
        assert_close(student.sigmoid(z), solution.sigmoid(z))
    z = np.asfortranarray(rng.normal(size=(3, 5)))[:, ::2]
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
def test_takes_integers_bools_lists_and_single_numbers(student):
    expected = np.array([0.7310585786300049, 0.5, 0.8807970779778823])
    for z in (
        [1, 0, 2],
        np.array([1, 0, 2], dtype=np.uint8),
        np.array([1.0, 0.0, 2.0], dtype=np.float32),
    ):
        assert_close(student.sigmoid(z), expected)
    assert_close(student.sigmoid(np.array([True, False])), expected[:2])
    assert_close(student.sigmoid([[0, 2], [1, 1]]), expected[[[1, 2], [0, 0]]])
    for number in (2, np.array(2.0)):
        assert_close(student.sigmoid(number), 0.8807970779778823)


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
def test_empty_infinite_and_nan_scores(student):
    assert_close(student.sigmoid(np.zeros((0,))), np.zeros((0,)))
    assert_close(student.sigmoid(np.zeros((2, 0))), np.zeros((2, 0)))
    z = np.array([-np.inf, np.inf, np.nan, 0.0])
    assert_close(student.sigmoid(z), np.array([0.0, 1.0, np.nan, 0.5]))


@pytest.mark.group("property")
@pytest.mark.points(0.25)
def test_rises_from_0_to_1_point_symmetric_about_one_half(student, rng):
    z = np.sort(rng.uniform(-8, 8, 200))
    got = student.sigmoid(z)
    assert np.all((got > 0) & (got < 1))
    assert np.all(np.diff(got) > 0)
    assert_close(got + student.sigmoid(-z), np.ones(200))
    assert_close(got, 0.5 * (1 + np.tanh(z / 2)), "T1")
    assert student.sigmoid(np.zeros(2))[1] == 0.5
    far = student.sigmoid(np.array([-500.0, -60.0, 60.0, 500.0]))
    assert np.all((far >= 0) & (far <= 1))


@pytest.mark.group("property")
@pytest.mark.points(0.25)
@pytest.mark.hint("Compare your slope at 0 with 1/4.")
def test_its_slope_is_s_times_1_minus_s(student, rng):
    z, h = np.append(rng.uniform(-5, 5, 20), 0.0), 1e-5
    slope = (student.sigmoid(z + h) - student.sigmoid(z - h)) / (2 * h)
    s = student.sigmoid(z)
    assert_close(slope, s * (1 - s), "TFD")


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_leaves_its_argument_alone(student, solution, rng):
    for shape in [(5,), (3, 2), (1,)]:
        z = rng.normal(size=shape)
        result = student.sigmoid(z)
        assert_close(result, solution.sigmoid(z))
        unchanged(student.sigmoid)
        no_alias(student.sigmoid)
        assert result.dtype == np.float64
        z.flags.writeable = False
        assert_close(student.sigmoid(z), solution.sigmoid(z))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_keeps_nothing_between_calls(student, solution, domain, rng):
    size = Size(n=4, integers=True)
    (first,), (second,) = domain.draw(rng, size), domain.draw(rng, size)
    for z in (first, second, first, second[:3]):
        assert_close(student.sigmoid(z), solution.sigmoid(z))
