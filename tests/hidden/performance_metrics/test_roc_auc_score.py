"""Hidden tests of roc_auc_score."""

import numpy as np
import pytest

from grader import Size, assert_close, unchanged

pytestmark = pytest.mark.function("roc_auc_score")


@pytest.mark.group("value")
@pytest.mark.points(2)
@pytest.mark.hint("A coin toss between equals wins how often? Does x grow along your curve?")
def test_agrees_with_the_reference_on_random_scores(student, solution, domain, rng):
    args = domain.draw(rng, Size(n=30))
    assert_close(student.roc_auc_score(*args), solution.roc_auc_score(*args))


@pytest.mark.group("value")
@pytest.mark.points(1.75)
@pytest.mark.hint(
    "How often does a vacant space beat an occupied one? Equal scores count one half."
)
def test_equal_scores_count_one_half(student):
    y_true = np.array([0, 1, 1, 0, 1, 0, 0, 0, 1, 1])
    scores = np.array([-3.0, 2.0, -1.0, 2.0, 5.0, -1.0, -3.0, -1.0, 2.0, -7.5])
    assert_close(student.roc_auc_score(y_true, scores), 17 / 25)
    assert_close(student.roc_auc_score(y_true, np.zeros(10)), 0.5)


@pytest.mark.group("value")
@pytest.mark.points(0.75)
@pytest.mark.hint("AUC needs scores, not decisions: there is no threshold in it.")
def test_a_good_order_is_worth_1_on_either_side_of_any_threshold(student):
    scores = np.array([0.02, 0.2, 0.11, 0.06, 0.35])
    assert_close(student.roc_auc_score(np.array([0, 1, 0, 0, 1]), scores), 1.0)


@pytest.mark.group("edge")
@pytest.mark.points(1)
@pytest.mark.hint("Scores that differ by 1e-12 differ: which one is larger?")
def test_close_scores_in_a_list_are_not_equal(student):
    scores = [0.1 + 0.2, 0.3, 0.3 - 1e-12, 1e-9, 2e-12, -1e-12]
    assert_close(student.roc_auc_score([True, 0, 0.0, False, 1, 0], scores), 5 / 8)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_one_vacant_space_among_many(student):
    scores = np.arange(401.0)
    assert_close(student.roc_auc_score(scores == 300, scores), 0.75)


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("The same model on a lot with five times as many cars: does the area change?")
def test_only_the_order_of_the_scores_matters_not_how_many_spaces_are_vacant(student, domain, rng):
    y_true, scores = domain.draw(rng, Size(n=16))
    area = student.roc_auc_score(y_true[::-1], scores[::-1] / 4 + 9)
    assert 0 < area < 1
    cars = np.append(np.arange(16), np.repeat(np.flatnonzero(y_true == 0), 4))
    assert_close(student.roc_auc_score(y_true[cars], -scores[cars]), 1 - area)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("No occupied space, or no vacant one: is there still a curve?")
def test_wrong_shapes_no_examples_nan_and_one_class_are_errors(student):
    for shapes in [((4,), (3,)), ((4, 1), (4, 1))]:
        y_true = np.resize([0, 1], shapes[0])
        scores = np.arange(np.prod(shapes[1])).reshape(shapes[1]) / 4
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.roc_auc_score(y_true, scores)
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.roc_auc_score(np.zeros(0, dtype=int), np.zeros(0))
    for y_true in ([0, 0, 0], [1, 1, 1], [0.5, 1.0, 0.0]):
        with pytest.raises(ValueError, match=r"(?i)label"):
            student.roc_auc_score(np.array(y_true), np.array([0.25, 0.5, 0.75]))
    with pytest.raises(ValueError, match=r"(?i)nan"):
        student.roc_auc_score(np.array([1, 0, 1]), np.array([0.75, np.nan, 0.25]))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_returns_a_float_leaves_its_arguments_alone_and_keeps_nothing(student):
    # As floats, which a careless function would take as its own.
    first = np.array([0.0, 0.0, 1.0, 1.0, 0.0]), np.array([-1.5, 0.0, 0.25, 0.5, 2.0])
    second = np.array([1, 0, 1, 0, 0]) == 1, np.array([200, 3, 100, 100, 0], dtype=np.uint8)
    for array in second:
        array.flags.writeable = False
    for args, expected in ((first, 2 / 3), (second, 5.5 / 6)):
        result = student.roc_auc_score(*args)
        assert_close(result, expected)
        assert isinstance(result, float)
        unchanged(student.roc_auc_score)
