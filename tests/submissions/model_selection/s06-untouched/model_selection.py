"""Loss vs scoring function, model selection.

Gradient descent needs a loss that it can differentiate; the operator of a car park cares about
other numbers. You write what stands between the two: a fair split of the data, a weighted loss,
training with a validation set, early stopping, the choice among models by loss, by metric and by
price, and what happens to all of them on a lot with another share of vacant spaces.

Conventions of the course
- n examples, d features. Rows are examples: X has shape (n, d).
- Inputs may be arrays of any number type, of bool, or lists. Calculate in float64: begin with
  `np.asarray(x, dtype=float)`.
- Binary labels are 0 or 1, and 1 is the positive class: a vacant parking space.
- A score says "vacant" if it is at least the threshold.
- Randomness comes from the generator `rng` that is passed, and from nowhere else.
- Return the result and do nothing else: no printing, and the caller's arrays stay as they were; a
  result is never an argument itself or a view of one.
- `given.checks` raises the errors that the docstrings ask for.
"""

import itertools
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from given.checks import (
    check_binary_labels,
    check_no_nan,
    check_not_empty,
    check_range,
    check_vectors,
)
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Params = tuple[float | Floats, ...]


def stratified_split(
    y: ArrayLike, val_fraction: float, rng: np.random.Generator
) -> tuple[Ints, Ints]:
    """Split the examples into a training and a validation part that have the same mix of classes.

    Of each class, with m members, floor(val_fraction * m + 1/2) members go to validation: the
    nearest whole number, and one half goes up. Which members, `rng` decides: any of them can be
    chosen. The other examples are for training.

    y: the classes, shape (n,), whole numbers; there may be more than two of them.
    val_fraction: the share for validation, between 0 and 1.
    Returns (train, val), two arrays of indices (integers, even if there are none), each in
    ascending order. Together they hold every index from 0 to n - 1 once. The same state of `rng`
    gives the same split.

    ValueError ("val_fraction"): it is not between 0 and 1, both excluded.
    ValueError ("empty"): no examples.

    >>> train, val = stratified_split([0] * 95 + [1] * 5, 0.2, np.random.default_rng(0))
    >>> len(train), len(val), int(np.sum(val >= 95))
    (80, 20, 1)
    """
    raise NotImplementedError


def weighted_binary_cross_entropy(y_true: ArrayLike, z: ArrayLike, pos_weight: float) -> float:
    """Return the mean cross-entropy of logits, in which a vacant space counts more than others.

    Formula: (1/n) times the sum over i of c[i] * loss[i], where loss[i] is the cross-entropy of
    example i alone, ln(1 + exp(-z[i])) for label 1 and ln(1 + exp(z[i])) for label 0, and c[i] is
    `pos_weight` for label 1 and 1 for label 0. It is divided by n, not by the sum of the weights:
    an integer weight is the same as to repeat the vacant spaces without changing n.

    y_true: labels 0 or 1, shape (n,). z: logits, shape (n,). pos_weight: a positive number.
    Returns a float, never negative. A NaN in z makes it NaN.

    No warning may arise for |z| up to 1000, and the loss stays accurate there: label 0 with
    z = 1000 costs 1000, label 1 with z = -1000 costs 1000 times the weight.

    ValueError ("shape"): the shapes differ, or are not (n,). ValueError ("empty"): no examples.
    ValueError ("label"): a label is not 0 or 1.
    ValueError ("pos_weight"): it is not above 0.

    >>> round(weighted_binary_cross_entropy([1, 0, 1], [2, -1, 0.5], 19), 10)
    3.9107855323
    """
    raise NotImplementedError


