"""Hidden tests of precision_recall_curve."""

import numpy as np
import pytest

from grader import Size, assert_close, assert_exact, no_alias, unchanged

pytestmark = pytest.mark.function("precision_recall_curve")


@pytest.mark.group("value")
@pytest.mark.points(2)
@pytest.mark.hint(
    "Can a threshold separate equal scores? Thresholds ascend here, unlike in the ROC."
)
def test_agrees_with_the_reference_on_random_scores(student, solution, domain, rng):
    args = domain.draw(rng, Size(n=30))
    precision, recall, thresholds = student.precision_recall_curve(*args)
    assert_close((precision, recall, thresholds), solution.precision_recall_curve(*args))


@pytest.mark.group("value")
@pytest.mark.points(2)
@pytest.mark.hint(
    "One point per distinct score. Nothing called vacant: which precision does that have?"
)
def test_logits_of_which_some_are_equal(student):
    y_true = np.array([0, 1, 1, 0, 1, 0, 0, 0, 1, 1])
    scores = np.array([-3.0, 2.0, -1.0, 2.0, 4.7, -1.0, -3.0, -1.0, 2.0, -7.5])
    precision, recall, thresholds = student.precision_recall_curve(y_true, scores)
    assert_close(precision, np.array([5 / 10, 4 / 9, 4 / 7, 3 / 4, 1, 1]))
    assert_close(recall, np.array([5, 4, 4, 3, 1, 0]) / 5)
    assert_close(thresholds, np.array([-7.5, -3.0, -1.0, 2.0, 4.7]))


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("How many thresholds classify differently? Scores that differ by 1e-12 differ.")
def test_no_point_is_dropped_and_close_scores_stay_apart(student):
    y_true = np.array([0, 0, 0, 1, 1, 0])
    scores = np.array([-1e-12, 2e-12, 1e-9, 0.3 - 1e-12, 0.3, 0.1 + 0.2])
    precision, recall, thresholds = student.precision_recall_curve(y_true, scores)
    assert_close(precision, np.array([2 / 6, 2 / 5, 2 / 4, 2 / 3, 1 / 2, 0, 1]))
    assert_close(recall, np.array([2, 2, 2, 2, 1, 0, 0]) / 2)
    assert_exact(thresholds, scores)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint(
    "A lot without occupied spaces has a precision. And equal scores have one threshold."
)
def test_equal_scores_and_a_lot_that_is_all_vacant(student):
    got = student.precision_recall_curve([1, 0, 0, True, 0.0], [2, 2, 2, 2, 2])
    ends = np.array([0.4, 1.0]), np.array([1.0, 0.0])
    assert_close(tuple(got), (*ends, np.array([2.0])))
    scores = np.array([0.75, 0.25, 0.5])
    precision, recall, thresholds = student.precision_recall_curve(np.ones(3, dtype=int), scores)
    rates = np.ones(4), np.array([3, 2, 1, 0]) / 3
    assert_close((precision, recall, thresholds), (*rates, np.array([0.25, 0.5, 0.75])))


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("Must precision rise with the threshold? Count it anew at each one.")
def test_each_point_belongs_to_its_threshold_and_only_the_order_matters(student, domain, rng):
    y_true, scores = domain.draw(rng, Size(n=12))
    # Occupied spaces first, then vacant ones.
    order = np.argsort(y_true)
    y_true, scores = y_true[order], scores[order]
    precision, recall, thresholds = student.precision_recall_curve(y_true, scores)
    assert_exact(thresholds, np.array(sorted(set(scores.tolist()))))
    called = scores >= thresholds[:, np.newaxis]
    found = called[:, y_true == 1].sum(axis=1)
    assert_close(precision, np.append(found / called.sum(axis=1), 1.0))
    assert_close(recall, np.append(found / y_true.sum(), 0.0))
    got = student.precision_recall_curve(y_true[::-1], 2 * scores[::-1] - 3)
    assert_close((got[0], got[1]), (precision, recall))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("No vacant space: is there still a recall?")
def test_wrong_shapes_no_examples_nan_and_no_vacant_space_are_errors(student):
    for shapes in [((4,), (3,)), ((4, 1), (4, 1))]:
        y_true = np.resize([0, 1], shapes[0])
        scores = np.arange(np.prod(shapes[1])).reshape(shapes[1]) / 4
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.precision_recall_curve(y_true, scores)
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.precision_recall_curve(np.zeros(0, dtype=int), np.zeros(0))
    for y_true in ([0, 0, 0], [0.5, 1.0, 0.0]):
        with pytest.raises(ValueError, match=r"(?i)label"):
            student.precision_recall_curve(np.array(y_true), np.array([0.25, 0.5, 0.75]))
    with pytest.raises(ValueError, match=r"(?i)nan"):
        student.precision_recall_curve(np.array([1, 0, 1]), np.array([0.75, np.nan, 0.25]))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Three new arrays of floats, in a tuple, whatever the type of the scores.")
def test_returns_a_tuple_of_new_arrays_and_keeps_nothing(student):
    # As floats and in ascending order, which a careless function would take as its own.
    first = np.array([0.0, 0.0, 1.0, 1.0, 0.0]), np.array([-1.5, 0.0, 0.25, 0.5, 2.0])
    curve = np.array([2 / 5, 2 / 4, 2 / 3, 1 / 2, 0, 1]), np.array([2, 2, 2, 1, 0, 0]) / 2
    curve = *curve, first[1]
    second = np.array([1, 0, 1, 0, 0]) == 1, np.array([200, 3, 100, 100, 0], dtype=np.uint8)
    other = np.array([2 / 5, 2 / 4, 2 / 3, 1, 1]), np.array([2, 2, 2, 1, 0]) / 2
    other = *other, np.array([0.0, 3.0, 100.0, 200.0])
    for array in second:
        array.flags.writeable = False
    for args, expected in ((first, curve), (second, other)):
        result = student.precision_recall_curve(*args)
        assert_close(result, expected)
        assert [array.dtype for array in result] == [np.float64] * 3
        unchanged(student.precision_recall_curve)
        no_alias(student.precision_recall_curve)
