"""Hidden tests of early_stopping."""

import numpy as np
import pytest

from grader import Size, assert_exact, unchanged

pytestmark = pytest.mark.function("early_stopping")


@pytest.mark.group("value")
@pytest.mark.points(2)
def test_agrees_with_the_reference_on_random_curves(student, solution, domain, rng):
    for size in (Size(), Size(), Size(n=4, integers=True)):
        args = domain.draw(rng, size)
        assert_exact(student.early_stopping(*args), solution.early_stopping(*args))
    for patience in (1, 3):
        losses = rng.normal(size=30).tolist()
        expected = solution.early_stopping(losses, patience)
        assert_exact(student.early_stopping(losses, patience), expected)


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("At epoch 4, may you know epoch 6?")
def test_what_comes_after_the_stop_does_not_matter(student):
    losses = [5.0, 3.0, 3.5, 3.25, 1.0, 0.5]
    assert_exact(student.early_stopping(losses, 2), (1, 3))
    assert_exact(student.early_stopping([5.0, 3.0, 3.5, 3.25, 9.0], 2), (1, 3))
    assert_exact(student.early_stopping(losses, 3), (5, 5))


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Better than the epoch before, or than the best?")
def test_small_recoveries_do_not_count(student):
    losses = [4.0, 2.0, 3.0, 2.5, 2.75, 2.25, 2.5, 1.0]
    assert_exact(student.early_stopping(losses, 3), (1, 4))
    assert_exact(student.early_stopping(losses, 5), (1, 6))
    assert_exact(student.early_stopping(losses, 6), (7, 7))


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Patience 1: how many bad epochs do you allow?")
def test_patience_is_counted_from_the_best_epoch(student):
    assert_exact(student.early_stopping([3.0, 4.0, 1.0], 1), (0, 1))
    assert_exact(student.early_stopping([3.0, 2.0, 4.0, 1.0, 5.0, 6.0, 7.0, 0.0], 2), (3, 5))
    assert_exact(student.early_stopping([3.0, 2.0, 2.0 - 2**-30, 2.0 - 2**-29], 1), (3, 3))
    # The training ends before patience does.
    assert_exact(student.early_stopping([3.0, 2.0, 4.0, 5.0], 3), (1, 3))


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Is an equal loss an improvement?")
def test_an_equal_loss_is_no_improvement(student):
    assert_exact(student.early_stopping([2.0, 1.0, 1.0, 1.0, 1.0, 0.5], 3), (1, 4))
    assert_exact(student.early_stopping([1.0, 1.0, 1.0], 5), (0, 2))


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("An improvement must be larger than min_delta, measured from the best epoch.")
def test_small_improvements_count_only_together(student):
    losses = [1.0, 0.875, 0.75, 0.625, 0.5, 0.375, 0.25, 0.125]
    assert_exact(student.early_stopping(losses, 3, 0.25), (6, 7))
    assert_exact(student.early_stopping(losses, 2, 0.25), (0, 2))
    assert_exact(student.early_stopping(losses, 2, min_delta=0.125), (6, 7))
    assert_exact(student.early_stopping([8.0, 7.5, 6.0, 5.5, 5.0, 4.0], 2, 1.0), (2, 4))


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("What does NaN < 1 give, and 1 < NaN?")
def test_nan_is_no_improvement(student):
    nan = np.nan
    assert_exact(student.early_stopping([2.0, nan, 1.0, nan, nan, 0.5], 2), (2, 4))
    assert_exact(student.early_stopping([2.0, 3.0, nan], 2), (0, 2))
    assert_exact(student.early_stopping([nan, 0.0, 4.0, 5.0, -1.0], 2), (1, 3))
    assert_exact(student.early_stopping([nan, nan, 3.0, 2.0], 3, 0.5), (3, 3))


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Try one epoch, an array of integers, and a tuple.")
def test_one_epoch_infinite_losses_and_any_number_type(student):
    assert_exact(student.early_stopping([0.5], 1), (0, 0))
    assert_exact(student.early_stopping([np.inf, 3.0, 2.0, np.inf, 4.0], 2), (2, 4))
    losses = np.array([3, 0, 2, 1, 0])
    assert_exact(student.early_stopping(losses, 2, 1), (1, 3))


@pytest.mark.group("property")
@pytest.mark.points(0.5)
def test_stops_at_the_end_of_patience_and_knows_no_level(student, domain, rng):
    losses, patience, min_delta = domain.draw(rng)
    best, stop = student.early_stopping(losses, patience, min_delta)
    assert stop - best == patience
    assert losses[best] <= min(losses[: stop + 1]) + min_delta
    shifted = np.array(losses) + rng.integers(-32, 32) / 8
    assert_exact(student.early_stopping(shifted, patience, min_delta), (best, stop))


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("Values after the stop must not matter.")
def test_more_patience_never_finds_a_worse_epoch(student, domain, rng):
    losses, patience, min_delta = domain.draw(rng)
    least = losses[0]
    for more in (1, patience):
        best, stop = student.early_stopping(losses, more, min_delta)
        assert losses[best] <= least
        least = losses[best]
        assert_exact(student.early_stopping(losses[: stop + 1], more, min_delta), (best, stop))


@pytest.mark.group("contract")
@pytest.mark.points(0.5)
def test_no_losses_and_impossible_limits_are_errors(student):
    for patience in (0, -1):
        with pytest.raises(ValueError, match=r"(?i)\bpatience\b"):
            student.early_stopping([1.0, 2.0, 3.0], patience)
    with pytest.raises(ValueError, match=r"(?i)\bmin_delta\b"):
        student.early_stopping([1.0, 2.0, 3.0], 2, -0.5)
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.early_stopping([], 2)


@pytest.mark.group("contract")
@pytest.mark.points(0.5)
@pytest.mark.hint("Return two ints, and change nothing.")
def test_returns_two_ints_leaves_its_argument_alone_and_keeps_nothing(student):
    first, second = np.array([3.0, np.nan, 1.0, 2.0, 2.5]), [1.0, 0.5, 0.25, 0.75]
    first.flags.writeable = False
    for losses, expected in [(first, (2, 4)), (second, (2, 3)), (first, (2, 4))]:
        result = student.early_stopping(losses, 2)
        unchanged(student.early_stopping)
        assert_exact(result, expected)
        assert all(isinstance(number, int | np.integer) for number in result)
