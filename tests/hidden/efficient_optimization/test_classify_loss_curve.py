"""Hidden tests of classify_loss_curve."""

import numpy as np
import pytest

from grader import unchanged

pytestmark = pytest.mark.function("classify_loss_curve")


@pytest.mark.group("value")
@pytest.mark.points(2)
def test_agrees_with_the_reference_on_random_curves(student, solution, rng):
    falling, last = np.sort(rng.uniform(1, 2, 12))[::-1], rng.uniform(0.1, 0.9)
    for losses, unit in [
        (np.where(np.arange(12) == 5, np.nan, falling), 1.0),
        (np.append(falling, 2.5), 1e-4),
        (np.append(falling, np.full(12, last)), 1e4),
        (np.append(falling, np.tile([last, last + 0.2], 6)), 1e-4),
        (falling, 1e-4),
    ]:
        expected = solution.classify_loss_curve(unit * losses)
        assert student.classify_loss_curve(unit * losses) == expected


@pytest.mark.group("value")
@pytest.mark.points(1.5)
@pytest.mark.hint("Apply the rules from top to bottom; the first that holds decides.")
def test_curves_of_each_kind(student):
    for losses, expected in [
        ([1.0, 0.5, 0.1, 0.1, 0.1, 0.1], "converged"),
        ([1.0, 0.2, 0.6, 0.2, 0.6, 0.2, 0.6], "oscillating"),
        ([1.0, 0.5, 0.75, 1.5], "diverging"),
        ([3.0, 3.0, 3.0, 3.0], "converged"),
        ([10.0, 9.0, 0.0, 0.5, 0.25, 0.125, 0.0625], "still_decreasing"),
        ([8e-6, 4e-6, 2e-6, 1e-6, 5e-7, 2e-7], "still_decreasing"),
        ([1e6, 5e5, 100000.0, 100200.0, 100000.0, 100200.0], "converged"),
    ]:
        assert student.classify_loss_curve(np.array(losses)) == expected


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Up at the end: one wiggle or a trend? And only the second half decides.")
def test_only_the_second_half_is_looked_at_for_wiggles(student):
    # Eight losses: the tail begins at index 4.
    smooth = [9.0, 1.0, 8.0, 1.0, 4.0, 3.0, 2.0, 1.0]
    assert student.classify_loss_curve(np.array(smooth)) == "still_decreasing"
    assert student.classify_loss_curve(np.array([*smooth[::-1], 0.5])) == "oscillating"
    # One small rise at the end of a long fall is no oscillation.
    late = [9.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0, 1.5]
    assert student.classify_loss_curve(np.array(late)) == "oscillating"
    later = [10.0, *late[:-1], 0.5, 1.0]
    assert student.classify_loss_curve(np.array(later)) == "still_decreasing"


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("What is `nan > 1`?")
def test_nan_and_inf_anywhere_mean_diverging(student):
    for value, place in [(np.nan, 0), (np.nan, 7), (np.inf, 1), (-np.inf, 7)]:
        losses = np.linspace(2.0, 1.0, 8)
        losses[place] = value
        assert student.classify_loss_curve(losses) == "diverging"
    assert student.classify_loss_curve(np.array([1.0, 2.0])) == "diverging"


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("At most, more than, at least: what holds exactly at the limit?")
def test_exactly_at_the_limits(student):
    for losses, tol, expected in [
        # The tail reaches over exactly tol * scale.
        ([1.0, 0.0, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25], 0.25, "converged"),
        ([1.0, 0.0, 0.5, 0.5, 0.5, 0.25, 0.25, 0.125], 0.25, "still_decreasing"),
        ([3.0, 2.0, 2.5, 2.5, 2.5, 2.25, 2.25, 2.125], 0.25, "still_decreasing"),
        # One of four steps of the tail rises, the first; then one of five.
        ([1.0, 0.0, 0.5, 0.5, 0.5, 0.25, 0.75, 0.5, 0.375, 0.25], 0.125, "oscillating"),
        ([1.0, 0, 0, 0, 0, 0.5, 0.75, 0.5, 0.25, 0.75, 0.5, 0.25], 0.125, "still_decreasing"),
        # The rises are exactly tol * scale.
        ([1.0, 0.0, 0.5, 0.5, 0.5, 0.75, 0.5, 0.75, 0.5, 0.75], 0.25, "converged"),
        ([1.0, 0.0, 0.5, 0.5, 0.5, 0.75, 0.5, 0.75, 0.5, 0.25], 0.25, "still_decreasing"),
        # The last loss equals the first.
        ([1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0], 0.25, "oscillating"),
        # The scale is the first loss minus the smallest, not the largest minus the smallest.
        ([1.0, 8.0, 0.0, 0.5, 0.5, 0.5, 0.375, 0.25], 0.125, "still_decreasing"),
        # Small, but larger than tol * scale.
        ([1.0, 0.8, 0.6, 0.6, 0.5 + 2e-9, 0.5 + 1e-9, 0.5, 0.5 - 1e-9], 1e-10, "still_decreasing"),
        # Seven losses: the tail begins at index 3.
        ([1.0, 0.0, 0.0, 0.5, 0.0, 0.0, 0.0], 0.25, "still_decreasing"),
        ([1.0, 0.0, 0.5, 0.0, 0.0, 0.0, 0.0], 0.25, "converged"),
    ]:
        assert student.classify_loss_curve(np.array(losses), tol) == expected


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Try lists, and an array of type uint8: what is 1 - 2 there?")
def test_takes_lists_arrays_of_any_number_type_and_the_default_tol(student):
    falling = [250, 200, 150, 100, 90, 60, 30, 10]
    assert student.classify_loss_curve(falling) == "still_decreasing"
    assert student.classify_loss_curve(np.array(falling, dtype=np.uint8)) == "still_decreasing"
    for last, expected in [(0.1009, "converged"), (0.102, "still_decreasing")]:
        losses = np.array([1.1, 0.9, 0.5, 0.3, last, last, last, 0.1])
        assert student.classify_loss_curve(losses) == expected


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("Express the loss in cents instead of euros: is it the same curve?")
def test_units_and_level_of_the_loss_do_not_matter(student, solution, rng):
    losses = rng.integers(0, 48, 11) / 4.0
    losses[0] = 12.0
    losses[-3:] = [10.0, 2.0, 3.0]
    expected = solution.classify_loss_curve(losses, 0.125)
    for scale, level in [(2.0**20, 0.0), (2.0**-20, 0.0), (2.0, -1024.0)]:
        assert student.classify_loss_curve(scale * losses + level, 0.125) == expected


