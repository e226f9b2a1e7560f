"""Hidden tests of loss_slice."""

import numpy as np
import pytest

from grader import assert_close, unchanged

pytestmark = pytest.mark.function("loss_slice")


def squares(w):
    return float(np.sum(np.asarray(w) ** 2))


@pytest.mark.group("value")
@pytest.mark.points(1.5)
def test_random_lines(student, rng):
    w, direction, ts = rng.normal(size=(3, 2))
    expected = np.array([squares(w + t * direction) for t in ts])
    assert_close(student.loss_slice(squares, w, direction, ts), expected, "T1")


@pytest.mark.group("value")
@pytest.mark.points(1.5)
@pytest.mark.hint(
    "What is t = 1 when direction = (3, 4), and which side is t > 0? Does each point start from w?"
)
def test_walks_from_w_as_far_as_the_direction_is_long(student):
    w, direction = np.array([1.0, 0.0, -1.0]), np.array([2.0, 0.0, 1.0])

    def linear(w):
        return float(w @ np.array([100.0, 10.0, 1.0]))

    got = student.loss_slice(linear, w, direction, np.array([0.0, 1.0, -2.0]))
    assert_close(got, np.array([99.0, 300.0, -303.0]), "T1")


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Try w, direction and ts as arrays of type uint8.")
def test_takes_arrays_of_bytes(student):
    byte = np.array([200, 100], dtype=np.uint8)
    assert_close(student.loss_slice(squares, byte, byte, byte[1:]), np.array([510050000.0]), "T1")


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_no_place_gives_no_loss_and_lists_give_inf_and_nan(student):
    assert_close(student.loss_slice(squares, np.ones(2), np.ones(2), np.zeros(0)), np.zeros(0))

    def broken(w):
        return np.inf if w[0] else np.nan

    got = student.loss_slice(broken, [0], [1], [1, 0])
    assert_close(got, np.array([np.inf, np.nan]))


@pytest.mark.group("property")
@pytest.mark.points(0.5)
def test_passes_w_at_0_and_is_convex_where_the_loss_is(student, rng):
    w, direction = rng.normal(size=(2, 3))
    ts = np.array([-1.5, 0.0, 1.5])
    got = student.loss_slice(squares, w, direction, ts)
    assert_close(got[1], squares(w), "T1")
    assert np.diff(got, 2)[0] > 0


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_a_direction_of_another_shape_is_an_error(student):
    with pytest.raises(ValueError, match=r"(?i)shape"):
        student.loss_slice(squares, np.ones(3), np.ones((3, 1)), np.ones(1))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("After your call, are w and direction still what they were?")
def test_leaves_its_arguments_alone_and_keeps_nothing(student):
    w, direction, ts = np.array([1.0, 2.0]), np.array([0.0, -1.0]), np.array([3.0])
    result = student.loss_slice(squares, w, direction, ts)
    unchanged(student.loss_slice)
    assert_close(result, np.array([2.0]), "T1")
    assert result.dtype == np.float64
    third = np.array([1, 2], dtype=np.float32) / np.float32(3)
    w.flags.writeable = third.flags.writeable = False
    exact = third.astype(float)
    expected = np.array([squares(w + exact[0] * exact)])
    assert_close(student.loss_slice(squares, w, third, third[:1]), expected, "T1")
