"""Where the arguments of the graded functions come from."""

import itertools

import numpy as np

from grader import Size, domain

SKILLS = ("shy", "bold", "fair", "keen", "calm", "wild")


@domain(tolerance=None)
def stratified_split(rng: np.random.Generator, size: Size) -> tuple:
    """Draw classes of different sizes, of which some shares end above one half, some below."""
    counts = rng.permutation(np.arange(size.n, size.n + size.k))
    y = rng.permutation(np.repeat(np.arange(size.k), counts))
    fraction = 0.5 if size.integers else float(rng.uniform(0.15, 0.45))
    return y, fraction, np.random.default_rng(rng.integers(2**32))


@domain(tolerance="T0")
def weighted_binary_cross_entropy(rng: np.random.Generator, size: Size) -> tuple:
    """Draw labels, moderate logits, in every second draw one far out and wrong, and a weight."""
    y_true = _labels(rng, size.n)
    if size.integers:
        return y_true, _signed(rng, rng.integers(1, 5, size.n)), float(rng.integers(3, 6))
    z = rng.uniform(-4, 4, size.n)
    if rng.random() < 0.5:
        far = rng.integers(size.n)
        z[far] = rng.choice([60.0, 900.0]) * (1 - 2 * y_true[far])
    return y_true, z, float(rng.choice([rng.uniform(0.1, 0.6), rng.uniform(3, 20)]))


@domain(tolerance="T2")
def train_with_validation(rng: np.random.Generator, size: Size) -> tuple:
    """Draw a least-squares problem whose validation loss falls and then rises, while training goes on.

    What is best for the validation set lies part of the way from the start to what is best for the
    training set. In the small cases only the bias moves, and two epochs are equally good.
    """
    n, d = size.n, size.d
    params = (np.zeros(d), 0.0)
    if size.integers:
        X, step = np.ones((2 * n, d)), float(rng.integers(1, 4))
        X[::2] = -1.0
        train, val = (X, np.full(2 * n, 4 * step)), (X[:2], np.full(2, 2.5 * step))
        return mean_square, mean_square_slope, params, train, val, 0.25, 3
    X, X_val = rng.normal(size=(n, d)), rng.normal(size=(n + 2, d))
    goal = _signed(rng, rng.uniform(1.0, 2.0, d))
    bias = 0.75
    y = X @ goal + bias
    y_val = X_val @ (0.45 * goal) + 0.45 * bias
    A = np.column_stack([X, np.ones(n)])
    learning_rate = 0.4 / float(np.linalg.eigvalsh(2 * A.T @ A / n)[-1])
    return mean_square, mean_square_slope, params, (X, y), (X_val, y_val), learning_rate, 4


def mean_square(params: tuple, X: np.ndarray, y: np.ndarray) -> float:
    """Return the mean squared error of a plane (w, b)."""
    return float(np.mean(np.square(X @ params[0] + params[1] - y)))


def mean_square_slope(params: tuple, X: np.ndarray, y: np.ndarray) -> tuple:
    """Return the gradient of `mean_square`."""
    errors = X @ params[0] + params[1] - y
    return 2 * X.T @ errors / len(y), 2 * float(np.mean(errors))


@domain(tolerance="EXACT")
def early_stopping(rng: np.random.Generator, size: Size) -> tuple:
    """Draw a curve that falls, stalls with small recoveries, and is best after the stop.

    All losses are multiples of 1/64, so that shifts and differences are exact. The epoch after the
    best one is better by exactly `min_delta`, in two of three draws 0, and that is not enough.
    """
    patience = int(rng.integers(3, 4 if size.integers else 6))
    min_delta = int(rng.choice([0, 0, 2]))
    falls = rng.integers(3, 9, int(rng.integers(2, max(size.n, 3))))
    best = 8
    falling = best + np.cumsum(falls)[::-1]
    stall = best + np.array([-min_delta, 9, 4, 8, 3])[:patience]
    after = [best - 4, best + 9, best - 7]
    losses = np.concatenate([falling, [best], stall, after])
    scale = 1 if size.integers else 64
    return (losses / scale).tolist(), patience, min_delta / scale


