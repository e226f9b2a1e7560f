"""Where the arguments of the graded functions come from."""

from math import ceil

import numpy as np

from grader import Size, domain


@domain(tolerance="T1")
def standardize_fit(rng: np.random.Generator, size: Size) -> tuple:
    """Draw features on different levels; in every second draw one of them is constant."""
    X = _features(rng, size)
    if rng.random() < 0.5:
        X[:, rng.integers(size.d)] = float(rng.integers(-3, 4))
    return (X,)


@domain(tolerance="T0")
def standardize_apply(rng: np.random.Generator, size: Size) -> tuple:
    """Draw features and the statistics of other features."""
    if size.integers:
        std = rng.permutation(2.0 ** np.arange(1, size.d + 1))
        return _features(rng, size), _whole(rng, size.d), std
    return _features(rng, size), rng.normal(0.0, 3.0, size.d), rng.uniform(1.5, 4, size.d)


@domain(tolerance="T1")
def max_stable_learning_rate(rng: np.random.Generator, size: Size) -> tuple:
    """Draw features whose means are not 0, so that the bias matters."""
    return (_features(rng, size),)


@domain(tolerance="T0")
def decayed_learning_rate(rng: np.random.Generator, size: Size) -> tuple:
    """Draw rates, and a step that is no multiple of decay_steps."""
    decay_steps = int(rng.integers(2, 5) if size.integers else rng.integers(5, 20))
    step = int(decay_steps * rng.integers(1, 4) + rng.integers(1, decay_steps))
    if size.integers:
        return 2.0, step, float(rng.integers(1, 4)), decay_steps
    return float(rng.uniform(0.1, 0.8)), step, float(rng.uniform(0.1, 0.9)), decay_steps


@domain(tolerance=None)
def minibatch_indices(rng: np.random.Generator, size: Size) -> tuple:
    """Draw a number of examples, a batch size that does not divide it, and a generator."""
    batch_size = next(b for b in (3, 2, 4, 5) if size.n % b or b > size.n)
    return size.n, batch_size, np.random.default_rng(int(rng.integers(1 << 32)))


