"""Where the arguments of the graded functions come from."""

from collections.abc import Callable

import numpy as np

from grader import Size, domain


@domain(tolerance="T1")
def numerical_gradient(rng: np.random.Generator, size: Size) -> tuple:
    """Draw a cubic, a point (of integer type in every fourth draw), and an h that is not small."""
    f, _ = _cubic(rng, size)
    if size.integers:
        return f, _whole(rng, size.d), 0.5
    if rng.random() < 0.25:
        return f, _whole(rng, size.d).astype(np.int64), float(rng.uniform(0.05, 0.4))
    return f, rng.normal(0.0, 1.5, size.d), float(rng.uniform(0.05, 0.4))


@domain(tolerance="T2")
def gradient_check(rng: np.random.Generator, size: Size) -> tuple:
    """Draw a cubic and a gradient of it of which one entry is wrong, too large or too small."""
    f, grad_f = _cubic(rng, size)
    w = _whole(rng, size.d) if size.integers else rng.normal(0.0, 1.5, size.d)
    factors = np.ones(size.d)
    factors[rng.integers(size.d)] = rng.choice([0.25, 0.6, 1.4, 3.0])

    def wrong(point: np.ndarray) -> np.ndarray:
        return factors * grad_f(point)

    return f, wrong, w


@domain(tolerance="T1")
def mse_gradient(rng: np.random.Generator, size: Size) -> tuple:
    """Draw features, targets, weights, and a bias that is not 0."""
    X, w, b = _linear_model(rng, size)
    if size.integers:
        return X, rng.integers(-4, 5, size.n).astype(float), w, b
    return X, rng.normal(0.0, 3.0, size.n), w, b


@domain(tolerance="T1")
def logistic_gradient(rng: np.random.Generator, size: Size) -> tuple:
    """Draw features, labels of both kinds, weights, and a bias that is not 0."""
    X, w, b = _linear_model(rng, size)
    return X, rng.permutation((np.arange(size.n) < max(1, size.n // 3)).astype(np.int64)), w, b


@domain(tolerance="T1")
def softmax_gradient(rng: np.random.Generator, size: Size) -> tuple:
    """Draw features, class labels, weights and biases."""
    y = rng.permutation(np.arange(size.n) % size.k)
    if size.integers:
        X, W = (_whole(rng, count) for count in (size.n * size.d, size.d * size.k))
        return X.reshape(size.n, size.d), y, W.reshape(size.d, size.k) / 4, _whole(rng, size.k)
    X, W = rng.normal(size=(size.n, size.d)), rng.normal(size=(size.d, size.k))
    return X, y, W, rng.normal(size=size.k)


@domain(tolerance="T0")
def gradient_step(rng: np.random.Generator, size: Size) -> tuple:
    """Draw weights, biases and a number with gradients; integer arrays in every fourth draw."""
    shapes = [(size.d,), (), (size.d, size.k)]
    whole = size.integers or rng.random() < 0.25
    params = tuple(_parameter(rng, shape, whole) for shape in shapes)
    grads = tuple(_parameter(rng, shape, whole) for shape in shapes)
    if size.integers:
        return params, grads, 0.5
    if whole:
        params = tuple(np.asarray(p).astype(np.int64) if np.ndim(p) else int(p) for p in params)
    return params, grads, float(rng.uniform(0.01, 0.4))


@domain(tolerance="T1")
def gradient_descent(rng: np.random.Generator, size: Size) -> tuple:
    """Draw the squared error of a plane, a start, and a learning rate; every second run diverges."""
    X, w, b = _linear_model(rng, size)
    y = X @ np.arange(1.0, size.d + 1) + 1
    design = np.column_stack([X, np.ones(size.n)])
    limit = size.n / np.linalg.norm(design, 2) ** 2
    diverges = rng.random() < 0.5
    learning_rate = float(limit * (rng.uniform(1.3, 1.8) if diverges else rng.uniform(0.2, 0.7)))
    n_steps = int(rng.integers(3, 6))

    def loss_fn(params: tuple) -> float:
        return np.mean((X @ params[0] + params[1] - y) ** 2)

    def grad_fn(params: tuple) -> tuple:
        residuals = X @ params[0] + params[1] - y
        return 2 * X.T @ residuals / size.n, 2 * np.mean(residuals)

    return loss_fn, grad_fn, (w, b), learning_rate, n_steps


@domain(tolerance="T1")
def loss_slice(rng: np.random.Generator, size: Size) -> tuple:
    """Draw a cubic, a point, a direction that is not of length 1, and places in any order."""
    f, _ = _cubic(rng, size)
    if size.integers:
        ts = rng.permutation(np.arange(-1.0, size.n))
        return f, _whole(rng, size.d), _whole(rng, size.d) + 1, ts
    direction = rng.normal(size=size.d)
    direction *= rng.choice([0.3, 2.0, 4.0]) / np.linalg.norm(direction)
    return f, rng.normal(size=size.d), direction, rng.normal(0.0, 1.5, size.n)


@domain(tolerance="T0")
def flat_fraction(rng: np.random.Generator, size: Size) -> tuple:
    """Draw values of which some stay, some come back later, and some stay nearly."""
    n = max(size.n, 5)
    steps = rng.permutation(np.resize([0.0, 1.0, 0.0, -1.0, 2.0], n - 1))
    values = float(rng.integers(1, 9)) + np.append(0.0, np.cumsum(steps))
    if not size.integers:
        changed = rng.choice(np.flatnonzero(steps != 0))
        values[changed + 1 :] += values[changed] - values[changed + 1] + rng.choice([1e-12, -1e-12])
    return (values,)


def _signed(rng: np.random.Generator, numbers: np.ndarray) -> np.ndarray:
    return numbers * rng.choice([-1.0, 1.0], numbers.shape)


def _whole(rng: np.random.Generator, count: int) -> np.ndarray:
    """Draw different whole numbers of either sign, none of them 0."""
    return _signed(rng, rng.permutation(np.arange(1.0, count + 1)))


def _parameter(rng: np.random.Generator, shape: tuple[int, ...], whole: bool) -> np.ndarray | float:
    count = int(np.prod(shape))
    numbers = _whole(rng, count) if whole else rng.normal(size=count)
    return numbers.reshape(shape) if shape else float(numbers[0])


def _linear_model(rng: np.random.Generator, size: Size) -> tuple[np.ndarray, np.ndarray, float]:
    """Draw features, weights, and a bias that is far from 0."""
    sign = rng.choice([-1.0, 1.0])
    if size.integers:
        X = _whole(rng, size.n * size.d).reshape(size.n, size.d)
        return X, _whole(rng, size.d), float(sign * rng.integers(1, 4))
    X, w = rng.normal(size=(size.n, size.d)), rng.normal(size=size.d)
    return X, w, float(sign * rng.uniform(0.5, 2))


def _cubic(
    rng: np.random.Generator, size: Size
) -> tuple[Callable[[np.ndarray], float], Callable[[np.ndarray], np.ndarray]]:
    """Draw a function that rises (or falls) in each coordinate at a rate of at least one half."""
    signs = rng.choice([-1.0, 1.0], size.d)
    bend = signs * (np.arange(1, size.d + 1) if size.integers else rng.uniform(0.5, 2, size.d))
    rise = signs * (1.0 if size.integers else rng.uniform(0.5, 2, size.d))

    def f(w: np.ndarray) -> float:
        w = np.asarray(w, dtype=float)
        return float(bend @ w**3 + rise @ w)

    def grad_f(w: np.ndarray) -> np.ndarray:
        return 3 * bend * np.asarray(w, dtype=float) ** 2 + rise

    return f, grad_f
