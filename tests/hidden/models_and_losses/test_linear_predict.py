"""Hidden tests of linear_predict."""

import numpy as np
import pytest

from grader import Size, assert_close, no_alias, unchanged

pytestmark = pytest.mark.function("linear_predict")


@pytest.mark.group("value")
@pytest.mark.points(1)
def test_agrees_with_the_reference_on_random_models(student, solution, domain, rng):
    X, w, b = domain.draw(rng, Size(n=4, d=4))
    assert_close(student.linear_predict(X, w, b), solution.linear_predict(X, w, b), "T1")


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("What does your model predict for a row of zeros?")
def test_the_bias_enters_every_prediction_once_and_is_optional(student):
    X = np.array([[0.0, 0.0, 0.0], [1.0, 1.0, 1.0]])
    w = np.array([3.0, -1.0, 5.0])
    assert_close(student.linear_predict(X, w, -2.5), np.array([-2.5, 4.5]), "T1")
    assert_close(student.linear_predict(X, w), np.array([0.0, 7.0]), "T1")


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Try your function with `np.array([1, 2], dtype=np.uint8)`.")
def test_takes_arrays_of_any_number_type(student):
    X, w = np.array([[200, 100], [3, 250], [7, 0]], dtype=np.uint8), np.array([3, 2], np.uint8)
    assert_close(student.linear_predict(X, w, 0.5), np.array([800.5, 509.5, 21.5]), "T1")
    third = np.array([[1, 3], [2, 5]], dtype=np.float32) / np.float32(3)
    expected = third.astype(float) @ third[1].astype(float)
    assert_close(student.linear_predict(third, third[1]), expected, "T1")


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
def test_a_nan_in_a_list_stays_in_its_row(student):
    X = [[True, 2], [np.nan, 1], [0.5, -1], [np.inf, 1]]
    got = student.linear_predict(X, [2, 3], 1)
    assert_close(got, np.array([9.0, np.nan, -1.0, np.inf]), "T1")


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
def test_no_examples_give_no_predictions(student):
    assert_close(student.linear_predict(np.zeros((0, 3)), np.ones(3), 2.0), np.zeros(0), "T1")


@pytest.mark.group("property")
@pytest.mark.points(0.5)
def test_is_affine_in_the_weights_and_predicts_each_example_on_its_own(student, domain, rng):
    X, w, b = domain.draw(rng, Size(n=20, d=6))
    some = rng.permutation(20)[:7]
    once = student.linear_predict(X, w, b)
    got = student.linear_predict(X[some], -2 * w, b + 1.75)
    assert_close(got, 3 * b + 1.75 - 2 * once[some], "T1")


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_shapes_that_do_not_fit_are_an_error(student):
    for X, w in [
        (np.ones((4, 1)), np.ones(3)),
        (np.ones(3), np.ones(3)),
    ]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.linear_predict(X, w, 1.0)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_leaves_its_arguments_alone_and_keeps_nothing_between_calls(student):
    X, w = np.array([[1.0, 2.0], [0.0, -1.0], [3.0, 0.5]]), np.array([2.0, -1.0])
    result = student.linear_predict(X, w, 0.0)
    unchanged(student.linear_predict)
    no_alias(student.linear_predict)
    assert_close(result, np.array([0.0, 1.0, 5.5]), "T1")
    assert result.dtype == np.float64
    X, w = X + 1, w - 1
    X.flags.writeable = w.flags.writeable = False
    assert_close(student.linear_predict(X, w, 3.0), np.array([-1.0, 4.0, 4.0]), "T1")