@domain(tolerance="T0")
def generalization_gap(rng: np.random.Generator, size: Size) -> tuple:
    """Draw two curves that cross: validation is better at some epoch, worse at most."""
    gap = rng.uniform(0.1, 1.0, size.n) * np.where(np.arange(size.n) == 0, -1.0, 1.0)
    train = np.sort(rng.uniform(0.2, 3.0, size.n))[::-1]
    if size.integers:
        return np.arange(size.n, 0.0, -1.0), np.arange(size.n, 0.0, -1.0) + np.ceil(3 * gap)
    return train, train + gap


@domain(tolerance="EXACT")
def rank_models(rng: np.random.Generator, size: Size) -> tuple:
    """Draw values of at least five models with a tie, in every second draw with a NaN."""
    n = max(size.n, 5)
    values = rng.permutation(np.arange(1.0, n + 1)) if size.integers else rng.uniform(0.0, 1.0, n)
    first, second, third = rng.choice(n, 3, replace=False)
    values[first] = values[second]
    if rng.random() < 0.5:
        values[third] = np.nan
    return values, bool(rng.integers(2))


@domain(tolerance="EXACT")
def grid_search(rng: np.random.Generator, size: Size) -> tuple:
    """Draw a grid of two times three values and a score for each; the best one occurs twice.

    No two of the best combinations share a value, and in every second draw one score is NaN.
    """
    grid = {
        "learning_rate": [0.1 * 2**i for i in range(2)],
        "pos_weight": [float(value) for value in rng.permutation([1, 5, 19])],
    }
    higher = bool(rng.integers(2))
    combinations = list(itertools.product(*grid.values()))
    values = rng.permutation(np.arange(1.0, len(combinations) + 1)) / (1 if size.integers else 8)
    best = np.max(values) if higher else np.min(values)
    left, right = rng.permutation(3)[:2]
    values[[left, 3 + right]] = best + (1 if higher else -1)
    if rng.random() < 0.5:
        values[rng.choice(np.setdiff1d(np.arange(6), [left, 3 + right]))] = np.nan
    table = dict(zip(combinations, values.tolist(), strict=True))

    def fit(learning_rate: float, pos_weight: float) -> tuple:
        return learning_rate, pos_weight

    return fit, table.__getitem__, grid, higher


@domain(tolerance="EXACT")
def disagreeing_pairs(rng: np.random.Generator, size: Size) -> tuple:
    """Draw losses and scores of at least five models, both with ties; every fourth draw has no pair."""
    n = max(size.n, 5)
    losses, scores = rng.integers(0, n, (2, n)) / (1 if size.integers else 8)
    return losses, -losses if rng.random() < 0.25 else scores


@domain(tolerance="EXACT")
def reject_model(rng: np.random.Generator, size: Size) -> tuple:
    """Draw decisions and limits, so that each limit is kept or broken as often as the other."""
    n = max(size.n, 4)
    y_true = _labels(rng, n)
    y_pred = np.where(rng.random(n) < 0.35, 1 - y_true, y_true)
    if rng.random() < 0.2:
        y_pred = np.zeros(n, dtype=np.int64)
    limits = [
        float(np.clip(value + rng.choice([-1, 1]) * rng.uniform(0.02, 0.3), 0.0, 1.0))
        for value in _precision_and_recall(y_true, y_pred)
    ]
    return y_true, y_pred, *limits


@domain(tolerance="T0")
def precision_at_base_rate(rng: np.random.Generator, size: Size) -> tuple:
    """Draw two rates that do not add up to 1, and a share of vacant spaces that is not one half."""
    return _rates(rng, size)


