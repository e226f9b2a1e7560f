"""Hidden tests of flat_fraction."""

import numpy as np
import pytest

from grader import assert_close, unchanged

pytestmark = pytest.mark.function("flat_fraction")


@pytest.mark.group("value")
@pytest.mark.points(0.75)
def test_agrees_with_the_reference_on_random_slices(student, solution, rng):
    values = rng.integers(0, 3, 40) / 2
    assert_close(student.flat_fraction(values), solution.flat_fraction(values))


@pytest.mark.group("value")
@pytest.mark.points(0.5)
@pytest.mark.hint("How many gaps are there between 5 points? A value may come back: is that flat?")
def test_counts_equal_neighbours_among_all_neighbours(student):
    values = np.array([3.0, 3.0, 3.0, 5.0, 5.0, 3.0, 3.0, 1.0, 3.0])
    assert_close(student.flat_fraction(values), 0.5)


@pytest.mark.group("value")
@pytest.mark.points(0.25)
@pytest.mark.hint("Exactly constant or nearly?")
def test_nearly_equal_is_not_equal(student):
    values = np.array([1.0, np.nextafter(1.0, 2.0), 1.0, 1.0, 0.0, 5e-324, 1e-300, 1e-300])
    assert_close(student.flat_fraction(values), 2 / 7)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Try your function with a list of bools, and with two values.")
def test_takes_lists_and_two_values(student):
    assert_close(student.flat_fraction([True, True, False, True, True, True]), 0.6)
    assert_close(student.flat_fraction([4.0, 5.0]), 0.0)


@pytest.mark.group("property")
@pytest.mark.points(0.5)
def test_constant_reversed_and_repeated_slices(student, rng):
    assert_close(student.flat_fraction(np.full(11, rng.normal())), 1.0)
    values = rng.integers(0, 3, 21).astype(float)
    got = student.flat_fraction(values)
    # Every value twice: 21 more gaps, all flat.
    twice = student.flat_fraction(np.repeat(7 - 2 * values[::-1], 2))
    assert_close(twice, (20 * got + 21) / 41)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_fewer_than_two_values_are_an_error(student):
    for values in (np.zeros(0), [3.0]):
        with pytest.raises(ValueError, match=r"(?i)empty"):
            student.flat_fraction(values)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("After your call, is the caller's array still what it was? Return a float.")
def test_returns_a_float_leaves_its_argument_alone_and_keeps_nothing(student):
    result = student.flat_fraction(np.array([2.0, 2.0, 1.0]))
    unchanged(student.flat_fraction)
    assert_close(result, 0.5)
    assert isinstance(result, float)
    values = np.array([3.0, 2.0, 1.0])
    values.flags.writeable = False
    assert_close(student.flat_fraction(values), 0.0)
