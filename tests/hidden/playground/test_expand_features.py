"""Hidden tests of expand_features."""

import re

import numpy as np
import pytest

from grader import Size, assert_close, no_alias, unchanged

pytestmark = pytest.mark.function("expand_features")

NAMES = ["x1", "x2", "x1^2", "x2^2", "x1*x2", "sin(x1)", "sin(x2)"]


@pytest.mark.group("value")
@pytest.mark.points(1.5)
def test_agrees_with_the_reference_on_random_points(student, solution, domain, rng):
    for n, count in [(7, 7), (7, 6), (2, 3), (40, 4), (5, 1), (9, 8)]:
        X, _ = domain.draw(rng, Size(n=n))
        names = [NAMES[i % 7] for i in rng.permutation(14)[:count]]
        expected = solution.expand_features(X.astype(float), names)
        assert_close(student.expand_features(X.astype(float), names), expected)


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Your sine at x = pi/2? And at x = pi/6?")
def test_all_seven_features_of_known_points(student):
    X = np.array([[3.0, -4.0], [np.pi / 2, -np.pi / 6], [-0.5, 0.0]])
    names = ["sin(x2)", "x1*x2", "x2^2", "x1", "sin(x1)", "x2", "x1^2"]
    half, sixth = np.pi / 2, np.pi / 6
    expected = [
        [0.7568024953079282, -12.0, 16.0, 3.0, 0.1411200080598672, -4.0, 9.0],
        [-0.5, -half * sixth, sixth**2, half, 1.0, -sixth, half**2],
        [0.0, 0.0, 0.0, -0.5, -0.479425538604203, 0.0, 0.25],
    ]
    assert_close(student.expand_features(X, names), np.array(expected))


@pytest.mark.group("value")
@pytest.mark.points(0.75)
@pytest.mark.hint("Ask for x2 before x1, and for x1 twice.")
def test_columns_come_in_the_order_asked_for_and_may_repeat(student):
    X = np.array([[2.0, 5.0], [-1.0, 3.0], [4.0, -2.0]])
    x1, x2 = X.T
    assert_close(student.expand_features(X, ["x2", "x1"]), X[:, ::-1])
    got = student.expand_features(X, ["x2", "x1*x2", "x1", "x2", "x1^2", "x1", "x1*x2"])
    assert_close(got, np.array([x2, x1 * x2, x1, x2, x1**2, x1, x1 * x2]).T)


@pytest.mark.group("value")
@pytest.mark.points(0.75)
@pytest.mark.hint("A table with one column is still a table.")
def test_one_name_gives_a_table_with_one_column(student):
    X = np.array([[2.0, 5.0], [-1.0, 3.0], [4.0, -2.0]])
    for name, column in [
        ("x1", [2.0, -1.0, 4.0]),
        ("x2^2", [25.0, 9.0, 4.0]),
        ("x1*x2", [10.0, -3.0, -8.0]),
    ]:
        assert_close(student.expand_features(X, [name]), np.array(column)[:, np.newaxis])


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Try your function with `np.array([[200, 100]], dtype=np.uint8)`, and with lists."
)
def test_takes_lists_and_arrays_of_any_number_type(student):
    X, names = [[200, 3], [17, 100], [0, 255]], ["x1^2", "x2", "x1*x2", "x2^2", "sin(x1)"]
    x1, x2 = np.array(X, dtype=float).T
    expected = np.array([x1**2, x2, x1 * x2, x2**2, np.sin(x1)]).T
    assert_close(student.expand_features(X, tuple(names)), expected)
    for kind in (np.uint8, np.int16, np.float32):
        result = student.expand_features(np.array(X, dtype=kind), names)
        assert_close(result, expected)
        assert result.dtype == np.float64
    third = np.array([[1, 2], [5, 7]], dtype=np.float32) / np.float32(3)
    x1, x2 = third.astype(float).T
    got = student.expand_features(third, ["x1^2", "sin(x2)", "x1*x2"])
    assert_close(got, np.array([x1**2, np.sin(x2), x1 * x2]).T)
    flags = np.array([[True, False], [True, True]])
    got = student.expand_features(flags, ["x1*x2", "x2^2", "x1"])
    assert_close(got, np.array([[0.0, 0.0, 1.0], [1.0, 1.0, 1.0]]))


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
def test_one_point_and_arrays_that_do_not_lie_row_by_row(student):
    assert_close(
        student.expand_features(np.array([[-3.0, 0.5]]), ["x2", "x1^2", "x1*x2"]),
        np.array([[0.5, 9.0, -1.5]]),
    )
    wide = np.arange(24.0).reshape(4, 6) - 7
    for X in (wide[:, 1:5:3], wide[::-2, 2:4], np.asfortranarray(wide[:, 3:5])):
        x1, x2 = np.ascontiguousarray(X).T
        got = student.expand_features(X, ["x2^2", "x1", "sin(x1)"])
        assert_close(got, np.array([x2**2, x1, np.sin(x1)]).T)


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
def test_a_nan_shows_in_the_columns_computed_from_it_and_nowhere_else(student):
    X = np.array([[1.0, 2.0], [np.nan, 3.0], [-2.0, np.nan]])
    got = student.expand_features(X, ["x2", "x1*x2", "x1^2", "x1", "sin(x2)", "x2^2"])
    nan = np.nan
    expected = [
        [2.0, 2.0, 1.0, 1.0, np.sin(2.0), 4.0],
        [3.0, nan, nan, nan, np.sin(3.0), 9.0],
        [nan, nan, 4.0, -2.0, nan, nan],
    ]
    assert_close(got, np.array(expected))


