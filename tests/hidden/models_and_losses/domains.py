"""Where the arguments of the graded functions come from."""

import numpy as np

from grader import Size, domain


@domain(tolerance="T1")
def linear_predict(rng: np.random.Generator, size: Size) -> tuple:
    """Draw features, weights, and a bias that is not 0."""
    if size.integers:
        numbers = rng.permutation(np.arange(1.0, size.n * size.d + 1))
        X = _signed(rng, numbers).reshape(size.n, size.d)
        return X, _signed(rng, rng.permutation(np.arange(1.0, size.d + 1))), _far_from_0(rng, 1, 4)
    return rng.normal(size=(size.n, size.d)), rng.normal(size=size.d), _far_from_0(rng, 0.5, 2)


@domain(tolerance="T0")
def sigmoid(rng: np.random.Generator, size: Size) -> tuple:
    """Draw moderate scores, in every second draw two of them far out in the tails."""
    if size.integers:
        return (_signed(rng, rng.integers(1, 5, size.n)),)
    z = rng.normal(0.0, 2.5, size.n)
    if rng.random() < 0.5:
        z[rng.choice(size.n, 2, replace=False)] = rng.uniform(25, 60) * np.array([1, -1])
    return (z,)


@domain(tolerance="T0")
def softmax(rng: np.random.Generator, size: Size) -> tuple:
    """Draw logits; in every second draw one row lies 1000 above or below the others."""
    Z = _logits(rng, size)
    if not size.integers and rng.random() < 0.5:
        Z[rng.integers(size.n)] += rng.choice([-1000.0, 1000.0])
    return (Z,)


@domain(tolerance="EXACT")
def predict_class(rng: np.random.Generator, size: Size) -> tuple:
    """Draw probabilities, of which few exceed one half; the small cases are whole scores."""
    if size.integers:
        return (_logits(rng, size),)
    powers = np.exp(rng.normal(0.0, 0.6, (size.n, size.k)))
    return (powers / powers.sum(axis=1, keepdims=True),)


@domain(tolerance="T0")
def sum_squared_error(rng: np.random.Generator, size: Size) -> tuple:
    """Draw values and predictions; every fourth draw holds whole numbers of one byte."""
    if not size.integers and rng.random() < 0.25:
        return tuple(rng.integers(0, 256, (2, size.n), dtype=np.uint8))
    return _regression(rng, size)


@domain(tolerance="T0")
def mean_squared_error(rng: np.random.Generator, size: Size) -> tuple:
    """Draw values and predictions."""
    return _regression(rng, size)


@domain(tolerance="T0")
def root_mean_squared_error(rng: np.random.Generator, size: Size) -> tuple:
    """Draw values and predictions."""
    return _regression(rng, size)


@domain(tolerance="T0")
def mean_absolute_error(rng: np.random.Generator, size: Size) -> tuple:
    """Draw values and predictions, some too high and some too low."""
    return _regression(rng, size)


@domain(tolerance="EXACT")
def zero_one_loss(rng: np.random.Generator, size: Size) -> tuple:
    """Draw labels of three classes or more and decisions, of which some are right and not half."""
    k = max(size.k, 3)
    y_true = rng.permutation(np.arange(size.n) + rng.integers(k)) % k
    shift = np.zeros(size.n, dtype=np.int64)
    wrong = rng.choice([m for m in range(1, size.n) if 2 * m != size.n] or np.arange(size.n + 1))
    shift[rng.choice(size.n, wrong, replace=False)] = rng.integers(1, k, wrong)
    return y_true, (y_true + shift) % k


@domain(tolerance="T0")
def binary_cross_entropy(rng: np.random.Generator, size: Size) -> tuple:
    """Draw labels and probabilities; in every second draw one is certain, and right or wrong."""
    y_true = _binary_labels(rng, size.n)
    if size.integers:
        return y_true, rng.permutation(np.resize([0.25, 0.75, 0.5], size.n))
    p = rng.uniform(0.02, 0.98, size.n)
    case = rng.random()
    if case < 0.5:
        certain = rng.integers(size.n)
        p[certain] = y_true[certain] if case < 0.25 else 1 - y_true[certain]
    return y_true, p


@domain(tolerance="T0")
def binary_cross_entropy_with_logits(rng: np.random.Generator, size: Size) -> tuple:
    """Draw labels and moderate logits, in every second draw one far out and wrong."""
    y_true = _binary_labels(rng, size.n)
    if size.integers:
        return y_true, _signed(rng, rng.integers(1, 5, size.n))
    z = rng.uniform(-4, 4, size.n)
    if rng.random() < 0.5:
        far = rng.integers(size.n)
        z[far] = rng.choice([60.0, 900.0]) * (1 - 2 * y_true[far])
    return y_true, z


@domain(tolerance="T0")
def softmax_cross_entropy(rng: np.random.Generator, size: Size) -> tuple:
    """Draw class labels and logits; in every second draw one row lies 1000 above the others."""
    Z = _logits(rng, size)
    if not size.integers and rng.random() < 0.5:
        Z[rng.integers(size.n)] += 1000.0
    return rng.permutation(np.arange(size.n) % size.k), Z


@domain(tolerance="T0")
def best_constant(rng: np.random.Generator, size: Size) -> tuple:
    """Draw skewed values and the name of a loss; never fewer than five values."""
    n = max(size.n, 5)
    loss = str(rng.choice(["squared", "absolute", "cross_entropy", "zero_one"]))
    if loss == "cross_entropy":
        y = _binary_labels(rng, n).astype(float)
    elif loss == "zero_one":
        # The largest value is the most frequent one: neither mean nor median find it.
        often = n // 2
        y = np.concatenate([np.arange(n - often), np.full(often, n - often)]) + rng.integers(3)
    elif size.integers:
        y = np.append(rng.choice(np.arange(1, 2 * n), n - 1, replace=False), 5 * n)
    else:
        y = np.append(rng.normal(0.0, 1.0, n - 1), rng.uniform(8, 20))
    return rng.permutation(y.astype(float)), loss


def _signed(rng: np.random.Generator, numbers: np.ndarray) -> np.ndarray:
    return numbers * rng.choice([-1.0, 1.0], numbers.shape)


def _far_from_0(rng: np.random.Generator, low: float, high: float) -> float:
    """Draw a number of either sign, a whole one if the limits are whole."""
    number = rng.integers(low, high) if isinstance(low, int) else rng.uniform(low, high)
    return float(rng.choice([-1, 1]) * number)


def _logits(rng: np.random.Generator, size: Size) -> np.ndarray:
    """Draw logits without ties."""
    if size.integers:
        return rng.permutation(np.arange(float(size.n * size.k))).reshape(size.n, size.k)
    return rng.normal(0.0, 2.0, (size.n, size.k))


def _binary_labels(rng: np.random.Generator, n: int) -> np.ndarray:
    """Draw labels of which both kinds occur, but not equally often where n allows."""
    return rng.permutation((np.arange(n) < max(1, n // 2 - 1)).astype(np.int64))


def _regression(rng: np.random.Generator, size: Size) -> tuple:
    """Draw values and predictions with errors of both signs that do not cancel."""
    signs = rng.choice([-1.0, 1.0]) * np.where(np.arange(size.n) % 2, -1.0, 1.0)
    if size.integers:
        errors = signs * rng.choice(np.arange(1, 2 * size.n + 1), size.n, replace=False)
        y_true = rng.integers(-4, 5, size.n).astype(float)
        return y_true, y_true + errors
    y_true = rng.normal(0.0, 3.0, size.n)
    return y_true, y_true + rng.permutation(signs * rng.uniform(0.2, 2.5, size.n))
