"""Hidden tests of classify_loss_curve."""

import numpy as np
import pytest

from grader import Size, unchanged

pytestmark = pytest.mark.function("classify_loss_curve")


def drawn(domain, solution, rng, size, holds):
    """Draw curves until one is as wanted; return it with tol and the right word."""
    while True:
        losses, tol = domain.draw(rng, size)
        word = solution.classify_loss_curve(losses, tol)
        if holds(losses, word):
            return losses, tol, word


@pytest.mark.group("value")
@pytest.mark.points(2)
def test_agrees_with_the_reference_on_random_curves(student, solution, domain, rng):
    wanted = [
        lambda losses, word: word == "diverging" and np.isnan(losses).any(),
        lambda losses, word: word == "diverging" and losses[-1] > losses[0],
        lambda losses, word: word == "converged" and losses[-1] < losses[0],
        lambda losses, word: word == "converged" and losses[-1] == losses[0],
        lambda losses, word: word == "oscillating" and losses[-1] > losses[-2],
        lambda losses, word: word == "still_decreasing" and losses[0] < 1e-3,
        lambda losses, word: word == "still_decreasing" and losses[0] > 1,
    ]
    for m, holds in zip((8, 9, 13, 10, 12, 20, 31), wanted, strict=True):
        losses, tol, expected = drawn(domain, solution, rng, Size(n=m), holds)
        assert student.classify_loss_curve(losses, tol) == expected


@pytest.mark.group("value")
@pytest.mark.points(1.5)
@pytest.mark.hint("Apply the rules from top to bottom; the first that holds decides.")
def test_curves_of_each_kind(student):
    for losses, expected in [
        ([8.0, 4.0, 2.0, 1.0, 0.5, 0.25], "still_decreasing"),
        ([1.0, 0.5, 0.1, 0.1, 0.1, 0.1], "converged"),
        ([1.0, 0.2, 0.6, 0.2, 0.6, 0.2, 0.6], "oscillating"),
        ([1.0, 0.5, 0.75, 1.5], "diverging"),
        ([5.0, 1.0, 0.0, 0.0, 5.5, 5.5, 5.5, 5.5], "diverging"),
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
    flat = [9.0, 1.0, 8.0, 1.0, 2.0, 2.0, 2.0, 2.0]
    assert student.classify_loss_curve(np.array(flat)) == "converged"
    # One small rise at the end of a long fall is no oscillation.
    late = [9.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0, 1.5]
    assert student.classify_loss_curve(np.array(late)) == "oscillating"
    later = [10.0, *late[:-1], 0.5, 1.0]
    assert student.classify_loss_curve(np.array(later)) == "still_decreasing"


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("What is `nan > 1`?")
def test_nan_and_inf_anywhere_mean_diverging(student):
    for value in (np.nan, np.inf, -np.inf):
        for place in (0, 1, 7):
            losses = np.linspace(2.0, 1.0, 8)
            losses[place] = value
            assert student.classify_loss_curve(losses) == "diverging"
    assert student.classify_loss_curve(np.array([1.0, 2.0])) == "diverging"
    assert student.classify_loss_curve(np.array([1.0, np.nan])) == "diverging"


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("At most, more than, at least: what holds exactly at the limit?")
def test_exactly_at_the_limits(student):
    for losses, tol, expected in [
        # The tail reaches over exactly tol * scale.
        ([1.0, 0.0, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25], 0.25, "converged"),
        ([1.0, 0.0, 0.5, 0.5, 0.5, 0.25, 0.25, 0.125], 0.25, "still_decreasing"),
        ([3.0, 2.0, 2.5, 2.5, 2.5, 2.25, 2.25, 2.125], 0.25, "still_decreasing"),
        # One of four steps of the tail rises; then one of five.
        ([1.0, 0.0, 0.5, 0.5, 0.5, 0.75, 0.5, 0.25, 0.75, 0.5], 0.125, "oscillating"),
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
    for kind in (np.uint8, np.float32):
        got = student.classify_loss_curve(np.array(falling, dtype=kind))
        assert got == "still_decreasing"
    for last, expected in [(0.1009, "converged"), (0.102, "still_decreasing")]:
        losses = np.array([1.1, 0.9, 0.5, 0.3, last, last, last, 0.1])
        assert student.classify_loss_curve(losses) == expected
    third = (np.array([9, 3, 3, 3, 3], dtype=np.float32) / np.float32(3)).tolist()
    assert student.classify_loss_curve(third, 0.0) == "converged"


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("Express the loss in cents instead of euros: is it the same curve?")
def test_units_and_level_of_the_loss_do_not_matter(student, solution, rng):
    for _ in range(3):
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
        (-0.5, "converged"),
        (-1.0, "converged"),
        (-1.01, "diverging"),
        (-1.5, "diverging"),
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
    for losses in (np.zeros(0), np.ones(1), [2.0]):
        with pytest.raises(ValueError, match=r"(?i)empty"):
            student.classify_loss_curve(losses)


@pytest.mark.group("contract")
@pytest.mark.points(0.5)
def test_leaves_its_argument_alone_and_keeps_nothing(student):
    first, second = np.array([8.0, 4.0, 2.0, 1.0]), np.array([8.0, 1.0, 1.0, 1.0])
    for losses, expected in [
        (first, "still_decreasing"),
        (second, "converged"),
        (first, "still_decreasing"),
        (first[::-1], "diverging"),
    ]:
        result = student.classify_loss_curve(losses)
        assert isinstance(result, str)
        assert result == expected
        unchanged(student.classify_loss_curve)
    second.flags.writeable = False
    assert student.classify_loss_curve(second) == "converged"
