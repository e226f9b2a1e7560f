"""Hidden tests of expected_business_cost."""

import numpy as np
import pytest

from grader import Size, assert_close

pytestmark = pytest.mark.function("expected_business_cost")


@pytest.mark.group("value")
@pytest.mark.points(1)
def test_agrees_with_the_reference_on_random_rates(student, solution, domain, rng):
    for size in (Size(), Size(integers=True)):
        args = domain.draw(rng, size)
        expected = solution.expected_business_cost(*args)
        assert_close(student.expected_business_cost(*args), expected)


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Which vacant spaces cost money, how many are there, and at which price?")
def test_each_kind_of_error_at_its_price(student):
    for args, expected in [
        ((0.75, 0.0, 0.25, 3.0, 8.0), 0.5),
        ((1.0, 0.25, 0.25, 8.0, 3.0), 1.5),
        ((0.75, 0.5, 0.2, 2.0, 10.0), 1.3),
    ]:
        assert_close(student.expected_business_cost(*args), expected)


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("How many spaces cause each cost?")
def test_equals_the_cost_measured_on_the_same_lot(student, rng):
    for _ in range(2):
        found, missed, false_alarms, rest = rng.integers(1, 40, 4).tolist()
        vacant, occupied = found + missed, false_alarms + rest
        n = vacant + occupied
        got = student.expected_business_cost(
            found / vacant, false_alarms / occupied, vacant / n, 2.5, 7.0
        )
        assert_close(got, (2.5 * false_alarms + 7.0 * missed) / n)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("How much does a lot without vacant spaces cost?")
def test_lots_with_one_kind_of_space(student):
    for args, expected in [
        ((0.75, 0.5, 0.0, 2.0, 12.0), 1.0),
        ((0.75, 0.5, 1.0, 2.0, 12.0), 3.0),
        ((0, 1, 0.25, 2, 12), 4.5),
    ]:
        assert_close(student.expected_business_cost(*args), expected)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("An error may cost nothing.")
def test_errors_that_cost_nothing(student):
    for args, expected in [
        ((0.75, 0.5, 0.25, 0, 8), 0.5),
        ((0.75, 0.5, 0.25, 8, 0), 3),
        ((1, 0, 1, 5, 7), 0),
        ((np.float64(0.75), np.float64(0.5), np.float64(0.25), np.int64(0), np.int64(8)), 0.5),
    ]:
        assert_close(student.expected_business_cost(*args), expected)


@pytest.mark.group("property")
@pytest.mark.points(0.5)
def test_is_linear_in_the_share_of_vacant_spaces_and_in_the_prices(student, domain, rng):
    f = student.expected_business_cost
    tpr, fpr, base_rate, cost_fp, cost_fn = domain.draw(rng)
    cost = f(tpr, fpr, base_rate, cost_fp, cost_fn)
    full, empty = f(tpr, fpr, 0.0, cost_fp, cost_fn), f(tpr, fpr, 1.0, cost_fp, cost_fn)
    assert_close(cost, (1 - base_rate) * full + base_rate * empty, "T1")
    assert_close(f(tpr, fpr, base_rate, 3 * cost_fp, 3 * cost_fn), 3 * cost, "T1")


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_impossible_rates_and_negative_prices_are_errors(student):
    names = ("tpr", "fpr", "base_rate", "cost_fp", "cost_fn")
    for position, name in enumerate(names):
        for wrong in (-0.1, 1.1) if position < 3 else (-0.1,):
            args = [0.5] * 5
            args[position] = wrong
            with pytest.raises(ValueError, match=rf"(?i)\b{name}\b"):
                student.expected_business_cost(*args)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Return a float, and the same one whenever you are asked again.")
def test_returns_a_float_and_keeps_nothing(student, solution):
    first, second, third = (
        (0.5, 0.25, 0.125, 1, 5),
        (0.5, 0.25, 0.125, 5, 1),
        (1.0, 0.0, 1.0, 2.0, 3.0),
    )
    for args in (first, second, third):
        result = student.expected_business_cost(*args)
        assert_close(result, solution.expected_business_cost(*args))
        assert isinstance(result, float)