@domain(tolerance="T0")
def adjust_to_base_rate(rng: np.random.Generator, size: Size) -> tuple:
    """Draw probabilities and two shares of vacant spaces that differ and do not add up to 1."""
    old_rate, new_rate = rng.uniform(0.04, 0.3), rng.uniform(0.35, 0.65)
    if size.integers:
        old_rate, new_rate = 0.25, 0.5
    if rng.random() < 0.5:
        old_rate, new_rate = new_rate, old_rate
    p = rng.choice([0.125, 0.25, 0.75], size.n) if size.integers else rng.random(size.n)
    return p, float(old_rate), float(new_rate)


@domain(tolerance="T0")
def expected_business_cost(rng: np.random.Generator, size: Size) -> tuple:
    """Draw rates that do not add up to 1, and two different prices."""
    prices = rng.choice([1.0, 2.0, 5.0, 8.0], 2, replace=False)
    if not size.integers:
        prices = prices * rng.uniform(0.8, 1.2)
    return *_rates(rng, size), float(prices[0]), float(prices[1])


@domain(tolerance="EXACT")
def select_model(rng: np.random.Generator, size: Size) -> tuple:
    """Draw models of which the cheapest is rejected, and three others are cheapest, surest and best.

    That is: of those that may be shipped one is the cheapest, while another has the lowest loss and
    the highest accuracy. In every fourth draw all are rejected.
    """
    fp_is_dear = rng.random() < 0.5
    if fp_is_dear:
        found, limits = (
            {"cheap": (1, 0), "right": (6, 1), "sure": (10, 2), "keen": (11, 6)},
            (0.2, 0.4),
        )
    else:
        found, limits = (
            {"cheap": (12, 13), "right": (11, 8), "sure": (8, 1), "keen": (5, 0)},
            (0.5, 0.3),
        )
    prices = (7.0, 1.0) if fp_is_dear else (1.0, 7.0)
    roles = [*found, *["worse"] * max(size.k - len(found), 0)]
    names = [str(name) for name in rng.permutation(SKILLS)[: len(roles)]]
    order, threshold = rng.permutation(48), float(rng.choice([0.375, 0.5, 0.625]))
    y_true, scores = np.repeat([1, 0], [12, 36])[order], {}
    for name, role in zip(names, rng.permutation(roles), strict=True):
        hits, alarms = found.get(str(role), (5, 15))
        called = np.concatenate([np.arange(12) < hits, np.arange(36) < alarms])[order]
        margin = 0.2 if role == "sure" else 0.05
        far = rng.uniform(margin, margin + 0.1, 48)
        scores[name] = threshold + np.where(called, far, -far)
    if rng.random() < 0.25:
        limits = (0.95, 0.95)
    return y_true, scores, threshold, *limits, *prices


def _labels(rng: np.random.Generator, n: int) -> np.ndarray:
    """Draw labels of which both kinds occur, but not equally often where n allows."""
    return rng.permutation((np.arange(n) < max(1, n // 2 - 1)).astype(np.int64))


def _signed(rng: np.random.Generator, numbers: np.ndarray) -> np.ndarray:
    return numbers * rng.choice([-1.0, 1.0], numbers.shape)


def _rates(rng: np.random.Generator, size: Size) -> tuple:
    if size.integers:
        tpr, fpr, base_rate = rng.choice([[0.75, 0.5, 0.25], [0.5, 0.25, 0.125]])
        return float(tpr), float(fpr), float(base_rate)
    return (
        float(rng.uniform(0.55, 0.95)),
        float(rng.uniform(0.06, 0.4)),
        float(rng.choice([rng.uniform(0.03, 0.4), rng.uniform(0.6, 0.9)])),
    )


def _precision_and_recall(y_true: np.ndarray, y_pred: np.ndarray) -> tuple:
    found = np.sum(y_true * y_pred)
    return found / max(np.sum(y_pred), 1), found / max(np.sum(y_true), 1)