def train_with_validation(
    loss_fn: Callable[[Params, Floats, NDArray], float],
    grad_fn: Callable[[Params, Floats, NDArray], Params],
    params: Params,
    train: tuple[Floats, NDArray],
    val: tuple[Floats, NDArray],
    learning_rate: float,
    n_epochs: int,
) -> tuple[Params, dict[str, Floats | int]]:
    """Train by gradient descent, watch a validation set, and return the best model on the way.

    An epoch is one step on all training examples: each parameter p becomes
    p - learning_rate * g, where g is its gradient on the training set at the old parameters.

    loss_fn(params, X, y): the loss of a model on a data set, a number.
    grad_fn(params, X, y): its gradients, a tuple with one entry per parameter.
    params: the parameters at the start, a tuple of numbers and arrays.
    train, val: the training and the validation set, each a pair (X, y). Gradients come from the
       training set alone.
    learning_rate: positive. n_epochs: how many steps; 0 is allowed.
    Returns (best, history). `best` is a tuple with the parameters at the epoch with the smallest
    validation loss, in new arrays. `history` is a dict:
        "train_loss", "val_loss"   arrays of shape (n_epochs + 1,): entry 0 belongs to the start,
                                   entry t to the parameters after t steps, in both arrays
        "best_epoch"               the index of the smallest entry of "val_loss", an int; of equal
                                   ones the first

    A run that diverges goes on to the end. A validation loss that is NaN is never the best one.
    ValueError ("n_epochs"): it is negative.

    >>> def loss_fn(params, X, y):
    ...     return np.mean((X[:, 0] * params[0] - y) ** 2)
    >>> def grad_fn(params, X, y):
    ...     return (2 * np.mean((X[:, 0] * params[0] - y) * X[:, 0]),)
    >>> train, val = (np.ones((2, 1)), np.array([3.0, 5.0])), (np.ones((1, 1)), np.array([2.5]))
    >>> best, history = train_with_validation(loss_fn, grad_fn, (0.0,), train, val, 0.25, 3)
    >>> float(best[0]), history["best_epoch"], history["val_loss"]
    (2.0, 1, array([6.25, 0.25, 0.25, 1.  ]))
    """
    raise NotImplementedError


def early_stopping(
    val_losses: Sequence[float], patience: int, min_delta: float = 0.0
) -> tuple[int, int]:
    """Say when training should have stopped, and which epoch had the best model until then.

    Go through the epochs 1, 2, ... as if the later ones were not known yet; the best epoch so far
    is 0 at the beginning. An epoch whose loss is smaller than that of the best epoch by more than
    `min_delta` becomes the best epoch. Any other epoch is a disappointment: if it lies `patience`
    or more epochs after the best one, training stops with it.

    val_losses: the validation loss of each epoch, the first at index 0: a list or an array.
    patience: how many epochs without improvement end the training, at least 1.
    min_delta: how large an improvement must be to count, 0 or more.
    Returns (best_epoch, stop_epoch), two ints. If nothing stops the training, stop_epoch is the
    last epoch.

    NaN is no improvement; but if epoch 0 has a NaN, the first finite loss becomes the best.
    ValueError ("empty"): no losses. ValueError ("patience"): it is below 1.
    ValueError ("min_delta"): it is negative.

    >>> early_stopping([1, 0.8, 0.7, 0.72, 0.71, 0.73, 0.6], patience=2)
    (2, 4)
    >>> early_stopping([1, 0.8, 0.7, 0.72, 0.71, 0.73, 0.6], patience=4)
    (6, 6)
    """
    raise NotImplementedError


def generalization_gap(train_losses: ArrayLike, val_losses: ArrayLike) -> Floats:
    """Return how much worse the model is on new data than on its training data, epoch by epoch.

    Formula: gap[t] = val_losses[t] - train_losses[t].

    train_losses, val_losses: the two curves, shape (n,), one entry per epoch.
    Returns an array of shape (n,), positive where the model does worse on new data and negative
    where it does better. A NaN in either curve makes that epoch's gap NaN.

    ValueError ("shape"): the shapes differ, or are not (n,). ValueError ("empty"): no epochs.

    >>> generalization_gap([1, 0.5], [1.1, 0.9])
    array([0.1, 0.4])
    """
    raise NotImplementedError


def rank_models(values: ArrayLike, higher_is_better: bool) -> Ints:
    """Return the order of the models, the best one first.

    values: one number per model: a loss, an accuracy, a cost; shape (k,).
    higher_is_better: True for a score such as accuracy, False for a loss or a cost.
    Returns k integers, each model's index once: the first is the index of the best model. Models
    with equal values stay in the order in which they came; one with NaN comes after all others,
    after infinite values too.

    ValueError ("empty"): no models.

    >>> rank_models([0.3, 0.1, 0.2, 0.1], higher_is_better=False)
    array([1, 3, 2, 0])
    >>> rank_models([0.3, 0.1, 0.2, 0.1], higher_is_better=True)
    array([0, 2, 1, 3])
    """
    raise NotImplementedError


