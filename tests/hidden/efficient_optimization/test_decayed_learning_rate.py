"""Hidden tests of decayed_learning_rate."""

import numpy as np
import pytest

from grader import assert_close

pytestmark = pytest.mark.function("decayed_learning_rate")


@pytest.mark.group("value")
@pytest.mark.points(1)
def test_agrees_with_the_reference_on_random_rates(student, solution, domain, rng):
    for _ in range(2):
        args = domain.draw(rng)
        expected = solution.decayed_learning_rate(*args)
        assert_close(student.decayed_learning_rate(*args), expected)


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Inverse time: the rate has halved when decay_rate * step / decay_steps is 1.")
def test_falls_with_the_inverse_of_time_at_every_step(student):
    for step, expected in [(0, 0.6), (1, 0.5), (20, 0.12)]:
        assert_close(student.decayed_learning_rate(0.6, step, 0.4, 2), expected)


@pytest.mark.group("edge")
@pytest.mark.points(1)
def test_default_whole_and_extreme_arguments(student):
    assert_close(student.decayed_learning_rate(0.5, 2, 1.5), 0.125)
    assert_close(student.decayed_learning_rate(np.float64(3), np.int64(4), 1, np.int64(8)), 2.0)
    assert_close(student.decayed_learning_rate(0.7, 1000, 0.0, 3), 0.7)
    assert_close(student.decayed_learning_rate(8.0, 10**12, 0.5, 1), 8 / (1 + 5e11), atol=0.0)


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("Between two multiples of decay_steps, does the rate move?")
def test_falls_all_the_time_and_depends_on_step_over_decay_steps(student, rng):
    initial, decay_rate = float(rng.uniform(0.1, 1)), float(rng.uniform(0.1, 1))
    rates = [student.decayed_learning_rate(initial, step, decay_rate, 4) for step in (0, 2, 3, 5)]
    assert_close(rates[0], initial)
    assert np.all(np.diff(rates) < 0)
    same = student.decayed_learning_rate(initial, 15, decay_rate, 12)
    assert_close(same, rates[3])


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_arguments_out_of_range_are_errors(student):
    for name, args in [
        ("initial", (0.0, 1, 0.1, 1)),
        ("step", (0.5, -1, 0.1, 1)),
        ("decay_rate", (0.5, 1, -0.1, 1)),
        ("decay_steps", (0.5, 1, 0.1, 0)),
        ("initial", (-0.5, 1, 0.1, 1)),
        ("decay_steps", (0.5, 1, 0.1, -3)),
    ]:
        with pytest.raises(ValueError, match=rf"(?i)\b{name}\b"):
            student.decayed_learning_rate(*args)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_returns_a_float_and_keeps_nothing_between_calls(student):
    for args, expected in [((2.0, 3, 1.0, 1), 0.5), ((2.0, 3, 1.0, 3), 1.0), ((4, 0, 0, 1), 4.0)]:
        result = student.decayed_learning_rate(*args)
        assert_close(result, expected)
        assert isinstance(result, float)
