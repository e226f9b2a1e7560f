"""Hidden tests of average_precision_score."""

import numpy as np
import pytest

from grader import Size, assert_close, unchanged

pytestmark = pytest.mark.function("average_precision_score")


@pytest.mark.group("value")
@pytest.mark.points(1.5)
@pytest.mark.hint(
    "The formula is a step sum: each precision is weighted by the recall gained there."
)
def test_agrees_with_the_reference_on_random_scores(student, solution, domain, rng):
    args = domain.draw(rng, Size(n=30))
    expected = solution.average_precision_score(*args)
    assert_close(student.average_precision_score(*args), expected)


@pytest.mark.group("value")
@pytest.mark.points(1.5)
@pytest.mark.hint(
    "Equal scores are one step. Which precision belongs to the step from R_i to R_{i+1}?"
)
def test_logits_of_which_some_are_equal(student):
    y_true = np.array([0, 1, 1, 0, 1, 0, 0, 0, 1, 1])
    scores = np.array([-3.0, 2.0, -1.0, 2.0, 5.0, -1.0, -3.0, -1.0, 2.0, -7.5])
    expected = (1 + 2 * 3 / 4 + 4 / 7 + 5 / 10) / 5
    assert_close(student.average_precision_score(y_true, scores), expected)


@pytest.mark.group("edge")
@pytest.mark.points(1)
@pytest.mark.hint("Equal scores are one step; scores that differ by 1e-12 are two.")
def test_equal_and_close_scores_and_a_lot_that_is_all_vacant(student):
    y_true = [1, 0, 0, True, 0.0]
    assert_close(student.average_precision_score(y_true, [2, 2, 2, 2, 2]), 0.4)
    close = np.array([0.3, 0.1 + 0.2, 1e-12, 0.3 - 1e-12, 0.0])
    assert_close(student.average_precision_score(np.array(y_true), close), (1 / 2 + 2 / 3) / 2)
    got = student.average_precision_score(np.ones(3, dtype=int), np.array([0.75, 0.25, 0.5]))
    assert_close(got, 1.0)
    assert isinstance(got, float)


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("Twice as many cars, the same model: which precision do you expect?")
def test_the_share_of_vacant_spaces_matters(student, domain, rng):
    y_true, scores = domain.draw(rng, Size(n=16))
    area = student.average_precision_score(y_true, scores)
    assert 0 < area < 1
    cars = np.append(np.arange(16), np.flatnonzero(y_true == 0))
    assert student.average_precision_score(y_true[cars], scores[cars] / 4 + 9) < area


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("No vacant space: is there still a recall?")
def test_wrong_shapes_no_examples_nan_and_no_vacant_space_are_errors(student):
    for shapes in [((4,), (3,)), ((4, 1), (4, 1))]:
        y_true = np.resize([0, 1], shapes[0])
        scores = np.arange(np.prod(shapes[1])).reshape(shapes[1]) / 4
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.average_precision_score(y_true, scores)
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.average_precision_score(np.zeros(0, dtype=int), np.zeros(0))
    for y_true in ([0, 0, 0], [0.5, 1.0, 0.0]):
        with pytest.raises(ValueError, match=r"(?i)label"):
            student.average_precision_score(np.array(y_true), np.array([0.25, 0.5, 0.75]))
    with pytest.raises(ValueError, match=r"(?i)nan"):
        student.average_precision_score(np.array([1, 0, 1]), np.array([0.75, np.nan, 0.25]))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_returns_a_float_leaves_its_arguments_alone_and_keeps_nothing(student):
    # As floats, which a careless function would take as its own.
    first = np.array([0.0, 0.0, 1.0, 1.0, 0.0]), np.array([-1.5, 0.0, 0.25, 0.5, 2.0])
    second = np.array([1, 0, 1, 0, 0]) == 1, np.array([200, 3, 100, 100, 0], dtype=np.uint8)
    for array in second:
        array.flags.writeable = False
    for args, expected in ((first, 7 / 12), (second, 5 / 6)):
        result = student.average_precision_score(*args)
        assert_close(result, expected)
        assert isinstance(result, float)
        unchanged(student.average_precision_score)
