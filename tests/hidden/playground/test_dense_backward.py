"""Hidden tests of dense_backward."""

import numpy as np
import pytest

from grader import Size, assert_close, no_alias, unchanged

pytestmark = pytest.mark.function("dense_backward")

SQUARE = Size(n=4, d=4, k=4)


@pytest.mark.group("value")
@pytest.mark.points(2)
def test_agrees_with_the_reference_on_random_layers(student, solution, domain, rng):
    sizes = [Size(), Size(), Size(n=5, d=2, k=5), Size(n=3, d=6, k=2), Size(n=40, d=20, k=30)]
    for size in sizes:
        args = domain.draw(rng, size)
        assert_close(student.dense_backward(*args), solution.dense_backward(*args), "T1")


@pytest.mark.group("value")
@pytest.mark.points(1.5)
@pytest.mark.hint("dA, dW and db have the shapes of A, W and b. Nothing is averaged here.")
def test_a_layer_by_hand(student):
    dZ = np.array([[1.0, 0.0, -2.0], [0.5, 3.0, 1.0]])
    A = np.array([[2.0, -1.0], [4.0, 0.0]])
    W = np.array([[1.0, 2.0, 3.0], [0.0, -1.0, 4.0]])
    dA = np.array([[-5.0, -8.0], [9.5, 1.0]])
    dW = np.array([[4.0, 12.0, 0.0], [-1.0, 0.0, 2.0]])
    db = np.array([1.5, 3.0, -1.0])
    assert_close(student.dense_backward(dZ, A, W), (dA, dW, db), "T1")


@pytest.mark.group("value")
@pytest.mark.points(1.5)
@pytest.mark.hint("Move one entry of A, W or b by a small h and see how the loss moves.")
def test_agrees_with_finite_differences(student, rng):
    C, A = rng.normal(size=(3, 2)), rng.normal(size=(3, 4))
    W, b, h = rng.normal(size=(4, 2)), rng.normal(size=2), 1e-5
    got = student.dense_backward(C, A, W)
    assert len(got) == 3
    for which, gradient in enumerate(got):
        start = [A, W, b]
        slopes = np.zeros_like(start[which])
        for index in np.ndindex(slopes.shape):
            losses = []
            for step in (h, -h):
                moved = [array.copy() for array in start]
                moved[which][index] += step
                losses.append(np.sum(C * (moved[0] @ moved[1] + moved[2])))
            slopes[index] = (losses[0] - losses[1]) / (2 * h)
        assert_close(gradient, slopes, "TFD")


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("With n = p = q numpy cannot warn you of a missing transpose.")
def test_square_layers(student, solution, domain, rng):
    for size in (SQUARE, Size(n=2, d=2, k=2), Size(n=3, d=3, k=5), Size(n=5, d=3, k=3)):
        args = domain.draw(rng, size)
        assert_close(student.dense_backward(*args), solution.dense_backward(*args), "T1")


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Where has 1/n been applied already?")
def test_all_examples_given_twice_double_dw_and_db(student, domain, rng):
    dZ, A, W = domain.draw(rng)
    dA, dW, db = student.dense_backward(dZ, A, W)
    twice = student.dense_backward(np.tile(dZ, (2, 1)), np.tile(A, (2, 1)), W)
    assert_close(twice, (np.tile(dA, (2, 1)), 2 * dW, 2 * db), "T1")
    assert_close(db, dZ.sum(axis=0), "T1")
    assert_close(dW[1], A[:, 1] @ dZ, "T1")


