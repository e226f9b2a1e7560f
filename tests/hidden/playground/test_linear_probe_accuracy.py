"""Hidden tests of linear_probe_accuracy."""

import numpy as np
import pytest

from grader import Size, assert_close, unchanged

pytestmark = pytest.mark.function("linear_probe_accuracy")


# The right share is 3/4; through the origin it would be 1/2, and 3/4 for shifted features.
FEATURES = [[1, -1], [-1, -1], [2, 0], [-4, -4], [-3, 0], [1, 4], [3, -2], [0, 2]]
LABELS = [0, 1, 0, 0, 0, 1, 1, 0]
# The right share is 2/7: least squares may be wrong more often than right.
BELOW = [[9], [-4], [3], [-4], [2], [-6], [-6]], [0, 1, 0, 1, 1, 0, 0]


def safe_labels(rng, H, draws=400):
    """Draw labels whose least-squares fit stays away from 0 on all examples."""
    inputs = np.column_stack([H, np.ones(len(H))])
    project = inputs @ np.linalg.pinv(inputs)
    for _ in range(draws):
        y = (rng.random(len(H)) < rng.uniform(0.3, 0.7)).astype(np.int64)
        if 0 < y.sum() < len(y) and np.abs(project @ (2 * y - 1)).min() > 1e-3:
            break
    return y


@pytest.mark.group("value")
@pytest.mark.points(1)
def test_agrees_with_the_reference_on_random_features(student, solution, domain, rng):
    for size in [Size()] * 8 + [Size(n=12), Size(n=9, d=4)]:
        H, y = domain.draw(rng, size)
        assert_close(student.linear_probe_accuracy(H, y), solution.linear_probe_accuracy(H, y))
    for n, m, centre in [(30, 2, 0.0), (40, 3, 4.0), (12, 1, -3.0), (60, 5, 1.0)]:
        H = rng.normal(centre, 1.0, (n, m)) * rng.uniform(0.5, 3, m)
        y = safe_labels(rng, H)
        assert_close(student.linear_probe_accuracy(H, y), solution.linear_probe_accuracy(H, y))


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Fit -1 and +1, with an intercept, by least squares; report what comes out.")
def test_known_shares(student):
    for h, y, share in [
        # Best through the origin would be 4/7; fitting 0 and 1 gives 3/7; reported as it is: 2/7.
        ([9, -4, 3, -4, 2, -6, -6], [0, 1, 0, 1, 1, 0, 0], 2 / 7),
        # A gap separates the labels, but the far example draws the fit: 4 of 5.
        ([0, 1, 2, 3, 60], [0, 0, 1, 1, 1], 4 / 5),
        # Far from the origin.
        ([101, 102, 103, 104, 105, 106], [0, 0, 0, 0, 1, 1], 1.0),
        # Few positives: the fit stays below 0.
        ([0, 1, 2, 3, 4, 5, 6, 7], [0, 0, 0, 0, 0, 0, 1, 0], 7 / 8),
        ([0, 1, 2, 3, 4, 5, 6, 7], [1, 1, 1, 0, 1, 1, 1, 1], 7 / 8),
    ]:
        H = np.array(h, dtype=float)[:, np.newaxis]
        assert_close(student.linear_probe_accuracy(H, np.array(y)), share)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("What if two hidden units are equal, or one is dead?")
def test_features_that_depend_on_each_other(student):
    h, y = np.array(FEATURES, dtype=float), np.array(LABELS)
    dead, copies = np.zeros((8, 1)), np.hstack([h, h[:, :1]])
    for H in (
        np.hstack([h, dead]),
        copies,
        np.hstack([copies, h.sum(axis=1, keepdims=True), dead + 1]),
        np.hstack([h, 2 * h - 1, dead]),
    ):
        assert_close(student.linear_probe_accuracy(H, y), 0.75)
    wide, y = np.array([[3.0, 1, 4, 1, 5], [9, 2, 6, 5, 3], [5, 8, 9, 7, 9]]), np.array([0, 1, 0])
    assert_close(student.linear_probe_accuracy(wide, y), 1.0)
    for y in ([1, 1, 0], [0, 0, 1]):
        assert_close(student.linear_probe_accuracy(np.full((3, 2), 2.0), np.array(y)), 2 / 3)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("What is 2 y - 1 for y = 0 in uint8? Try bool labels and lists too.")
