"""Hidden tests of init_network."""

from itertools import pairwise

import numpy as np
import pytest

from grader import assert_close, unchanged

pytestmark = pytest.mark.function("init_network")


def seeded(rng):
    """Return two generators in the same state."""
    seed = int(rng.integers(1 << 32))
    return np.random.default_rng(seed), np.random.default_rng(seed)


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("A is (n, fan_in). What must W be for A @ W? One bias for each unit.")
def test_weights_and_biases_fit_the_sizes(student, rng):
    for sizes in ([5, 7, 4, 1], [2, 4, 1], [3, 8, 8, 2]):
        layers = student.init_network(sizes, rng)
        assert len(layers) == len(sizes) - 1
        for (W, b), (fan_in, fan_out) in zip(layers, pairwise(sizes), strict=True):
            assert W.shape == (fan_in, fan_out)
            assert np.all(np.isfinite(W) & (W != 0))
            assert_close(b, np.zeros(fan_out))


@pytest.mark.group("value")
@pytest.mark.points(1.5)
@pytest.mark.hint(
    "Normal's second argument is a standard deviation; fan_in is what enters the unit."
)
def test_the_variance_of_the_weights_is_1_over_fan_in(student, rng):
    (wide, _), (last, _) = student.init_network([400, 300, 1], rng)
    # 120,000 draws: 2 % are ten standard errors of the deviation, 1e-3 seven of the mean.
    assert_close(float(np.std(wide)), 0.05, rtol=0.02, atol=0.0)
    assert abs(np.mean(wide)) < 1e-3
    assert_close(float(np.std(last)), 300**-0.5, rtol=0.25, atol=0.0)
    (first, _), (middle, _), _ = student.init_network([25, 100, 144, 1], rng)
    assert_close(float(np.std(first)), 0.2, rtol=0.1, atol=0.0)
    assert_close(float(np.std(middle)), 0.1, rtol=0.045, atol=0.0)
    (narrow, _), _ = student.init_network([1, 2000, 1], rng)
    assert_close(float(np.std(narrow)), 1.0, rtol=0.1, atol=0.0)
    assert abs(np.mean(first)) < 0.03
    assert abs(np.mean(middle)) < 0.007


@pytest.mark.group("value")
@pytest.mark.points(0.75)
@pytest.mark.hint("Compare the columns of one layer, and the first numbers of layers 1 and 2.")
def test_no_two_weights_are_equal_in_a_layer_or_between_layers(student, rng):
    layers = student.init_network([30, 30, 30, 30, 1], rng)
    weights = np.concatenate([W.ravel() for W, _ in layers])
    assert weights.size == 3 * 900 + 30
    assert np.unique(weights.round(12)).size == weights.size
    assert np.unique(np.abs(weights).round(12)).size == weights.size


@pytest.mark.group("value")
@pytest.mark.points(0.75)
@pytest.mark.hint("Draw from a normal distribution, each weight independently of the others.")
def test_weights_are_normal_and_independent(student, rng):
    (W, _), _ = student.init_network([100, 200, 1], rng)
    scaled = W * 10
    # Of 20,000 normal numbers 31.7 % lie beyond 1 and 4.55 % beyond 2; eight standard errors.
    assert abs(np.mean(np.abs(scaled) > 1) - 0.3173) < 0.027
    assert abs(np.mean(np.abs(scaled) > 2) - 0.0455) < 0.012
    assert abs(np.mean(scaled > 0) - 0.5) < 0.03
    lengths, heights = np.linalg.norm(W, axis=0), np.linalg.norm(W, axis=1) / np.sqrt(2)
    # A sum of 100 (200) squares varies: the lengths by 7 % (5 %).
    assert 0.045 < np.std(lengths) < 0.1
    assert 0.028 < np.std(heights) < 0.08
    columns = np.corrcoef(W.T)
    assert np.max(np.abs(columns - np.eye(200))) < 0.7


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_one_layer_and_layers_of_one_unit(student, rng):
    for sizes in ([3, 1], (1, 1), (2, 1, 1), (4, 3), [1, 5, 1]):
        layers = student.init_network(sizes, rng)
        assert [W.shape for W, _ in layers] == list(pairwise(sizes))
        for (W, b), fan_out in zip(layers, sizes[1:], strict=True):
            assert np.all(W != 0)
            assert_close(b, np.zeros(fan_out))


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_many_layers(student, rng):
    sizes = [2, *range(3, 15), 1]
    layers = student.init_network(sizes, rng)
    assert [W.shape for W, _ in layers] == list(pairwise(sizes))
    assert [b.shape for _, b in layers] == [(fan_out,) for fan_out in sizes[1:]]
    scaled = np.concatenate([(W * np.sqrt(len(W))).ravel() for W, _ in layers])
    # 925 weights: 30 % are more than twelve standard errors.
    assert_close(float(np.std(scaled)), 1.0, rtol=0.3, atol=0.0)


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Two calls with different generators gave identical results, or equal ones did not."
)
def test_the_generator_alone_decides(student, rng):
    one, two = seeded(rng)
    other, _ = seeded(rng)
    first = student.init_network([4, 5, 1], one)
    assert_close(student.init_network([4, 5, 1], two), first)
    for again in (one, other):
        different = student.init_network([4, 5, 1], again)
        for (W, _), (V, _) in zip(first, different, strict=True):
            assert np.all(W != V)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_too_few_sizes_and_sizes_below_1_are_errors(student, rng):
    for sizes in ([], [3], [0, 1], [3, 0, 1], [3, 4, 0], [2, -1, 1], (5,)):
        with pytest.raises(ValueError, match=r"(?i)\blayer_sizes\b"):
            student.init_network(sizes, rng)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("A list of tuples (W, b), both arrays of floats, b of shape (units,).")
def test_returns_a_list_of_tuples_of_floats_and_leaves_the_sizes_alone(student, rng):
    sizes = [3, 4, 2, 1]
    layers = student.init_network(sizes, rng)
    unchanged(student.init_network)
    assert isinstance(layers, list)
    assert len(layers) == 3
    for layer in layers:
        assert isinstance(layer, tuple)
        assert len(layer) == 2
        assert [array.dtype for array in layer] == [np.float64] * 2
        assert [array.ndim for array in layer] == [2, 1]