@pytest.mark.group("edge")
@pytest.mark.points(0.75)
@pytest.mark.hint("Try your function with arrays of type uint8 and bool, and with lists.")
def test_takes_lists_and_arrays_of_any_number_type(student, solution):
    dZ, A, W = [[100, 2], [200, 4], [17, 0]], [[1, 200], [30, 2], [0, 90]], [[5, 60], [7, 255]]
    expected = solution.dense_backward(*(np.array(x, dtype=float) for x in (dZ, A, W)))
    assert_close(student.dense_backward(dZ, A, W), expected, "T1")
    for kind in (np.uint8, np.int64, np.float32):
        result = student.dense_backward(*(np.array(x, dtype=kind) for x in (dZ, A, W)))
        assert_close(result, expected, "T1")
        assert [array.dtype for array in result] == [np.float64] * 3
    third = np.array([[1, 3], [2, 5]], dtype=np.float32) / np.float32(3)
    expected = solution.dense_backward(*(third.astype(float),) * 3)
    assert_close(student.dense_backward(third, third, third), expected, "T1")
    flags = np.array([[True, False], [True, True]])
    expected = solution.dense_backward(*(flags.astype(float),) * 3)
    assert_close(student.dense_backward(flags, flags, flags), expected, "T1")


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_one_example_one_input_and_one_unit(student, solution, domain, rng):
    for size in (Size(n=1), Size(d=1), Size(k=1), Size(n=1, d=1, k=1), Size(n=1, d=4, k=1)):
        args = domain.draw(rng, size)
        assert_close(student.dense_backward(*args), solution.dense_backward(*args), "T1")


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_arrays_in_any_layout(student, solution, rng):
    dZ, A, W = rng.normal(size=(8, 6)), rng.normal(size=(8, 10)), rng.normal(size=(10, 6))
    for args in (
        (dZ[::2, 1:4], A[::-2, ::2], W[::2, ::-2]),
        (dZ.T, np.asfortranarray(W.T), A.T),
        (dZ[:, :3].T, np.ascontiguousarray(A[:3]), A.T[:, ::-1]),
    ):
        for array in args:
            array.flags.writeable = False
        assert_close(student.dense_backward(*args), solution.dense_backward(*args), "T1")


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
def test_a_nan_shows_where_it_is_used_and_nowhere_else(student, solution, rng):
    dZ, A, W = rng.normal(size=(4, 2)), rng.normal(size=(4, 3)), rng.normal(size=(3, 2))
    dA, dW, db = solution.dense_backward(dZ, A, W)
    dZ[1, 0] = np.nan
    dA[1] = dW[:, 0] = db[0] = np.nan
    assert_close(student.dense_backward(dZ, A, W), (dA, dW, db), "T1")


@pytest.mark.group("property")
@pytest.mark.points(0.5)
def test_is_linear_in_what_comes_from_above(student, domain, rng):
    for size in (Size(), SQUARE):
        dZ, A, W = domain.draw(rng, size)
        other = rng.normal(size=dZ.shape)
        parts = zip(
            student.dense_backward(dZ, A, W), student.dense_backward(other, A, W), strict=True
        )
        expected = tuple(2 * one - 3 * two for one, two in parts)
        assert_close(student.dense_backward(2 * dZ - 3 * other, A, W), expected, "T1")


@pytest.mark.group("property")
@pytest.mark.points(0.5)
def test_the_three_gradients_account_for_the_same_change(student, domain, rng):
    for size in (Size(), Size(n=3, d=5, k=2), SQUARE):
        dZ, A, W = domain.draw(rng, size)
        dA, dW, db = student.dense_backward(dZ, A, W)
        assert (dA.shape, dW.shape, db.shape) == (A.shape, W.shape, (size.k,))
        B, V, c = rng.normal(size=A.shape), rng.normal(size=W.shape), rng.normal(size=size.k)
        assert_close(np.sum(dA * B), np.sum(dZ * (B @ W)), "T1")
        assert_close(np.sum(dW * V), np.sum(dZ * (A @ V)), "T1")
        assert_close(np.sum(db * c), np.sum(dZ * c), "T1")


@pytest.mark.group("contract")
@pytest.mark.points(0.5)
def test_shapes_that_do_not_fit_are_an_error(student):
    for dZ, A, W in [
        ((4, 2), (5, 3), (3, 2)),
        ((4, 2), (4, 3), (3, 5)),
        ((4, 2), (4, 3), (2, 2)),
        ((4, 2), (4, 3), (2, 3)),
        ((1, 2), (4, 3), (3, 2)),
        ((4, 1), (4, 3), (3, 2)),
        ((4,), (4, 3), (3, 1)),
        ((4, 2), (4,), (1, 2)),
        ((4, 2), (4, 3), (2,)),
    ]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.dense_backward(np.ones(dZ), np.ones(A), np.ones(W))


@pytest.mark.group("contract")
@pytest.mark.points(0.5)
@pytest.mark.hint("Return a tuple of three new arrays; a view of an argument is not new.")
def test_leaves_its_arguments_alone_and_keeps_nothing_between_calls(student, solution, domain, rng):
    small, one = Size(n=3, d=2, k=2, integers=True), Size(n=1, d=1, k=1, integers=True)
    first, second, third = (domain.draw(rng, size) for size in (small, small, one))
    for args in (first, second, first, third, first, second):
        result = student.dense_backward(*args)
        assert_close(result, solution.dense_backward(*args), "T1")
        assert isinstance(result, tuple)
        assert [array.dtype for array in result] == [np.float64] * 3
        unchanged(student.dense_backward)
        no_alias(student.dense_backward)
    ones = np.ones((1, 1)), np.ones((1, 3)), np.ones((3, 1))
    assert_close(student.dense_backward(*ones), solution.dense_backward(*ones), "T1")
    no_alias(student.dense_backward)
