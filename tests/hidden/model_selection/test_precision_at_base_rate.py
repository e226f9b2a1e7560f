"""Hidden tests of precision_at_base_rate."""

import numpy as np
import pytest

from grader import Size, assert_close

pytestmark = pytest.mark.function("precision_at_base_rate")


@pytest.mark.group("value")
@pytest.mark.points(1)
def test_agrees_with_the_reference_on_random_rates(student, solution, domain, rng):
    for size in (Size(), Size(integers=True)):
        args = domain.draw(rng, size)
        expected = solution.precision_at_base_rate(*args)
        assert_close(student.precision_at_base_rate(*args), expected)


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Change the lot: does your number move, and which way?")
def test_fewer_vacant_spaces_make_more_false_alarms_per_hit(student):
    for tpr, fpr, base_rate, expected in [
        (0.75, 0.25, 0.2, 3 / 7),
        (0.75, 0.25, 0.8, 12 / 13),
        (0.6, 0.3, 0.1, 2 / 11),
    ]:
        assert_close(student.precision_at_base_rate(tpr, fpr, base_rate), expected)


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Of which spaces is each rate a share?")
def test_equals_the_precision_measured_on_the_same_lot(student, rng):
    for _ in range(2):
        found, missed, false_alarms, rest = rng.integers(1, 40, 4).tolist()
        vacant, occupied = found + missed, false_alarms + rest
        got = student.precision_at_base_rate(
            found / vacant, false_alarms / occupied, vacant / (vacant + occupied)
        )
        assert_close(got, found / (found + false_alarms))


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("What if the model calls nothing vacant at all?")
def test_0_where_nothing_is_called_vacant(student):
    for args in [(0.0, 0.0, 0.25), (0.75, 0.0, 0.0), (0, 0.5, 1)]:
        assert_close(student.precision_at_base_rate(*args), 0.0)
    assert_close(student.precision_at_base_rate(np.float64(0), np.float64(0), np.float64(1)), 0.0)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("A rate may be 0 or 1, and a whole number.")
def test_rates_of_0_and_1(student):
    for args, expected in [
        ((1, 1, 0.3), 0.3),
        ((0.25, 0, 0.5), 1.0),
        ((0.5, 0.25, 1), 1.0),
        ((0.5, 0.25, 0), 0.0),
        ((1e-9, 3e-9, 0.5), 0.25),
    ]:
        assert_close(student.precision_at_base_rate(*args), expected)


@pytest.mark.group("property")
@pytest.mark.points(0.5)
def test_rises_with_the_share_of_vacant_spaces(student, domain, rng):
    tpr, fpr, _ = domain.draw(rng)
    values = [student.precision_at_base_rate(tpr, fpr, rate) for rate in (0.05, 0.5, 0.9)]
    assert np.all(np.diff(values) > 0)
    assert_close(values[1], tpr / (tpr + fpr))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_rates_outside_0_to_1_are_errors(student):
    for wrong in (-0.1, 1.1):
        for position, name in enumerate(("tpr", "fpr", "base_rate")):
            args = [0.5, 0.5, 0.5]
            args[position] = wrong
            with pytest.raises(ValueError, match=rf"(?i)\b{name}\b"):
                student.precision_at_base_rate(*args)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Return a float, and the same one whenever you are asked again.")
def test_returns_a_float_and_keeps_nothing(student, solution):
    first, second, third = (0.75, 0.25, 0.125), (0.75, 0.25, 0.5), (1, 0, 1)
    for args in (first, second, third):
        result = student.precision_at_base_rate(*args)
        assert_close(result, solution.precision_at_base_rate(*args))
        assert isinstance(result, float)
    assert isinstance(student.precision_at_base_rate(0.0, 0.0, 0.5), float)
