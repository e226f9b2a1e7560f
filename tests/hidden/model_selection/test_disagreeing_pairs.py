"""Hidden tests of disagreeing_pairs."""

import numpy as np
import pytest

from grader import Size, assert_exact, unchanged

pytestmark = pytest.mark.function("disagreeing_pairs")

NONE = np.zeros((0, 2), dtype=int)


def disagreeing(losses, scores):
    """Return the pairs of a small example by going through all of them."""
    k = len(losses)
    pairs = [
        (i, j)
        for i in range(k)
        for j in range(k)
        if losses[i] < losses[j] and scores[i] < scores[j]
    ]
    return np.array(pairs, dtype=int).reshape(-1, 2)


@pytest.mark.group("value")
@pytest.mark.points(1.5)
def test_agrees_with_the_reference_on_random_models(student, solution, domain, rng):
    for n in (7, 15):
        losses, scores = domain.draw(rng, Size(n=n))
        # Whatever was drawn: the first model disagrees with all others, the second is a tie.
        losses = np.concatenate([[np.max(losses) + 2.0, np.max(losses) + 1.0], losses])
        scores = np.concatenate([[np.max(scores) + 1.0, scores[0]], scores])
        expected = solution.disagreeing_pairs(losses, scores)
        assert_exact(student.disagreeing_pairs(losses, scores), expected)


@pytest.mark.group("value")
@pytest.mark.points(1.5)
@pytest.mark.hint("The first of a pair is the one with the lower loss, whatever its number.")
def test_the_model_with_the_lower_loss_comes_first(student):
    losses, scores = np.array([0.5, 0.25, 0.75, 0.125]), np.array([0.875, 0.25, 0.5, 0.375])
    expected = np.array([[1, 0], [1, 2], [3, 0], [3, 2]])
    assert_exact(student.disagreeing_pairs(losses, scores), expected)
    expected = np.array([[1, 2], [1, 3], [2, 3]])
    got = student.disagreeing_pairs(losses, np.array([0.1, 0.2, 0.3, 0.4]))
    assert_exact(got, disagreeing(losses, [0.1, 0.2, 0.3, 0.4]))
    assert_exact(student.disagreeing_pairs([4.0, 1.0, 2.0, 3.0], [0.0, 1.0, 2.0, 3.0]), expected)


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Compare the values directly: argsort gives an order, not ranks.")
def test_scores_that_fall_with_the_loss_and_rise_with_it(student):
    values = np.array([0.3, 0.9, 0.1, 0.7, 0.2])
    order = [(4, 0), (2, 4), (2, 0), (0, 3), (2, 3), (4, 3), (0, 1), (2, 1), (3, 1), (4, 1)]
    assert_exact(student.disagreeing_pairs(values, values), np.array(sorted(order)))
    values = np.array([2.0, 0.0, 3.0, 1.0])
    expected = [(0, 2), (1, 0), (1, 2), (1, 3), (3, 0), (3, 2)]
    assert_exact(student.disagreeing_pairs(values, values - 9), np.array(expected))
    assert student.disagreeing_pairs(values, -values).shape == (0, 2)


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
@pytest.mark.hint("No pairs: how many columns? And which type has an index?")
def test_no_pairs_are_an_integer_array_with_two_columns(student):
    assert_exact(student.disagreeing_pairs(np.array([0.1, 0.2]), np.array([0.9, 0.8])), NONE)
    assert_exact(student.disagreeing_pairs(np.array([0.5]), np.array([0.5])), NONE)


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
@pytest.mark.hint("Neither is better: do they disagree?")
def test_ties_do_not_count(student):
    assert_exact(
        student.disagreeing_pairs(np.array([1.0, 1.0, 2.0]), np.array([0.5, 0.75, 0.5])), NONE
    )
    assert_exact(student.disagreeing_pairs(np.ones(3), np.array([0.1, 0.2, 0.3])), NONE)


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
def test_takes_lists_and_arrays_of_any_number_type(student):
    expected = np.array([[0, 1], [0, 2]])
    losses, scores = np.array([0, 200, 2], dtype=np.uint8), np.array([0, 1, 150], dtype=np.uint8)
    assert_exact(student.disagreeing_pairs(losses, scores), expected)
    flags = np.array([False, True, True])
    assert_exact(student.disagreeing_pairs(flags.tolist(), [1, 2, 3]), expected)


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
@pytest.mark.hint("Infinity is an ordinary loss.")
def test_infinite_values_are_compared_like_others(student):
    losses, scores = np.array([np.inf, 2.0, np.inf]), np.array([0.75, 0.5, np.inf])
    assert_exact(student.disagreeing_pairs(losses, scores), np.array([[1, 0], [1, 2]]))


@pytest.mark.group("property")
@pytest.mark.points(0.25)
def test_only_the_order_of_the_values_matters(student, rng):
    losses, scores = rng.integers(0, 6, (2, 7)).astype(float)
    # The first model disagrees with all others, each of which comes first in the pair; two others
    # have the same loss, and two the same score.
    losses[:4], scores[:4] = [6.0, 2.0, 2.0, 4.0], [6.0, 1.0, 3.0, 3.0]
    pairs = student.disagreeing_pairs(losses, scores)
    assert_exact(pairs, disagreeing(losses, scores))
    assert_exact(student.disagreeing_pairs(np.exp(losses), scores / 7 - 3), pairs)


@pytest.mark.group("property")
@pytest.mark.points(0.25)
def test_every_pair_agrees_or_disagrees(student, rng):
    # Values that differ by 1e-12 differ.
    losses, scores = 1 + rng.permutation(8) / 2**40, rng.permutation(8) / 2**40
    pairs = student.disagreeing_pairs(losses, scores)
    others = student.disagreeing_pairs(losses, -scores)
    assert len(pairs) + len(others) == 28
    assert_exact(pairs, disagreeing(losses, scores))
    assert_exact(student.disagreeing_pairs(scores, losses), pairs)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_different_shapes_and_nan_are_errors(student):
    for shapes in [((3,), (3, 1)), ((3, 1), (3,)), ((1,), (3,))]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.disagreeing_pairs(np.ones(shapes[0]), np.ones(shapes[1]))
    whole, broken = np.array([0.5, 1.0, 0.25]), np.array([0.5, np.nan, 1.0])
    for losses, scores in ((whole, broken), (broken, whole)):
        with pytest.raises(ValueError, match=r"(?i)NaN"):
            student.disagreeing_pairs(losses, scores)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("After your call, is the caller's array still what it was?")
def test_leaves_its_arguments_alone_and_keeps_nothing(student):
    first = np.array([0.5, 0.25, 0.75]), np.array([3.0, 2.0, 1.0])
    second = [2.0, 1.0], [7.0, 5.0]
    third = first[0], np.array([1.0, 2.0, 3.0])
    for array in first:
        array.flags.writeable = False
    for losses, scores in (first, second, third):
        result = student.disagreeing_pairs(losses, scores)
        unchanged(student.disagreeing_pairs)
        assert_exact(result, disagreeing(losses, scores))