def grid_search(
    fit: Callable[..., object],
    score: Callable[[object], float],
    grid: Mapping[str, Sequence],
    higher_is_better: bool = True,
) -> tuple[dict, float, list[tuple[dict, float]]]:
    """Try every combination of hyper-parameters and return the best one.

    fit: trains a model; called with one value per hyper-parameter, by keyword, as in
       fit(learning_rate=0.1, pos_weight=5).
    score: judges what `fit` returned, a number.
    grid: the values to try, by the names of the hyper-parameters.
    higher_is_better: True for a score such as F1, False for a loss or a cost.
    Returns (best, best_score, trials). `trials` is a list of (combination, score), where a
    combination is a dict with a value for each name; it is in the order of nested loops over the
    names, in which the last name changes fastest (`itertools.product`). `best` is the combination
    with the best score, of equal ones the first, and `best_score` its score.

    Each combination is trained once and judged once. A NaN score is never the best.
    You may call `rank_models`; a mistake there then costs you nothing here.

    ValueError ("empty"): there is no name, or one with no values.
    ValueError ("NaN"): all scores are NaN.

    >>> def fit(a, b):
    ...     return a * b
    >>> def score(model):
    ...     return 1.5 * model
    >>> best, best_score, trials = grid_search(fit, score, {"a": [2, 4], "b": [3, 1]}, False)
    >>> best, best_score
    ({'a': 2, 'b': 1}, 3.0)
    >>> trials[:3]
    [({'a': 2, 'b': 3}, 9.0), ({'a': 2, 'b': 1}, 3.0), ({'a': 4, 'b': 3}, 18.0)]
    """
    raise NotImplementedError


def disagreeing_pairs(losses: ArrayLike, scores: ArrayLike) -> Ints:
    """Return the pairs of models about which the loss and the score disagree.

    A pair (i, j) disagrees if model i has the smaller loss, losses[i] < losses[j], and yet the
    worse score, scores[i] < scores[j]. Of two equal losses, or two equal scores, none is better:
    such a pair does not count.

    losses, scores: one number per model, shape (k,). A higher score is better.
    Returns an integer array of shape (m, 2), one pair per row: first the model with the smaller
    loss, whatever its index, then the one with the better score. The rows are sorted by the first
    index, then by the second. If there are no pairs the shape is (0, 2).

    ValueError ("shape"): the shapes differ, or are not (k,). ValueError ("NaN"): a loss or a
    score is NaN.

    >>> disagreeing_pairs([0.2, 0.3, 0.1], [0.5, 0.9, 0.6])
    array([[0, 1],
           [2, 1]])
    """
    raise NotImplementedError


def reject_model(
    y_true: ArrayLike, y_pred: ArrayLike, min_precision: float, min_recall: float
) -> bool:
    """Say whether a model must not be shipped because a metric falls short of its limit.

    Formula: precision is the share of vacant spaces among those that were called vacant, recall
    the share of spaces called vacant among the vacant ones. The model is rejected if
    precision < min_precision or recall < min_recall. Where nothing was called vacant the
    precision is 0, and where nothing is vacant the recall is 0.

    y_true, y_pred: the true labels and the decisions, 0 or 1, both of shape (n,).
    min_precision, min_recall: the limits, from 0 to 1. A limit of 0 demands nothing.
    Returns True or False, a bool of Python's.

    ValueError ("shape"): the shapes differ, or are not (n,). ValueError ("empty"): no examples.
    ValueError ("label"): a label or a decision is not 0 or 1.
    ValueError ("min_precision" or "min_recall"): the limit is not in [0, 1].

    >>> reject_model([1, 1, 1, 0], [1, 1, 0, 0], min_precision=0.9, min_recall=0.5)
    False
    >>> reject_model([1, 1, 1, 0], [1, 1, 0, 0], min_precision=0.9, min_recall=0.8)
    True
    """
    raise NotImplementedError


def precision_at_base_rate(tpr: float, fpr: float, base_rate: float) -> float:
    """Return the precision that a model will have on a lot with another share of vacant spaces.

    Formula: precision = base_rate * tpr / (base_rate * tpr + (1 - base_rate) * fpr), and 0 where
    the denominator is 0. How a space looks does not depend on the lot, so the two rates stay what
    they were; how many spaces they apply to changes.

    tpr: the share of the vacant spaces that the model calls vacant (the recall).
    fpr: the share of the occupied spaces that the model calls vacant.
    base_rate: the share of vacant spaces on the new lot.
    Returns a float from 0 to 1.

    ValueError ("tpr", "fpr" or "base_rate"): the argument is not in [0, 1].

    >>> round(precision_at_base_rate(0.9, 0.1, 0.05), 10)
    0.3214285714
    >>> round(precision_at_base_rate(0.9, 0.1, 0.4), 10)
    0.8571428571
    """
    raise NotImplementedError


