"""Hidden tests of best_threshold."""

import numpy as np
import pytest

from grader import assert_close, assert_exact, unchanged

pytestmark = pytest.mark.function("best_threshold")

Y_TRUE = np.array([1, 0, 0, 1, 0, 1, 0, 0])
SCORES = np.array([0.75, 0.2, 0.6, 0.9, 0.3, 0.45, 0.8, 0.1])


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Which error is the dear one: does the threshold spare you that?")
def test_agrees_with_the_reference_on_random_scores(student, solution, rng):
    y_true, scores = rng.permutation(np.arange(25) % 3 // 2), rng.permutation(25) / 8 - 1
    # The most accurate threshold cannot be the best for both.
    for costs in (1.0, 50.0), (50.0, 1.0):
        threshold, cost = student.best_threshold(y_true, scores, *costs)
        assert_close((threshold, cost), solution.best_threshold(y_true, scores, *costs))


@pytest.mark.group("value")
@pytest.mark.points(0.5)
@pytest.mark.hint("Change the costs: does your threshold move?")
def test_the_threshold_depends_on_the_costs(student):
    threshold, cost = student.best_threshold(Y_TRUE, SCORES, 2.0, 7.0)
    assert_close((threshold, cost), (0.45, 0.5))


@pytest.mark.group("value")
@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Scores may be logits: which thresholds change a decision? Of equally cheap ones, which "
    "disturbs fewer drivers?"
)
def test_scores_may_be_logits(student):
    logits = np.array([3.5, -8.0, 1.0, 40.0, -2.5, -0.5, 12.0, -11.0])
    threshold, cost = student.best_threshold(Y_TRUE, logits, cost_fn=2.0, cost_fp=2.0)
    assert_close((threshold, cost), (40.0, 0.5))


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Which threshold calls nothing vacant, and when is that the cheapest?")
def test_free_errors_and_one_class(student):
    scores = np.array([0.25, 0.5, 0.75, 0.25])
    for y_true, costs, expected in [
        ([0, 1, 0, 0], (0.0, 0.0), (np.inf, 0.0)),
        ([0, 0, 0, 0], (2.0, 3.0), (np.inf, 0.0)),
        ([1, 1, 1, 1], (2.0, 3.0), (0.25, 0.0)),
    ]:
        threshold, cost = student.best_threshold(np.array(y_true), scores, *costs)
        assert_close((threshold, cost), expected)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_takes_close_scores_in_a_list(student):
    close = [0.3, 0.1 + 0.2, 1e-12]
    threshold, cost = student.best_threshold([True, 0, 0.0], close, 1.0, 5.0)
    assert_exact(threshold, 0.3)
    assert_close(cost, 1 / 3)


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("No other score may be cheaper, and no higher one as cheap.")
def test_no_other_threshold_is_cheaper(student, rng):
    order = rng.permutation(8)
    y_true, scores = Y_TRUE[order], 10 * SCORES[order] - rng.uniform(2.5, 3.5)
    best, cost = student.best_threshold(y_true, scores, 4.0, 4.0)
    thresholds = np.append(scores, np.inf)
    wrong = (scores >= thresholds[:, np.newaxis]) != (y_true == 1)
    others = 4.0 * wrong.mean(axis=1)
    assert best in scores
    assert np.all(others > cost - 1e-12)
    assert np.all((thresholds <= best) | (others > cost + 1e-12))
    scaled = student.best_threshold(y_true, scores, 16.0, 16.0)
    assert_close((scaled[0], scaled[1]), (best, 4 * cost))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Which labels, shapes, scores and costs make sense? Look at given.checks.")
def test_wrong_shapes_no_examples_nan_and_negative_costs_are_errors(student):
    for shapes in [((4,), (3,)), ((4, 1), (4, 1))]:
        y_true = np.resize([0, 1], shapes[0])
        scores = np.arange(np.prod(shapes[1])).reshape(shapes[1]) / 4
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.best_threshold(y_true, scores, 1.0, 5.0)
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.best_threshold(np.zeros(0, dtype=int), np.zeros(0), 1.0, 5.0)
    with pytest.raises(ValueError, match=r"(?i)label"):
        student.best_threshold(np.array([0.5, 1.0, 0.0]), np.array([0.25, 0.5, 0.75]), 1.0, 5.0)
    with pytest.raises(ValueError, match=r"(?i)nan"):
        student.best_threshold(np.array([1, 0, 1]), np.array([0.75, np.nan, 0.25]), 1.0, 5.0)
    with pytest.raises(ValueError, match=r"(?i)\bcost_fp\b"):
        student.best_threshold(Y_TRUE, SCORES, -1.0, 5.0)
    with pytest.raises(ValueError, match=r"(?i)\bcost_fn\b"):
        student.best_threshold(Y_TRUE, SCORES, 1.0, -0.5)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Two floats in a tuple, whatever the type of the scores.")
def test_returns_two_floats_leaves_its_arguments_alone_and_keeps_nothing(student):
    # As floats, which a careless function would take as its own.
    first = (np.array([0.0, 0.0, 1.0, 1.0, 0.0]), np.array([-1.5, 0.0, 0.25, 0.5, 2.0]), 2.0, 7.0)
    second = np.array([1, 0, 1, 0, 0]) == 1, np.array([200, 3, 100, 100, 0], dtype=np.uint8)
    second = *second, 1, 5
    for array in second[:2]:
        array.flags.writeable = False
    for args, expected in ((first, (0.25, 0.4)), (second, (100.0, 0.2))):
        result = student.best_threshold(*args)
        assert_close(result, expected)
        assert [isinstance(number, float) for number in result] == [True, True]
        unchanged(student.best_threshold)