def test_takes_any_number_type_one_example_and_one_class(student):
    (h, y), share = BELOW, 2 / 7
    assert_close(student.linear_probe_accuracy(h, y), share)
    for kind in (np.uint8, bool, np.int8, float, np.float32):
        for H in (np.array(h, dtype=np.int8), np.array(h, dtype=np.float32)):
            assert_close(student.linear_probe_accuracy(H, np.array(y, dtype=kind)), share)
    bytes_ = np.array([[209], [196], [203], [196], [202], [194], [194]], dtype=np.uint8)
    assert_close(student.linear_probe_accuracy(bytes_, np.array(y, dtype=np.uint8)), share)
    for label in (0, 1):
        assert_close(student.linear_probe_accuracy([[3.0, -1.0]], [label]), 1.0)
        assert_close(student.linear_probe_accuracy([[3.0], [1.0], [4.0]], [label] * 3), 1.0)


@pytest.mark.group("property")
@pytest.mark.points(0.25)
@pytest.mark.hint("Add 10 to every feature: should separability change?")
def test_mixing_shifting_scaling_and_repeating_changes_nothing(student, rng):
    H, y, order = np.array(FEATURES, dtype=float), np.array(LABELS), rng.permutation(8)
    mixed = H @ np.array([[1.0, 2.0], [0.0, 1.0]])
    for features, labels in [
        (H, y),
        (mixed, y),
        (mixed + np.array([10.0, -7.0]), y),
        (H[order], y[order]),
        (np.tile(H, (2, 1)), np.tile(y, 2)),
        (H, 1 - y),
        (H + np.array([0.0, 5.0]), 1 - y),
        (H / 2**13, y),
    ]:
        assert_close(student.linear_probe_accuracy(features, labels), 0.75)


@pytest.mark.group("property")
@pytest.mark.points(0.25)
def test_a_disc_is_invisible_in_x1_and_x2_and_visible_in_their_squares(student, rng):
    angle = np.linspace(0, 2 * np.pi, 20, endpoint=False)
    radius = np.where(np.arange(20) % 2, rng.uniform(0.5, 2, 20), rng.uniform(4, 5, 20))
    X = radius[:, np.newaxis] * np.column_stack([np.sin(angle), np.cos(angle)])
    y = (radius < 2.5).astype(np.int64)
    assert student.linear_probe_accuracy(X, y) < 0.9
    assert_close(student.linear_probe_accuracy(X**2, y), 1.0)
    cross = (X[:, 0] * X[:, 1] > 0).astype(np.int64)
    inner = np.abs(X[:, 0] * X[:, 1]) > 0.05
    assert student.linear_probe_accuracy(X[inner], cross[inner]) < 0.9


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_wrong_labels_shapes_and_no_examples_are_errors(student):
    f, H = student.linear_probe_accuracy, np.array([[1.0, 2.0], [0.0, 1.0], [3.0, -1.0]])
    for y in ([0, 2, 1], [-1, 1, 1], [0.5, 1.0, 0.0], [0.0, np.nan, 1.0]):
        with pytest.raises(ValueError, match=r"(?i)label"):
            f(H, np.array(y))
    for features, labels in [((3, 2), (4,)), ((3, 2), (3, 1)), ((3,), (3,)), ((3, 2), (1,))]:
        with pytest.raises(ValueError, match=r"(?i)shape"):
            f(np.ones(features), np.ones(labels))
    with pytest.raises(ValueError, match=r"(?i)empty"):
        f(np.zeros((0, 2)), np.zeros(0))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Return a float, and build new arrays: are the caller's still what they were?")
def test_returns_a_float_leaves_its_arguments_alone_and_keeps_nothing(student):
    first = (np.array(FEATURES, dtype=float), np.array(LABELS, dtype=float)), 3 / 4
    second = (first[0][0] + 3, np.array([1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 1.0])), 5 / 8
    third = tuple(np.array(part, dtype=float) for part in BELOW), 2 / 7
    for args, share in (first, second, third, first, first, second):
        result = student.linear_probe_accuracy(*args)
        assert_close(result, share)
        assert isinstance(result, float)
        unchanged(student.linear_probe_accuracy)
    for array in first[0]:
        array.flags.writeable = False
    assert_close(student.linear_probe_accuracy(*first[0]), first[1])