@domain(tolerance="T1")
def minibatch_gradient_descent(rng: np.random.Generator, size: Size) -> tuple:
    """Draw data on which no order of the examples matters, if each row keeps its target.

    The gradient of w does not depend on the parameters, that of c not on the data; all batches
    have the same size. An order that is drawn once for all epochs cannot be seen here.
    """
    batch_size = 2 if size.integers else 3
    n = batch_size * max(2, size.n // 2)
    X, y = _features(rng, Size(n, size.d, size.k, size.integers)), _whole(rng, n)

    def grad_fn(params: tuple, X: np.ndarray, y: np.ndarray) -> tuple:
        return X.T @ y / len(y), params[1]

    start = (_whole(rng, size.d), float(rng.integers(2, 5)))
    generator = np.random.default_rng(int(rng.integers(1 << 32)))
    return grad_fn, start, X, y, 0.25, batch_size, int(rng.integers(2, 4)), generator


@domain(tolerance="T0")
def momentum_step(rng: np.random.Generator, size: Size) -> tuple:
    """Draw weights and a bias that move already, with gradients."""

    def draw() -> tuple:
        if size.integers:
            return _whole(rng, size.d), float(rng.choice([-3, -2, 2, 3]))
        return rng.normal(size=size.d), float(rng.normal())

    if size.integers:
        return draw(), draw(), draw(), 0.25, 0.5
    return draw(), draw(), draw(), float(rng.uniform(0.05, 0.4)), float(rng.uniform(0.3, 0.95))


@domain(tolerance="T2")
def train_with_loss_checks(rng: np.random.Generator, size: Size) -> tuple:
    """Draw a round bowl whose lowest loss is larger than tol, which is reached before the last step.

    Comparing with the step before the check, not with the check before, would stop a check earlier.
    """
    minimum = _whole(rng, size.d)
    start = minimum + (2.0 if size.integers else rng.uniform(1, 3)) * _whole(rng, size.d)
    check_every = int(rng.integers(2, 4))
    max_steps = 3 * check_every + int(rng.integers(1, check_every))
    excess = float(np.sum((start - minimum) ** 2))

    def loss_fn(params: tuple) -> float:
        return np.sum((params[0] - minimum) ** 2) + excess

    def grad_fn(params: tuple) -> tuple:
        return (2 * (params[0] - minimum),)

    # One step with rate 1/4 divides by 4 what the loss has above the lowest one.
    tol = 5 * excess * 0.25 ** (int(rng.integers(1, 3)) * check_every)
    return loss_fn, grad_fn, (start,), 0.25, max_steps, check_every, tol


@domain(tolerance="EXACT")
def training_work(rng: np.random.Generator, size: Size) -> tuple:
    """Draw numbers of which the batch size does not divide the examples, but check_every the steps."""
    n = size.n if size.integers else size.n + int(rng.integers(10, 50))
    batch_size = next(b for b in (5, 4, 3, 2, 6) if n % b or b > n)
    n_epochs, check_every = (2, 2) if size.integers else (6, int(rng.choice([2, 3, 6])))
    if n_epochs * ceil(n / batch_size) % check_every:
        check_every = n_epochs
    return n, batch_size, n_epochs, check_every


@domain(tolerance="EXACT")
def classify_loss_curve(rng: np.random.Generator, size: Size) -> tuple:
    """Draw a curve of one of the four kinds, in units of any size, and a tol."""
    m = max(size.n, 8)
    t = np.arange(m, dtype=float)
    kind = rng.integers(7)
    if kind == 0:
        losses = 1.5**t
    elif kind == 1:
        losses = np.where(t == rng.integers(1, m - 1), np.nan, 2 - t / m)
    elif kind == 2:
        losses = 1 + 0.05**t
    elif kind == 3:
        losses = 4 + np.where(t % 2 == 0, -1.0, 1.0) * np.where(t == 0, -6, 1)
    elif kind == 4:
        losses = np.where(t == 1, 0.0, np.where(t == 0, 1.0, 1.25))
    elif kind == 5:
        losses = np.full(m, 0.75)
    else:
        losses = 2 - t / m
    unit = 2.0 ** int(rng.integers(-16, 17))
    return losses * unit, (0.25 if size.integers else float(rng.uniform(1e-3, 1e-2)))


@domain(tolerance="T2")
def best_of_restarts(rng: np.random.Generator, size: Size) -> tuple:
    """Draw three starts on a surface with two valleys; the lowest start ends in the higher one."""
    tilt = 0.25 if size.integers else float(rng.uniform(0.2, 0.4))
    sign = float(rng.choice([-1, 1]))

    def loss_fn(params: tuple) -> float:
        (w,) = params
        return (w * w - 1) ** 2 + sign * tilt * w

    def grad_fn(params: tuple) -> tuple:
        (w,) = params
        return (4 * w * (w * w - 1) + sign * tilt,)

    spread = 0.0 if size.integers else float(rng.uniform(-0.05, 0.05))
    starts = [(sign * (0.875 + spread),), (sign * (-0.25 + spread),), (sign * (1.5 + spread),)]
    order = rng.permutation(3)
    return loss_fn, grad_fn, [starts[i] for i in order], 0.0625, 6


def _whole(rng: np.random.Generator, count: int) -> np.ndarray:
    """Draw different whole numbers of either sign, none of them 0."""
    return rng.permutation(np.arange(1.0, count + 1)) * rng.choice([-1.0, 1.0], count)


def _features(rng: np.random.Generator, size: Size) -> np.ndarray:
    """Draw columns of different levels and spreads."""
    if size.integers:
        return _whole(rng, size.n * size.d).reshape(size.n, size.d)
    levels = rng.uniform(0.5, 2, size.d) * rng.choice([-1.0, 1.0], size.d)
    return levels + rng.uniform(0.6, 2, size.d) * rng.normal(size=(size.n, size.d))
