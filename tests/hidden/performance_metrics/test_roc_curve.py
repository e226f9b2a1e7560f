"""Hidden tests of roc_curve."""

import numpy as np
import pytest

from grader import Size, assert_close, assert_exact, no_alias, unchanged

pytestmark = pytest.mark.function("roc_curve")


@pytest.mark.group("value")
@pytest.mark.points(2)
@pytest.mark.hint("Two spaces with the same score: can a threshold separate them?")
def test_agrees_with_the_reference_on_random_scores(student, solution, domain, rng):
    args = domain.draw(rng, Size(n=30))
    fpr, tpr, thresholds = student.roc_curve(*args)
    assert_close((fpr, tpr, thresholds), solution.roc_curve(*args))


@pytest.mark.group("value")
@pytest.mark.points(2)
@pytest.mark.hint("Which rate goes on the x axis? And how many distinct scores are there?")
def test_logits_of_which_some_are_equal(student):
    y_true = np.array([0, 1, 1, 0, 1, 0, 0, 0, 1, 1])
    scores = np.array([-3.0, 2.0, 0.0, 2.0, 4.7, 0.0, -3.0, 0.0, 2.0, -7.5])
    fpr, tpr, thresholds = student.roc_curve(y_true, scores)
    assert_close(fpr, np.array([0, 0, 1, 3, 5, 5]) / 5)
    assert_close(tpr, np.array([0, 1, 3, 4, 4, 5]) / 5)
    assert_close(thresholds, np.array([np.inf, 4.7, 2.0, 0.0, -3.0, -7.5]))


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("No threshold calls nothing vacant, unless it lies above every possible score.")
def test_starts_at_inf_with_nothing_called_vacant_and_ends_with_everything(student):
    fpr, tpr, thresholds = student.roc_curve([0, True, 0.0], [900, 30.0, -2])
    assert_close((fpr[0], tpr[0], thresholds[0]), (0.0, 0.0, np.inf))
    assert_close((fpr[-1], tpr[-1], thresholds[-1]), (1.0, 1.0, -2.0))


@pytest.mark.group("edge")
@pytest.mark.points(1)
@pytest.mark.hint(
    "Scores that differ by 1e-12 differ. And is a point on a straight line superfluous?"
)
def test_no_point_is_dropped_and_close_scores_stay_apart(student):
    y_true = np.array([1, 1, 1, 0, 0, 0])
    scores = np.array([0.1 + 0.2, 0.3, 0.3 - 1e-12, 1e-9, 2e-12, -1e-12])
    fpr, tpr, thresholds = student.roc_curve(y_true, scores)
    assert_close(fpr, np.array([0, 0, 0, 0, 1, 2, 3]) / 3)
    assert_close(tpr, np.array([0, 1, 2, 3, 3, 3, 3]) / 3)
    assert_exact(thresholds, np.append(np.inf, scores))


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("All scores equal: a threshold takes all spaces or none.")
def test_equal_scores(student):
    fpr, tpr, thresholds = student.roc_curve(np.array([1, 1, 0, 0, 0]), np.full(5, -0.25))
    ends = np.array([0.0, 1.0])
    assert_exact((fpr, tpr, thresholds), (ends, ends, np.array([np.inf, -0.25])))


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("How often do you go through all spaces? Sort the scores, then count along them.")
def test_20000_spaces(student):
    # 4000 different scores, five spaces of each; one in eight scores is that of vacant spaces.
    scores = np.arange(20000, dtype=np.int16) % 4000
    fpr, tpr, thresholds = student.roc_curve(scores % 8 == 4, scores)
    assert_exact(thresholds[1:], np.arange(3999.0, -1, -1))
    called = np.cumsum(thresholds[1:] % 8 == 4)
    assert_close(tpr[1:], called / called[-1])
    assert_close(fpr[1:], (np.arange(1, 4001) - called) / (4000 - called[-1]))


@pytest.mark.group("property")
@pytest.mark.points(1)
@pytest.mark.hint(
    "Each point belongs to the decisions scores >= threshold. And what is the curve of the model "
    "that says the opposite?"
)
def test_each_point_belongs_to_its_threshold_and_minus_mirrors_the_curve(student, domain, rng):
    y_true, scores = domain.draw(rng, Size(n=16))
    # Occupied spaces first, then vacant ones.
    order = np.argsort(y_true)
    y_true, scores = y_true[order], scores[order]
    fpr, tpr, thresholds = student.roc_curve(y_true, scores)
    assert_exact(thresholds, np.append(np.inf, sorted(set(scores.tolist()))[::-1]))
    called = scores >= thresholds[:, np.newaxis]
    assert_close(fpr, called[:, y_true == 0].mean(axis=1))
    assert_close(tpr, called[:, y_true == 1].mean(axis=1))
    got = student.roc_curve(y_true[::-1], 3 - 2 * scores[::-1])
    assert_close((got[0], got[1]), (1 - fpr[::-1], 1 - tpr[::-1]))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("No occupied space, or no vacant one: is there still a rate?")
def test_one_class_alone_is_an_error(student):
    for y_true in (np.zeros(3, dtype=int), np.ones(3, dtype=int)):
        with pytest.raises(ValueError, match=r"(?i)label"):
            student.roc_curve(y_true, np.arange(len(y_true)) / 4)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_nan_and_labels_other_than_0_and_1_are_errors(student):
    with pytest.raises(ValueError, match=r"(?i)nan"):
        student.roc_curve(np.array([1, 0, 1]), np.array([0.75, np.nan, 0.25]))
    with pytest.raises(ValueError, match=r"(?i)label"):
        student.roc_curve(np.array([0.5, 1.0, 0.0]), np.array([0.25, 0.5, 0.75]))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Print the shapes of labels and scores.")
def test_different_shapes_columns_and_no_examples_are_errors(student):
    for shapes in [((4,), (3,)), ((4, 1), (4, 1))]:
        y_true = np.resize([0, 1], shapes[0])
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.roc_curve(y_true, np.arange(np.prod(shapes[1])).reshape(shapes[1]) / 4)
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.roc_curve(np.zeros(0, dtype=int), np.zeros(0))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Three new arrays of floats, in a tuple, whatever the type of the scores.")
def test_returns_a_tuple_of_new_arrays_and_keeps_nothing(student):
    # As floats and in descending order, which a careless function would take as its own.
    first = np.array([0.0, 1.0, 1.0, 0.0, 0.0]), np.array([-1.5, 0.0, 0.25, 0.5, 2.0])[::-1]
    curve = np.array([0, 1, 1, 1, 2, 3]) / 3, np.array([0, 0, 1, 2, 2, 2]) / 2
    curve = *curve, np.append(np.inf, first[1])
    second = np.array([1, 0, 1, 0, 0]) == 1, np.array([200, 3, 100, 100, 0], dtype=np.uint8)
    other = np.array([0, 0, 1, 2, 3]) / 3, np.array([0, 1, 2, 2, 2]) / 2
    other = *other, np.array([np.inf, 200.0, 100.0, 3.0, 0.0])
    for array in second:
        array.flags.writeable = False
    for args, expected in ((first, curve), (second, other)):
        result = student.roc_curve(*args)
        assert_close(result, expected)
        assert [array.dtype for array in result] == [np.float64] * 3
        unchanged(student.roc_curve)
        no_alias(student.roc_curve)
