"""Hidden tests of bce_with_logits_gradient."""

import numpy as np
import pytest

from grader import Size, assert_close, no_alias, unchanged

pytestmark = pytest.mark.function("bce_with_logits_gradient")

LOUD = {"over": "raise", "invalid": "raise", "divide": "raise"}


def mean_loss(y_true, z):
    """Return the mean cross-entropy of moderate logits."""
    return np.mean(np.log(1 + np.exp((1 - 2 * y_true) * z)))


@pytest.mark.group("value")
@pytest.mark.points(1.5)
def test_agrees_with_the_reference_on_random_logits(student, solution, domain, rng):
    for size in [Size()] * 4 + [Size(n=2), Size(n=60)]:
        y_true, z = domain.draw(rng, size)
        expected = solution.bce_with_logits_gradient(y_true, z)
        assert_close(student.bce_with_logits_gradient(y_true, z), expected)


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint(
    "How large can prediction minus label be? Label 1: should the logit be pushed up?"
)
def test_known_probabilities(student):
    y_true, z = np.array([1, 0, 1, 0, 1]), np.log([3.0, 3.0, 1 / 3, 1 / 4, 9.0])
    expected = np.array([-0.25, 0.75, -0.75, 0.2, -0.1]) / 5
    assert_close(student.bce_with_logits_gradient(y_true, z), expected)


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Is the loss a mean or a sum?")
def test_one_example_and_all_examples_given_twice(student, domain, rng):
    for label, logit, expected in [(1, 0.0, -0.5), (0, 0.0, 0.5), (0, np.log(7.0), 0.875)]:
        got = student.bce_with_logits_gradient(np.array([label]), np.array([logit]))
        assert_close(got, np.array([expected]))
    y_true, z = domain.draw(rng)
    once = student.bce_with_logits_gradient(y_true, z)
    twice = student.bce_with_logits_gradient(np.tile(y_true, 2), np.tile(z, 2))
    assert_close(twice, np.tile(once, 2) / 2)


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Move one logit by a small h and see how the mean loss moves.")
def test_agrees_with_finite_differences(student, domain, rng):
    h = 1e-5
    for size in (Size(), Size(n=3)):
        y_true, z = domain.draw(rng, size)
        steps = h * np.eye(size.n)
        slopes = [
            (mean_loss(y_true, z + step) - mean_loss(y_true, z - step)) / (2 * h) for step in steps
        ]
        assert_close(student.bce_with_logits_gradient(y_true, z), np.array(slopes), "TFD")


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Evaluate at z = -1000 and at z = 1000, and watch for warnings.")
def test_large_logits_give_no_warning(student):
    y_true = np.array([0, 1, 0, 1, 0, 1, 0, 1])
    z = np.array([1000.0, 1000.0, -1000.0, -1000.0, 750.0, -750.0, 0.0, 0.0])
    got = student.under(errstate=LOUD).bce_with_logits_gradient(y_true, z)
    expected = np.array([1.0, 0.0, 0.0, -1.0, 1.0, -1.0, 0.5, -0.5]) / 8
    assert_close(got, expected)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Try labels of type uint8 and bool, integer logits, and lists.")
