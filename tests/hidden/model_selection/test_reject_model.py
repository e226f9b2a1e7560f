"""Hidden tests of reject_model."""

import itertools

import numpy as np
import pytest

from grader import unchanged

pytestmark = pytest.mark.function("reject_model")

# 4 of 10 spaces are vacant; 6 are called vacant, 3 of them rightly: precision 1/2, recall 3/4.
Y_TRUE = np.array([1, 0, 1, 0, 0, 1, 0, 0, 1, 0])
Y_PRED = np.array([1, 1, 1, 0, 1, 0, 0, 1, 1, 0])


def metrics_of(y_true, y_pred):
    """Return precision and recall."""
    found = np.sum(y_true * y_pred)
    return found / max(np.sum(y_pred), 1), found / max(np.sum(y_true), 1)


def decided(result, expected):
    """Assert that a decision is the expected bool."""
    assert isinstance(result, bool | np.bool_), f"True or False was wanted, got {result!r}"
    assert bool(result) == expected


@pytest.mark.group("value")
@pytest.mark.points(1)
def test_agrees_with_the_reference_on_random_decisions(student, solution, rng):
    y_true, y_pred = np.arange(30) % 3 // 2, rng.integers(0, 2, 30)
    y_pred[:6] = [1, 0, 1, 1, 1, 0]
    metrics = metrics_of(y_true, y_pred)
    # Both limits are kept, one of them, none.
    for steps in itertools.product((-0.07, 0.05), repeat=2):
        limits = np.clip(np.add(metrics, steps), 0.0, 1.0).tolist()
        expected = solution.reject_model(y_true, y_pred, *limits)
        decided(student.reject_model(y_true, y_pred, *limits), expected)


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Both limits are demands. Which share of what is precision, and which recall?")
def test_both_limits_must_be_kept(student):
    for min_precision, min_recall, expected in [
        (0.45, 0.7, False),
        (0.55, 0.7, True),
        (0.45, 0.8, True),
        (0.65, 0.1, True),
        (0.1, 0.65, False),
    ]:
        decided(student.reject_model(Y_TRUE, Y_PRED, min_precision, min_recall), expected)


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Which number of 'always occupied' is bad?")
def test_constant_decisions_are_not_excused_by_their_accuracy(student):
    y_true = np.array([0] * 19 + [1])
    occupied, vacant = np.zeros(20, dtype=int), np.ones(20, dtype=int)
    decided(student.reject_model(y_true, occupied, 0.01, 0.0), True)
    decided(student.reject_model(y_true, occupied, 0.0, 0.01), True)
    decided(student.reject_model(y_true, vacant, 0.04, 0.99), False)
    decided(student.reject_model(y_true, vacant, 0.06, 0.0), True)
    decided(student.reject_model(1 - y_true, vacant, 0.9, 0.9), False)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Limit 0 demands nothing, limit 1 that nothing is wrong. And 0/0 counts as 0.")
def test_limits_of_0_and_1_and_lots_without_vacant_spaces(student):
    none, some = np.zeros(4, dtype=int), np.array([0, 1, 1, 0])
    for y_true, y_pred, limits, expected in [
        (none, none, (0.0, 0.0), False),
        (none, none, (0.5, 0.0), True),
        (none, some, (0.0, 0.01), True),
        (some, some, (1.0, 1.0), False),
        (some, np.array([0, 1, 0, 0]), (1.0, 0.4), False),
        (some, np.array([1, 1, 1, 0]), (0.6, 1), False),
        (some, np.array([0, 1, 0, 0]), (1, 1.0), True),
    ]:
        decided(student.reject_model(y_true, y_pred, *limits), expected)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Try labels of type bool and uint8, many examples, one example, and lists.")
def test_takes_lists_and_arrays_of_any_number_type(student):
    many_true, many_pred = np.tile(Y_TRUE, 100), np.tile(Y_PRED, 100)
    for kind, step in [(bool, -0.01), (np.uint8, 0.01), (np.int8, -0.01)]:
        y_true, y_pred = many_true.astype(kind), many_pred.astype(kind)
        decided(student.reject_model(y_true, y_pred, 0.5 + step, 0.75 + step), step > 0)
    decided(student.reject_model(Y_TRUE.tolist(), Y_PRED.tolist(), 0.45, 0.7), False)
    decided(student.reject_model([True, False], [1.0, 1.0], 0.55, 0), True)
    decided(student.reject_model(np.array([1]), np.array([1]), 1, 1), False)


@pytest.mark.group("property")
@pytest.mark.points(0.25)
def test_stricter_limits_never_accept_a_rejected_model(student, rng):
    order = rng.permutation(10)
    y_true, y_pred = Y_TRUE[order], Y_PRED[order]
    f = student.reject_model
    for rejected in (
        [bool(f(y_true, y_pred, limit, 0.0)) for limit in (0.0, 0.37, 1.0)],
        [bool(f(y_true, y_pred, 0.0, limit)) for limit in (0.0, 0.37, 1.0)],
    ):
        assert rejected == [False, False, True]


@pytest.mark.group("property")
@pytest.mark.points(0.25)
def test_occupied_spaces_called_occupied_change_nothing(student, rng):
    more = rng.permutation(np.column_stack([[*Y_TRUE, *[0] * 30], [*Y_PRED, *[0] * 30]])).T
    for limits in [(0.45, 0.7), (0.7, 0.7)]:
        result = student.reject_model(Y_TRUE, Y_PRED, *limits)
        decided(student.reject_model(*more, *limits), bool(result))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_impossible_limits_labels_and_shapes_are_errors(student):
    f = student.reject_model
    for limit in (-0.1, 1.1):
        with pytest.raises(ValueError, match=r"(?i)\bmin_precision\b"):
            f(Y_TRUE, Y_PRED, limit, 0.5)
        with pytest.raises(ValueError, match=r"(?i)\bmin_recall\b"):
            f(Y_TRUE, Y_PRED, 0.5, limit)
    for y_true, y_pred in (([0, 2, 1], [0, 1, 1]), ([0, 1, 1], [0.5, 1.0, 0.0])):
        with pytest.raises(ValueError, match=r"(?i)label"):
            f(np.array(y_true), np.array(y_pred), 0.5, 0.5)
    for shapes in [((3,), (3, 1)), ((3, 1), (3, 1)), ((1,), (3,))]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            f(np.ones(shapes[0], dtype=int), np.ones(shapes[1], dtype=int), 0.5, 0.5)
    with pytest.raises(ValueError, match=r"(?i)empty"):
        f(np.zeros(0, dtype=int), np.zeros(0, dtype=int), 0.5, 0.5)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Return True or False, not an array's element, and change nothing.")
def test_returns_a_bool_leaves_its_arguments_alone_and_keeps_nothing(student):
    y_true, y_pred = Y_TRUE.copy(), Y_PRED.astype(float)
    y_true.flags.writeable = y_pred.flags.writeable = False
    for args, expected in [
        ((y_true, y_pred, 0.45, 0.7), False),
        ((y_true, y_pred, 0.55, 0.7), True),
        ((y_pred, y_true, 0.55, 0.45), False),
        (([1, 0], [1, 1], 0.9, 0.9), True),
    ]:
        result = student.reject_model(*args)
        unchanged(student.reject_model)
        assert isinstance(result, bool)
        assert result is expected
