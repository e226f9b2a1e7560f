"""Where the arguments of the graded functions come from."""

from itertools import pairwise

import numpy as np

from grader import Size, domain

FEATURES = ("x1", "x2", "x1^2", "x2^2", "x1*x2", "sin(x1)", "sin(x2)")
ACTIVATIONS = ("relu", "tanh", "sigmoid", "linear")


@domain(tolerance="T0")
def expand_features(rng: np.random.Generator, size: Size) -> tuple:
    """Draw points, in every third draw whole numbers of one byte, and one feature or three."""
    names = [str(name) for name in rng.permutation(FEATURES)[: rng.choice([1, 3, 3])]]
    if sorted(names, key=FEATURES.index) == names:
        names.reverse()
    if size.integers:
        return _signed(rng, rng.integers(1, 5, (size.n, 2))), names
    if rng.random() < 1 / 3:
        return rng.integers(17, 256, (size.n, 2), dtype=np.uint8), names
    return rng.uniform(-5, 5, (size.n, 2)), names


@domain(tolerance="T0")
def activation(rng: np.random.Generator, size: Size) -> tuple:
    """Draw pre-activations of both signs, and any of the activation functions."""
    return _pre_activations(rng, size), str(rng.choice(ACTIVATIONS))


@domain(tolerance="T0")
def activation_derivative(rng: np.random.Generator, size: Size) -> tuple:
    """Draw pre-activations of both signs, and any of the activation functions."""
    return _pre_activations(rng, size), str(rng.choice(ACTIVATIONS))


@domain(tolerance=None)
def init_network(rng: np.random.Generator, size: Size) -> tuple:
    """Draw sizes, all different, and a generator."""
    sizes = [size.n, size.d, size.k, 1] if size.integers else [20 * size.n, 20 * size.d, size.k, 1]
    return sizes, _generator(rng)


@domain(tolerance="T1")
def dense_forward(rng: np.random.Generator, size: Size) -> tuple:
    """Draw inputs of d features, and a layer of k units."""
    b = rng.uniform(0.5, 3.0, size.k)
    if size.integers:
        b = rng.permutation(np.arange(1.0, size.k + 1))
    A, W = _matrix(rng, size, size.n, size.d), _matrix(rng, size, size.d, size.k)
    return A, W, _signed(rng, b)


@domain(tolerance="T1")
def dense_backward(rng: np.random.Generator, size: Size) -> tuple:
    """Draw what reaches a layer of k units from above, its inputs and its weights."""
    return (
        _matrix(rng, size, size.n, size.k),
        _matrix(rng, size, size.n, size.d),
        _matrix(rng, size, size.d, size.k),
    )


@domain(tolerance="T0")
def bce_with_logits_gradient(rng: np.random.Generator, size: Size) -> tuple:
    """Draw labels and logits that are neither near 0 nor far out."""
    z = rng.integers(1, 5, size.n) if size.integers else rng.uniform(0.4, 4.0, size.n)
    return _labels(rng, size.n), _signed(rng, z)


@domain(tolerance="T1")
def network_forward(rng: np.random.Generator, size: Size) -> tuple:
    """Draw points, a network of two hidden layers, and a nonlinear activation function."""
    params = _network(rng, size)
    return _matrix(rng, size, size.n, size.d), params, _nonlinear(rng)


@domain(tolerance="T1")
def network_backward(rng: np.random.Generator, size: Size) -> tuple:
    """Draw a network, the cache of its forward pass, and what reaches its logits."""
    params, hidden = _network(rng, size), str(rng.choice(["tanh", "sigmoid"]))
    X = _matrix(rng, size, size.n, size.d)
    dlogits = rng.integers(1, 4, size.n) if size.integers else rng.uniform(0.2, 2.0, size.n)
    return _signed(rng, dlogits), params, _cache(X, params, hidden), hidden


@domain(tolerance="T1")
def train_network(rng: np.random.Generator, size: Size) -> tuple:
    """Draw a training whose result does not depend on the shuffling.

    Either one batch holds all examples, or all examples are equal and the last batch is smaller.
    """
    n = max(size.n, 3)
    X, y, batch_size = _matrix(rng, size, n, size.d), _labels(rng, n), n
    if rng.random() < 0.5:
        X, y, batch_size = np.tile(X[:1], (n, 1)), np.full(n, y[0]), n - 1
    params = _network(rng, size)
    return X, y, params, 0.25, batch_size, 3, _generator(rng), _nonlinear(rng)