def adjust_to_base_rate(p: ArrayLike, old_rate: float, new_rate: float) -> Floats:
    """Return the probabilities of a model for a lot with another share of vacant spaces.

    Formula: with a = p * new_rate / old_rate and c = (1 - p) * (1 - new_rate) / (1 - old_rate),
    the new probability is a / (a + c). This shifts each logit by the same number,
    ln(new_rate / (1 - new_rate)) - ln(old_rate / (1 - old_rate)).

    p: probabilities of "vacant", from 0 to 1, made for a lot with the share `old_rate` of vacant
       spaces: a vector, or one number.
    old_rate, new_rate: the two shares, between 0 and 1.
    Returns a new array of the same shape (for one number: a float or a 0-d array). 0 stays 0 and
    1 stays 1; NaN stays NaN.

    ValueError ("p"): a probability is not in [0, 1]. ValueError ("old_rate" or "new_rate"): the
    share is not between 0 and 1, both excluded.

    >>> adjust_to_base_rate([0.05, 0.3, 1.0], old_rate=0.05, new_rate=0.4)
    array([0.4       , 0.84444444, 1.        ])
    """
    raise NotImplementedError


def expected_business_cost(
    tpr: float, fpr: float, base_rate: float, cost_fp: float, cost_fn: float
) -> float:
    """Return what a model will cost per space on a lot with a known share of vacant spaces.

    Formula: base_rate * (1 - tpr) * cost_fn + (1 - base_rate) * fpr * cost_fp.

    tpr: the share of the vacant spaces that the model calls vacant.
    fpr: the share of the occupied spaces that the model calls vacant.
    base_rate: the share of vacant spaces on the lot.
    cost_fp: the price of an occupied space that is called vacant; cost_fn: the price of a vacant
    space that is called occupied. Both are 0 or more.
    Returns a float, in the units of the prices.

    ValueError (with the argument's name): a rate is not in [0, 1], or a price is negative.

    >>> round(expected_business_cost(0.9, 0.1, 0.05, cost_fp=1, cost_fn=5), 10)
    0.12
    >>> round(expected_business_cost(0.9, 0.1, 0.4, cost_fp=1, cost_fn=5), 10)
    0.26
    """
    raise NotImplementedError


def select_model(
    y_true: ArrayLike,
    scores: Mapping[str, ArrayLike],
    threshold: float,
    min_precision: float,
    min_recall: float,
    cost_fp: float,
    cost_fn: float,
) -> str | None:
    """Return the name of the cheapest model among those that may be shipped.

    Each model calls a space vacant if its score is at least `threshold`. Models that
    `reject_model` rejects are out. Of the others, the one with the lowest business cost is
    chosen, of equally cheap ones the first. The business cost of a model is
    (cost_fp * number of occupied spaces called vacant
     + cost_fn * number of vacant spaces called occupied) / n.

    y_true: labels 0 or 1, shape (n,).
    scores: the scores of each model, shape (n,), by its name. They may be logits.
    min_precision, min_recall: the limits of `reject_model`.
    cost_fp, cost_fn: what the two kinds of errors cost, 0 or more.
    Returns a name, or None if all models are rejected.

    You may call `reject_model`; a mistake there then costs you nothing here.

    ValueError ("empty"): there are no models, or no examples. ValueError ("shape"): the scores of
    a model do not have the shape of y_true. ValueError ("NaN"): a score is NaN.
    ValueError ("label"): a label is not 0 or 1. ValueError (with the argument's name): a limit is
    not in [0, 1], or a price is negative.

    >>> y_true = [1, 1, 0, 0, 0, 0]
    >>> scores = {"bold": [0.9, 0.6, 0.7, 0.2, 0.1, 0.3], "shy": [0.8, 0.4, 0.3, 0.2, 0.1, 0.1]}
    >>> select_model(y_true, scores, 0.5, 0.6, 0.4, cost_fp=1, cost_fn=5)
    'bold'
    >>> select_model(y_true, scores, 0.5, 0.8, 0.4, cost_fp=1, cost_fn=5)
    'shy'
    """
    raise NotImplementedError