@pytest.mark.group("property")
@pytest.mark.points(0.5)
def test_descents_with_small_fitting_and_too_large_rates(student):
    for factor, expected in [
        (0.99, "still_decreasing"),
        (0.5, "converged"),
        (-1.0, "converged"),
        (-1.01, "diverging"),
    ]:
        # The distance to the minimum after t steps with an error that is multiplied by factor.
        losses = (factor ** np.arange(41)) ** 2
        assert student.classify_loss_curve(losses) == expected
    # A fixed step of 0.4 towards 0.25, from 3: it ends in a zigzag.
    point, losses = 3.0, []
    for _ in range(40):
        losses.append(abs(point - 0.25))
        point -= 0.4 * np.sign(point - 0.25)
    assert student.classify_loss_curve(losses) == "oscillating"


@pytest.mark.group("contract")
@pytest.mark.points(0.5)
def test_fewer_than_two_losses_are_an_error(student):
    for losses in (np.zeros(0), [2.0]):
        with pytest.raises(ValueError, match=r"(?i)empty"):
            student.classify_loss_curve(losses)


@pytest.mark.group("contract")
@pytest.mark.points(0.5)
def test_leaves_its_argument_alone_and_keeps_nothing(student):
    for losses, expected in [
        (np.array([8.0, 1.0, 2.0, 1.0, 2.0]), "oscillating"),
        (np.array([8.0, 4.0, 3.0, 2.0, 1.0]), "still_decreasing"),
    ]:
        result = student.classify_loss_curve(losses)
        unchanged(student.classify_loss_curve)
        assert isinstance(result, str)
        assert result == expected
    losses.flags.writeable = False
    assert student.classify_loss_curve(losses, 0.5) == "converged"
