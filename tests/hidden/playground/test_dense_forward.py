"""Hidden tests of dense_forward."""

import numpy as np
import pytest

from grader import Size, assert_close, no_alias, unchanged

pytestmark = pytest.mark.function("dense_forward")


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Test with n, p, q all different, and with n = p = q.")
def test_agrees_with_the_reference_on_random_layers(student, solution, domain, rng):
    sizes = [Size(), Size(), Size(n=4, d=4, k=4), Size(n=5, d=2, k=5), Size(n=3, d=6, k=1)]
    for size in [*sizes, Size(n=40, d=30, k=20), Size(n=1, d=3, k=2)]:
        A, W, b = domain.draw(rng, size)
        assert_close(student.dense_forward(A, W, b), solution.dense_forward(A, W, b), "T1")


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Which unit does b[j] belong to? Each unit mixes all inputs.")
def test_a_layer_by_hand(student):
    A = np.array([[1.0, -2.0], [0.0, 3.0], [0.5, 1.0]])
    W = np.array([[2.0, 0.0, -1.0, 4.0], [1.0, -3.0, 0.5, 0.0]])
    b = np.array([10.0, -20.0, 0.0, 0.25])
    expected = [[10.0, -14.0, -2.0, 4.25], [13.0, -29.0, 1.5, 0.25], [12.0, -23.0, 0.0, 2.25]]
    assert_close(student.dense_forward(A, W, b), np.array(expected), "T1")
    got = student.dense_forward(A[:2], W[:, :2], b[:2])
    assert_close(got, np.array([[10.0, -14.0], [13.0, -29.0]]), "T1")


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Try your function with arrays of type uint8 and bool, and with lists.")
def test_takes_lists_and_arrays_of_any_number_type(student):
    A, W, b = [[200, 100], [3, 250], [7, 0]], [[3, 1], [2, 200]], [5, 255]
    expected = np.array([[805.0, 20455.0], [514.0, 50258.0], [26.0, 262.0]])
    assert_close(student.dense_forward(A, W, b), expected, "T1")
    for kind in (np.uint8, np.int64, np.float32):
        arrays = [np.array(numbers, dtype=kind) for numbers in (A, W, b)]
        result = student.dense_forward(*arrays)
        assert_close(result, expected, "T1")
        assert result.dtype == np.float64
    third = np.array([[1, 3], [2, 5]], dtype=np.float32) / np.float32(3)
    expected = third.astype(float) @ third.astype(float) + third[0].astype(float)
    assert_close(student.dense_forward(third, third, third[0]), expected, "T1")
    flags = np.array([[True, False], [True, True], [False, False]])
    got = student.dense_forward(flags, np.array([[2, 3, 4], [5, 6, 7]]), np.array([1, 0, -1]))
    assert_close(got, np.array([[3.0, 3.0, 3.0], [8.0, 9.0, 10.0], [1.0, 0.0, -1.0]]), "T1")
    assert_close(student.dense_forward(flags, flags[:2], flags[1]), flags @ (flags[:2] + 0.0) + 1)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_a_nan_stays_in_its_row_and_any_layout_will_do(student, solution, rng):
    A, W, b = rng.normal(size=(8, 6)), rng.normal(size=(6, 4)), rng.normal(size=8)
    for args in ((A[::2, ::2], W[1::2], b[::2]), (A.T, A[:, 3:], b[:3]), (W.T, A.T[:, ::-1], b)):
        assert_close(student.dense_forward(*args), solution.dense_forward(*args), "T1")
    expected = solution.dense_forward(A, W, b[4:])
    expected[2] = np.nan
    A[2, 1] = np.nan
    assert_close(student.dense_forward(A, W, b[4:]), expected, "T1")


@pytest.mark.group("property")
@pytest.mark.points(0.25)
def test_is_affine_in_each_argument(student, domain, rng):
    f = student.dense_forward
    for _ in range(2):
        (A, W, b), (B, V, c) = domain.draw(rng), domain.draw(rng)
        middle = f(A / 4 + 3 * B / 4, W, b)
        assert_close(middle, f(A, W, b) / 4 + 3 * f(B, W, b) / 4, "T1")
        assert_close(f(A, W + V, b + c), f(A, W, b) + f(A, V, c), "T1")
        assert_close(f(A, W, b + 1.5), f(A, W, b) + 1.5, "T1")


@pytest.mark.group("property")
@pytest.mark.points(0.25)
def test_examples_and_units_are_computed_on_their_own(student, domain, rng):
    for size in (Size(), Size(n=4, d=4, k=4)):
        A, W, b = domain.draw(rng, size)
        rows, units = rng.permutation(size.n), rng.permutation(size.k)
        whole = student.dense_forward(A, W, b)
        assert_close(student.dense_forward(A[rows], W, b), whole[rows], "T1")
        assert_close(student.dense_forward(A, W[:, units], b[units]), whole[:, units], "T1")
        assert_close(student.dense_forward(A[1:3], W[:, :2], b[:2]), whole[1:3, :2], "T1")


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_shapes_that_do_not_fit_are_an_error(student):
    for A, W, b in [
        ((4, 3), (2, 5), (5,)),
        ((4, 3), (5, 3), (5,)),
        ((4, 3), (3, 5), (4,)),
        ((4, 3), (3, 4), (3,)),
        ((4, 3), (3, 5), (1,)),
        ((4, 3), (3, 5), (6,)),
        ((4, 3), (3, 5), (1, 5)),
        ((4, 3), (3, 4), (4, 1)),
        ((3,), (3, 5), (5,)),
        ((4, 3), (3,), (1,)),
        ((4, 1), (3, 5), (5,)),
    ]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.dense_forward(np.ones(A), np.ones(W), np.ones(b))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_leaves_its_arguments_alone_and_keeps_nothing_between_calls(student, solution, domain, rng):
    small = Size(n=3, d=2, k=2, integers=True)
    first, second = domain.draw(rng, small), domain.draw(rng, small)
    for args in (first, second, first, first, second):
        result = student.dense_forward(*args)
        assert_close(result, solution.dense_forward(*args), "T1")
        assert result.dtype == np.float64
        unchanged(student.dense_forward)
        no_alias(student.dense_forward)
    one = np.array([[2.0]]), np.array([[1.0]]), np.array([0.0])
    for args in (first, one):
        for array in args:
            array.flags.writeable = False
        assert_close(student.dense_forward(*args), solution.dense_forward(*args), "T1")
        no_alias(student.dense_forward)
