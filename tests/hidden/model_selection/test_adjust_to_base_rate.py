"""Hidden tests of adjust_to_base_rate."""

import numpy as np
import pytest

from grader import Size, assert_close, no_alias, unchanged

pytestmark = pytest.mark.function("adjust_to_base_rate")


@pytest.mark.group("value")
@pytest.mark.points(1.5)
def test_agrees_with_the_reference_on_random_probabilities(student, solution, domain, rng):
    for size in (Size(), Size(n=1)):
        args = domain.draw(rng, size)
        assert_close(student.adjust_to_base_rate(*args), solution.adjust_to_base_rate(*args))


@pytest.mark.group("value")
@pytest.mark.points(1.5)
@pytest.mark.hint("The negatives change as well: by which factor?")
def test_known_probabilities(student):
    p = np.array([0.25, 0.5, 0.75])
    # The odds of a space grow from 1:4 to 1:1, fourfold.
    got = student.adjust_to_base_rate(p, 0.2, 0.5)
    assert_close(got, np.array([4 / 7, 0.8, 12 / 13]))
    # They fall from 3:1 to 1:3, to a ninth.
    got = student.adjust_to_base_rate(p, 0.75, 0.25)
    assert_close(got, np.array([1 / 28, 0.1, 0.25]))


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint(
    "A model that knows nothing says the old rate. What should it say on the new lot?"
)
def test_the_old_rate_becomes_the_new_rate(student):
    for old_rate, new_rate in [(0.3, 0.1), (0.6, 0.9)]:
        got = student.adjust_to_base_rate(np.array([old_rate, 0.5]), old_rate, new_rate)
        odds = new_rate * (1 - old_rate) / (old_rate * (1 - new_rate))
        assert_close(got, np.array([new_rate, odds / (1 + odds)]))


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
@pytest.mark.hint("Who is certain stays certain.")
def test_certainty_stays(student):
    for rates in [(0.05, 0.9), (0.9, 0.05)]:
        got = student.adjust_to_base_rate(np.array([0.0, 1.0, 1.0, 0.0]), *rates)
        assert_close(got, np.array([0.0, 1.0, 1.0, 0.0]))


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
def test_takes_one_number(student):
    assert_close(student.adjust_to_base_rate(0.25, 0.2, 0.5), 4 / 7)


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
def test_takes_lists_and_arrays_of_any_number_type(student, solution):
    assert_close(student.adjust_to_base_rate([0, 0.5, 1], 0.2, 0.5), np.array([0.0, 0.8, 1.0]))
    assert_close(student.adjust_to_base_rate([True, False], 0.2, 0.5), np.array([1.0, 0.0]))
    got = student.adjust_to_base_rate(np.array([0, 1], dtype=np.uint8), 0.2, 0.5)
    assert_close(got, np.array([0.0, 1.0]))
    third = np.array([1, 2], dtype=np.float32) / np.float32(3)
    expected = solution.adjust_to_base_rate(third.astype(float), 0.2, 0.55)
    assert_close(student.adjust_to_base_rate(third, 0.2, 0.55), expected)


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
def test_a_nan_stays_where_it_is(student):
    got = student.adjust_to_base_rate(np.array([0.5, np.nan, 0.25]), 0.2, 0.5)
    assert_close(got, np.array([0.8, np.nan, 4 / 7]))


@pytest.mark.group("property")
@pytest.mark.points(0.25)
@pytest.mark.hint("Equal rates must leave p unchanged, and the way back must lead back.")
def test_there_and_back_changes_nothing(student, domain, rng):
    p, *drawn = domain.draw(rng)
    p[0] = 0.97
    for old_rate, new_rate in (drawn, reversed(drawn)):
        there = student.adjust_to_base_rate(p, old_rate, new_rate)
        assert_close(student.adjust_to_base_rate(there, new_rate, old_rate), p, "T1")
        assert_close(student.adjust_to_base_rate(p, new_rate, new_rate), p)


@pytest.mark.group("property")
@pytest.mark.points(0.25)
def test_shifts_all_logits_by_the_same_number(student, domain, rng):
    p, old_rate, new_rate = domain.draw(rng, Size(n=9))
    p = np.sort(0.01 + 0.98 * p)
    q = student.adjust_to_base_rate(p, old_rate, new_rate)
    assert np.all((q > 0) & (q < 1))
    assert np.all(np.diff(q) > 0)
    shift = np.log(q / (1 - q)) - np.log(p / (1 - p))
    expected = np.log(new_rate / (1 - new_rate)) - np.log(old_rate / (1 - old_rate))
    assert_close(shift, np.full(9, expected), "T1")


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_impossible_probabilities_and_rates_are_errors(student):
    f, p = student.adjust_to_base_rate, np.array([0.25, 0.5])
    for wrong in (0.0, 1.0, 1.5, -0.5):
        with pytest.raises(ValueError, match=r"(?i)\bold_rate\b"):
            f(p, wrong, 0.5)
        with pytest.raises(ValueError, match=r"(?i)\bnew_rate\b"):
            f(p, 0.5, wrong)
    for wrong in ([0.5, -0.1], [1.1, 0.5]):
        with pytest.raises(ValueError, match=r"(?i)\bp\b"):
            f(np.array(wrong), 0.25, 0.5)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Equal rates, too, must give a new array.")
def test_leaves_its_argument_alone_and_keeps_nothing(student, solution):
    first, second = np.array([0.0, 0.25, 1.0]), np.array([0.75, 0.5])
    first.flags.writeable = False
    for p, *rates in [
        (first, 0.25, 0.5),
        (second, 0.25, 0.5),
        (first, 0.25, 0.25),
        (first, 0.5, 0.25),
    ]:
        result = student.adjust_to_base_rate(p, *rates)
        unchanged(student.adjust_to_base_rate)
        no_alias(student.adjust_to_base_rate)
        assert_close(result, solution.adjust_to_base_rate(p, *rates))
        assert result.dtype == np.float64
