"""Hidden tests of apply_threshold."""

import numpy as np
import pytest

from grader import Size, assert_close, assert_exact, no_alias, unchanged

pytestmark = pytest.mark.function("apply_threshold")


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("A score exactly on the threshold: which side? Change the threshold, too.")
def test_agrees_with_the_reference_on_random_scores(student, solution, domain, rng):
    scores, threshold = domain.draw(rng, Size(n=30))
    expected = solution.apply_threshold(scores, threshold)
    assert_close(student.apply_threshold(scores, threshold), expected)


@pytest.mark.group("value")
@pytest.mark.points(0.5)
@pytest.mark.hint("Which score means vacant, a high or a low one?")
def test_the_threshold_is_one_half_unless_another_is_given(student):
    scores = np.array([0.05, 0.31, 0.48, 0.62, 0.97, -0.2, 1.3, 0.55])
    assert_close(student.apply_threshold(scores), np.array([0, 0, 0, 1, 1, 0, 1, 1]))


@pytest.mark.group("value")
@pytest.mark.points(0.5)
def test_the_threshold_of_logits_may_be_0(student):
    logits = np.array([-40.0, 12.5, -0.75, 0.25, 3.0, -2.0])
    assert_close(student.apply_threshold(logits, threshold=0.0), np.array([0, 1, 0, 1, 1, 0]))


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
def test_infinite_scores_and_thresholds(student):
    scores = np.array([-np.inf, -1e300, 0.0, 1e300, np.inf])
    assert_close(student.apply_threshold(scores, np.inf), np.array([0, 0, 0, 0, 1]))
    assert_close(student.apply_threshold(scores, -np.inf), np.array([1, 1, 1, 1, 1]))


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
@pytest.mark.hint("What is round(0.5) in Python? Compare the scores as they are.")
def test_scores_in_a_list_on_the_threshold_and_next_to_it(student):
    scores = [0.5, float(np.nextafter(0.5, 0)), float(np.nextafter(0.5, 1)), 0.5 - 1e-12, True]
    assert_close(student.apply_threshold(scores, 0.5), np.array([1, 0, 1, 0, 1]))


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
def test_takes_arrays_of_any_number_type(student):
    # As integers: whether a result is one must not depend on the type of the scores.
    got = student.apply_threshold(np.array([0, 200, 255, 7], dtype=np.uint8), 199.5)
    assert_exact(got, np.array([0, 1, 1, 0]))
    # The float32 next to 0.7 is a little smaller than 0.7.
    got = student.apply_threshold(np.array([0.1, 0.7, 0.9], dtype=np.float32), 0.7)
    assert_exact(got, np.array([0, 0, 1]))


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
@pytest.mark.hint("Scores may be one number, a vector or a matrix: keep their shape.")
def test_takes_one_number(student):
    assert_close(student.apply_threshold(0.75), 1)


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("Keep the shape of the scores. A threshold that is a score includes it.")
def test_only_the_order_of_scores_and_threshold_matters(student, rng):
    scores = rng.permutation(np.arange(-9, 9)).reshape(3, 3, 2) / 8
    got = student.apply_threshold(scores**3, 0.75**3)
    assert_close(got, np.where(scores < 0.75, 0, 1))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("On which side of the threshold does NaN lie?")
def test_nan_is_an_error(student):
    for scores, threshold in [
        (np.array([[0.0, 0.75], [np.nan, 0.25]]), 0.5),
        (np.array([0.25, 0.75]), np.nan),
    ]:
        with pytest.raises(ValueError, match=r"(?i)nan"):
            student.apply_threshold(scores, threshold)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("A decision is 0 or 1, a whole number: the array must be one of integers.")
def test_returns_new_integers_and_keeps_nothing_between_calls(student, solution, rng):
    # The second is what a careless function would return as it is.
    first, second = rng.permutation([-1.0, 0.0, 1.0, 2.0]), rng.permutation([0, 1, 1, 0])
    second.flags.writeable = False
    for scores, threshold in ((first, 2.0), (second, 0.5)):
        result = student.apply_threshold(scores, threshold)
        assert_exact(result, solution.apply_threshold(scores, threshold))
        assert result.dtype == np.int64
        unchanged(student.apply_threshold)
        no_alias(student.apply_threshold)