@domain(tolerance="T0")
def linear_probe_accuracy(rng: np.random.Generator, size: Size) -> tuple:
    """Draw features that depend on each other, on which the listed mistakes give other accuracies.

    The last two columns are equal, as those of two equal hidden units are; others are 0, as those
    of dead ones. In every second draw the right answer is below one half.
    """
    n, below = max(size.n, 5), rng.random() < 0.5
    ones = (np.arange(n) < n // 2).astype(np.int64)
    for _ in range(20):
        h = rng.integers(-6, 12, (200, n)).astype(float)
        h += 0.0 if size.integers else rng.uniform(-0.4, 0.4, (200, n))
        y = rng.permuted(np.tile(ones, (200, 1)), axis=1)
        right, through_0 = _fitted(h, y), h * np.mean(h * (2 * y - 1), 1, keepdims=True)
        shares = [np.mean((f >= 0) == (y == 1), axis=1) for f in (right, through_0, right + 1)]
        if below:
            shares.append(1 - shares[0])
        apart = [abs(one - two) for i, one in enumerate(shares) for two in shares[:i]]
        safe = np.minimum(np.abs(right), np.abs(right + 1)).min(axis=1) > 1e-3
        good = safe & (np.min(apart, axis=0) > 0.01) & ((shares[0] < 0.5) == below)
        if good.any():
            break
    chosen = int(np.argmax(2 * good + safe))
    dead = np.zeros((n, max(size.d - 2, 0)))
    return np.column_stack([dead, h[chosen], h[chosen]]), y[chosen]


def _fitted(h: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Fit 2 y - 1 by least squares, row by row; adding 1 gives twice the fit of y itself."""
    target, centred = 2.0 * y - 1, h - h.mean(axis=1, keepdims=True)
    spread = np.maximum(np.sum(centred**2, 1, keepdims=True), 1e-9)
    slope = np.sum(centred * target, 1, keepdims=True) / spread
    return target.mean(axis=1, keepdims=True) + centred * slope


def _signed(rng: np.random.Generator, numbers: np.ndarray) -> np.ndarray:
    return numbers * rng.choice([-1.0, 1.0], numbers.shape)


def _matrix(rng: np.random.Generator, size: Size, rows: int, columns: int) -> np.ndarray:
    if size.integers:
        return _signed(rng, rng.integers(1, 5, (rows, columns)))
    return rng.normal(size=(rows, columns))


def _pre_activations(rng: np.random.Generator, size: Size) -> np.ndarray:
    """Draw a table with numbers of both signs in every column."""
    z = (
        rng.integers(1, 4, (size.n, size.d))
        if size.integers
        else rng.uniform(0.2, 3, (size.n, size.d))
    )
    signs = np.where(np.arange(size.n) % 2, -1.0, 1.0)[:, np.newaxis]
    return z * signs * rng.choice([-1.0, 1.0], size.d)


def _labels(rng: np.random.Generator, n: int) -> np.ndarray:
    """Draw labels of which both kinds occur, but not equally often where n allows."""
    return rng.permutation((np.arange(n) < max(1, n // 2 - 1)).astype(np.int64))


def _generator(rng: np.random.Generator) -> np.random.Generator:
    return np.random.default_rng(int(rng.integers(1 << 32)))


def _nonlinear(rng: np.random.Generator) -> str:
    return str(rng.choice(["tanh", "sigmoid", "relu"]))


def _network(rng: np.random.Generator, size: Size) -> list:
    """Draw a network of d features, two hidden layers of different widths, and one output."""
    sizes = [size.d, size.k, max(2, size.k - 2) + (size.d == size.k), 1]
    if size.integers:
        return [
            (_signed(rng, rng.integers(1, 3, (p, q))), rng.integers(-1, 2, q).astype(float))
            for p, q in pairwise(sizes)
        ]
    return [
        (rng.normal(0.0, 1.2 / np.sqrt(p), (p, q)), rng.uniform(-0.8, 0.8, q))
        for p, q in pairwise(sizes)
    ]


def _cache(X: np.ndarray, params: list, hidden: str) -> tuple:
    """Run the forward pass: inputs and pre-activations of each layer."""
    act = {"tanh": np.tanh, "sigmoid": lambda z: 0.5 * (1 + np.tanh(z / 2))}[hidden]
    A, Z = [X], [X @ params[0][0] + params[0][1]]
    for W, b in params[1:]:
        A.append(act(Z[-1]))
        Z.append(A[-1] @ W + b)
    return A, Z