def test_takes_lists_and_arrays_of_any_number_type(student, solution):
    z = [2, 0, 3, 1]
    expected = solution.bce_with_logits_gradient([1.0, 1.0, 0.0, 0.0], z)
    for kind in (bool, np.uint8, np.int64, np.float32, float):
        y_true = np.array([1, 1, 0, 0], dtype=kind)
        for logits in (np.array(z, dtype=np.uint8), np.array(z, dtype=np.float32), z):
            result = student.bce_with_logits_gradient(y_true, logits)
            assert_close(result, expected)
            assert result.dtype == np.float64
    assert_close(student.bce_with_logits_gradient([True, True, False, False], z), expected)
    third = np.array([1, 2], dtype=np.float32) / np.float32(3)
    expected = solution.bce_with_logits_gradient([1.0, 0.0], third.astype(float))
    assert_close(student.bce_with_logits_gradient([1, 0], third), expected)


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
def test_a_nan_stays_in_its_place(student):
    y_true, z = np.array([1, 0, 1, 0]), np.array([0.0, np.nan, np.log(3.0), 0.0])
    expected = np.array([-0.125, np.nan, -0.0625, 0.125])
    assert_close(student.bce_with_logits_gradient(y_true, z), expected)


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
@pytest.mark.hint("A confidently wrong logit should get the largest push.")
def test_confident_logits_and_arrays_in_any_layout(student, solution, rng):
    z = np.array([35.0, -35.0, 35.0, -25.0])
    got = student.bce_with_logits_gradient(np.array([0, 1, 1, 0]), z)
    assert_close(got, np.array([1.0, -1.0, 0.0, 1.3887943864771144e-11]) / 4)
    labels, logits = rng.integers(0, 2, (4, 6)), rng.normal(0.0, 2.0, (4, 6))
    for y_true, z in ((labels[1], logits[1, ::-1]), (labels[::2, 3], logits[1::2, 0])):
        expected = solution.bce_with_logits_gradient(y_true, z)
        assert_close(student.bce_with_logits_gradient(y_true, z), expected)


@pytest.mark.group("property")
@pytest.mark.points(0.25)
def test_pushes_towards_the_label_and_by_at_most_1_over_n(student, rng):
    for n in (5, 8):
        y_true, z = rng.integers(0, 2, n), rng.uniform(-6, 6, n)
        got = student.bce_with_logits_gradient(y_true, z)
        assert got.shape == (n,)
        assert np.all(np.abs(got) < 1 / n)
        assert np.all(np.where(y_true == 1, got < 0, got > 0))
        assert_close(got.sum(), np.mean(1 / (1 + np.exp(-z))) - np.mean(y_true), "T1")


@pytest.mark.group("property")
@pytest.mark.points(0.25)
def test_the_labels_may_be_exchanged_and_the_examples_reordered(student, domain, rng):
    y_true, z = domain.draw(rng)
    got, order = student.bce_with_logits_gradient(y_true, z), rng.permutation(len(z))
    assert_close(student.bce_with_logits_gradient(1 - y_true, -z), -got)
    assert_close(student.bce_with_logits_gradient(y_true[order], z[order]), got[order])


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_wrong_labels_shapes_and_no_examples_are_errors(student):
    f = student.bce_with_logits_gradient
    for y_true in ([0, 2, 1], [-1, 1, 1], [0.5, 1.0, 0.0], [0.0, np.nan, 1.0]):
        with pytest.raises(ValueError, match=r"(?i)label"):
            f(np.array(y_true), np.array([0.5, 2.0, -1.0]))
    for shapes in [((3,), (4,)), ((3,), (3, 1)), ((3, 1), (3,)), ((3,), (1,)), ((3, 1), (3, 1))]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            f(np.ones(shapes[0]), np.full(shapes[1], 0.5))
    with pytest.raises(ValueError, match=r"(?i)empty"):
        f(np.zeros(0), np.zeros(0))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Return a new array of floats: are the caller's arrays still what they were?")
def test_leaves_its_arguments_alone_and_keeps_nothing_between_calls(student, solution, domain, rng):
    draws = [domain.draw(rng, Size(n=n, integers=True)) for n in (3, 3, 1)]
    first, second, third = [(y_true.astype(float), z) for y_true, z in draws]
    for args in (first, second, first, third, first, second):
        result = student.bce_with_logits_gradient(*args)
        assert_close(result, solution.bce_with_logits_gradient(*args))
        assert result.dtype == np.float64
        unchanged(student.bce_with_logits_gradient)
        no_alias(student.bce_with_logits_gradient)
    for array in first:
        array.flags.writeable = False
    expected = solution.bce_with_logits_gradient(*first)
    assert_close(student.bce_with_logits_gradient(*first), expected)