@pytest.mark.group("property")
@pytest.mark.points(0.25)
@pytest.mark.hint("Does one row's feature depend on the other rows?")
def test_each_point_is_expanded_on_its_own(student, rng):
    X, order = rng.uniform(-5, 5, (8, 2)), rng.permutation(8)
    names = [NAMES[i] for i in rng.permutation(7)]
    whole = student.expand_features(X, names)
    assert_close(student.expand_features(X[order], names), whole[order])
    assert_close(student.expand_features(X[2:4], names), whole[2:4])
    assert_close(student.expand_features(X, names[::-1]), whole[:, ::-1])


@pytest.mark.group("property")
@pytest.mark.points(0.25)
def test_squares_are_even_and_crosses_and_sines_are_odd(student, rng):
    X = rng.uniform(-5, 5, (6, 2))
    names = ["x1^2", "x1*x2", "sin(x1)", "x2^2", "sin(x2)", "x2"]
    right = student.expand_features(X, names)
    assert_close(student.expand_features(X * [-1, 1], names), right * [1, -1, -1, 1, 1, 1])
    assert_close(student.expand_features(X * [1, -1], names), right * [1, -1, 1, 1, -1, -1])
    swapped = student.expand_features(X[:, ::-1], ["x2^2", "x1*x2", "sin(x2)"])
    assert_close(swapped, right[:, :3])
    squares, sines = right[:, 0], right[:, 2]
    assert_close(squares, X[:, 0] ** 2)
    assert_close(sines, np.sin(X[:, 0]))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_unknown_names_no_names_and_other_tables_are_errors(student):
    X = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    for names, wrong in [
        (["x1", "x3"], "x3"),
        (["cos(x1)", "x2"], "cos(x1)"),
        (["x1", "x1^3", "x2"], "x1^3"),
        (["x2*x1^2"], "x2*x1^2"),
    ]:
        with pytest.raises(ValueError, match=rf"(?i){re.escape(wrong)}"):
            student.expand_features(X, names)
    for names in ([], ()):
        with pytest.raises(ValueError, match=r"(?i)empty"):
            student.expand_features(X, names)
    for shape in [(4, 3), (4, 1), (2,), (5,), (2, 2, 2)]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.expand_features(np.ones(shape), ["x1", "x2"])


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint(
    "Return a new array of floats: does changing it change the input, or the next result?"
)
def test_leaves_its_arguments_alone_and_keeps_nothing_between_calls(student, solution, rng):
    first, second = rng.uniform(-5, 5, (2, 3, 2))
    chosen = [["x1", "x2"], ["x2", "x1^2"], ["x1"], ["x2"], ["sin(x1)", "x1", "x2"]]
    for names in chosen:
        for X in (first, second, first):
            result = student.expand_features(X, names)
            assert_close(result, solution.expand_features(X, names))
            assert result.dtype == np.float64
            unchanged(student.expand_features)
            no_alias(student.expand_features)
    first.flags.writeable = False
    for names in chosen:
        got = student.expand_features(first, names)
        assert_close(got, solution.expand_features(first, names))
        no_alias(student.expand_features)
    points = [[1, 2], [3, 4]]
    got = student.expand_features(points, ["x2", "x1^2"])
    assert_close(got, np.array([[2.0, 1.0], [4.0, 9.0]]))
    unchanged(student.expand_features)
