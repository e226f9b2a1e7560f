"""Making gradient descent efficient.

Training takes long, and it may end in a minimum that is not the best one. You remedy both: scale
the features, find the largest learning rate that does not diverge, let it decay, learn from small
batches, keep momentum, look at the loss less often, read loss curves, and start more than once.

Conventions of the course
- n examples, d features. Rows are examples: X has shape (n, d).
- Inputs may be arrays of any number type, of bool, or lists. Calculate in float64: begin with
  `np.asarray(x, dtype=float)`.
- Losses are means over the examples, no squared loss has a factor 1/2, and standard deviations
  divide by n, not n - 1.
- The parameters of a model are a tuple of numbers and arrays, such as (w, b).
- Random numbers come from the `numpy.random.Generator` that is passed as `rng`, and from nowhere
  else: the same state of rng gives the same result.
- Return the result and do nothing else: no printing, the caller's arrays stay as they were, and
  the result is new: whoever changes it later changes none of your inputs.
- `given.checks` raises the errors that the docstrings ask for. `given.gradient_descent` and
  `given.models_and_losses` have right versions of what you wrote before, such as `gradient_step`.
"""

from collections.abc import Callable, Sequence

import numpy as np
from given.checks import check_not_empty, check_range, check_same_shape, check_shape
from given.gradient_descent import gradient_descent, gradient_step
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Params = tuple[float | Floats, ...]  # such as (w, b): any number of numbers and arrays


def standardize_fit(X: ArrayLike) -> tuple[Floats, Floats]:
    """Return the mean and the standard deviation of each feature.

    Formula, for each column x of X: mean = (1/n) times the sum over i of x[i];
    std = square root of ((1/n) times the sum over i of (x[i] - mean)^2), with n, not n - 1.
    A column whose values are all equal gets std 1, so that nobody divides by 0 later.

    X: features, shape (n, d).
    Returns (mean, std), both of shape (d,). They stay the same if all rows are given twice.

    ValueError ("shape"): X is not 2-D. ValueError ("empty"): there are no examples.

    >>> mean, std = standardize_fit([[1, 5, 2], [3, 5, 4], [5, 5, 9]])
    >>> print(mean, std.round(7))
    [3. 5. 5.] [1.6329932 1.        2.9439203]
    """
    raise NotImplementedError


def standardize_apply(X: ArrayLike, mean: ArrayLike, std: ArrayLike) -> Floats:
    """Return features centred and scaled with statistics that were found earlier.

    Formula: result[i, j] = (X[i, j] - mean[j]) / std[j]. Mean and std come from the training data,
    also when X is new data, for which nothing is computed anew: a single new row works too.

    X: features, shape (n, d). mean, std: shape (d,), as from `standardize_fit`.
    Returns an array of shape (n, d). No examples, X of shape (0, d), give shape (0, d).

    A NaN in X gives NaN in its place, and nowhere else.
    ValueError ("shape"): X is not 2-D, or mean or std is not (d,).
    ValueError ("std"): an entry of std is not greater than 0.

    >>> standardize_apply([[3, 4], [5, 0]], [3, 2], [2, 4])
    array([[ 0. ,  0.5],
           [ 1. , -0.5]])
    """
    raise NotImplementedError


def max_stable_learning_rate(X: ArrayLike) -> float:
    """Return the learning rate above which gradient descent on the mean squared error diverges.

    The model is linear with a bias, y_hat = X w + b. Its loss is a quadratic bowl, and how steep
    the bowl bends in each direction is written in the matrix H = (2/n) A^T A, where A is X with
    one more column of ones. Formula: 2 divided by the largest eigenvalue of H.

    With a smaller rate each step comes closer to the minimum; at twice the inverse of the largest
    eigenvalue the error along the steepest direction flips its sign and keeps its size; with a
    larger rate it grows.

    X: features, shape (n, d).
    Returns a float. It stays the same if all rows are given twice.

    ValueError ("shape"): X is not 2-D. ValueError ("empty"): there are no examples.

    >>> round(max_stable_learning_rate([[1, 2], [3, 4], [5, 6]]), 10)
    0.0321792781
    """
    raise NotImplementedError


def decayed_learning_rate(
    initial: float, step: int, decay_rate: float, decay_steps: int = 1
) -> float:
    """Return the learning rate at a step, which falls with the inverse of time.

    Formula: initial / (1 + decay_rate * step / decay_steps). It falls at every step, not only at
    multiples of decay_steps; with decay_rate 1 it has halved after decay_steps steps.

    initial: the rate at step 0. step: how many steps were done. decay_rate: 0 or more.
    decay_steps: 1 or more.
    Returns a float.

    ValueError (the name of the argument): initial is not greater than 0, step or decay_rate is
    negative, decay_steps is below 1.

    >>> round(decayed_learning_rate(0.5, 5, 0.1, 10), 10)
    0.4761904762
    """
    raise NotImplementedError


def minibatch_indices(n: int, batch_size: int, rng: np.random.Generator) -> list[Ints]:
    """Return the batches of one epoch: all examples in random order, cut into pieces.

    The numbers 0 to n - 1 are put into a random order, every order equally likely, and cut into
    consecutive batches of batch_size. If batch_size does not divide n, the last batch is smaller;
    it is kept, so that every example occurs exactly once.

    n: the number of examples. batch_size: at least 1; if it is larger than n, there is one batch.
    rng: where the random order comes from. Generators in the same state give the same batches;
       the next call with the same generator gives others.
    Returns a list of integer arrays.

    ValueError ("n"): n is below 1. ValueError ("batch_size"): batch_size is below 1.

    >>> batches = minibatch_indices(10, 4, np.random.default_rng(0))
    >>> [len(batch) for batch in batches], sorted(int(i) for batch in batches for i in batch)
    ([4, 4, 2], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    """
    raise NotImplementedError


def minibatch_gradient_descent(
    grad_fn: Callable[[Params, Floats, NDArray], Params],
    params: Params,
    X: ArrayLike,
    y: ArrayLike,
    learning_rate: float,
    batch_size: int,
    n_epochs: int,
    rng: np.random.Generator,
) -> Params:
    """Return the parameters after n_epochs of gradient descent on small batches.

    Each epoch asks `minibatch_indices` once for its batches. For each batch, one after the other,
    one step is taken: params = gradient_step(params, grad_fn(params, X[batch], y[batch]),
    learning_rate), from the parameters that the batch before has left.

    grad_fn: takes parameters, the features and the targets of a batch, and returns a tuple of
       gradients of the mean loss over that batch.
    params: the start. It stays as it was, also if n_epochs is 0: return new objects.
    X: features, shape (n, d). y: targets, shape (n,).
    learning_rate, batch_size: as in `gradient_step` and `minibatch_indices`.
    n_epochs: how often to go through the data, 0 or more.
    rng: where the random orders come from, a new one for each epoch.

    You may call `minibatch_indices`; a mistake there then costs you nothing here.

    ValueError ("shape"): y has not as many entries as X has rows. ValueError ("empty"): there are
    no examples. ValueError (the name of the argument): learning_rate is not greater than 0,
    batch_size is below 1, n_epochs is negative.
    """
    raise NotImplementedError


def momentum_step(
    params: Params,
    velocity: Params,
    grads: Params,
    learning_rate: float,
    momentum: float = 0.9,
) -> tuple[Params, Params]:
    """Return parameters and velocity after one step with momentum: a ball that rolls downhill.

    Formula, for each parameter i: new_velocity[i] = momentum * velocity[i] - learning_rate *
    grads[i], and then new_params[i] = params[i] + new_velocity[i]. The sign of the gradient is
    inside the velocity. A constant gradient makes the ball faster, until each step is
    1 / (1 - momentum) times as long as without momentum.

    params, velocity, grads: tuples of numbers and arrays, all three of the same shapes.
    learning_rate: greater than 0. momentum: at least 0, less than 1; 0 is plain gradient descent.
    Returns (new_params, new_velocity), two tuples of new arrays and floats. The old ones stay as
    they were.

    ValueError ("shape"): the three differ in length or in a shape. ValueError (the name of the
    argument): learning_rate or momentum is out of range.

    >>> params, velocity = momentum_step((1.0,), (0.5,), (2.0,), 0.1, 0.9)
    >>> print(params[0], velocity[0])
    1.25 0.25
    """
    raise NotImplementedError


def train_with_loss_checks(
    loss_fn: Callable[[Params], float],
    grad_fn: Callable[[Params], Params],
    params: Params,
    learning_rate: float,
    max_steps: int,
    check_every: int,
    tol: float,
) -> tuple[Params, int, list[tuple[int, float]]]:
    """Walk downhill, look at the loss now and then, and stop when it hardly changes any more.

    The loss costs time, so it is computed at checks only: before the first step (step 0), after
    every step t that is a multiple of check_every, and after the last step, t = max_steps. Every
    check is noted as (t, loss). If the loss of a check differs from that of the check before by
    tol or less, in either direction, the walk ends there.

    loss_fn, grad_fn: functions of one tuple of parameters; loss_fn returns a number, grad_fn a
       tuple of gradients, one per parameter.
    params: the start; it stays as it was. learning_rate: as in `gradient_step`.
    max_steps, tol: 0 or more. check_every: 1 or more.
    Returns (params, steps, checks): the parameters at the end, the number of steps done, and the
    list of all checks, the one at step 0 first. loss_fn is called once per check and never else.

    A run that diverges goes on to the end; its losses become inf or NaN, and no error arises.
    ValueError (the name of the argument): learning_rate, max_steps, check_every or tol is out of
    range.

    >>> def loss(params):
    ...     return params[0] ** 2
    >>> def grad(params):
    ...     return (2 * params[0],)
    >>> params, steps, checks = train_with_loss_checks(loss, grad, (8.0,), 0.25, 9, 2, 4.0)
    >>> print(params[0], steps, checks)
    0.5 4 [(0, 64.0), (2, 4.0), (4, 0.25)]
    """
    raise NotImplementedError


def training_work(
    n_examples: int, batch_size: int, n_epochs: int, check_every: int
) -> tuple[int, int, int]:
    """Return how much a training costs: steps, gradients of examples, losses of examples.

    An epoch takes one step per batch; the last batch may be smaller, but is a step too. Each
    gradient reads its batch, so that an epoch reads every example once. Each check of the loss
    reads all examples; the loss is checked before the first step and after every check_every
    steps.
    Formula: steps = n_epochs times n_examples / batch_size, rounded up to a whole number before
    multiplying; gradients = n_epochs * n_examples; losses = n_examples times (1 + the number of
    whole times that check_every fits into steps).

    n_examples, batch_size, check_every: 1 or more. n_epochs: 0 or more.
    Returns (steps, gradients, losses), three ints.

    ValueError (the name of the argument): it is below 1, n_epochs below 0.

    >>> training_work(4000, 32, 10, 100)
    (1250, 40000, 52000)
    """
    raise NotImplementedError


def classify_loss_curve(losses: ArrayLike, tol: float = 1e-3) -> str:
    """Return in a word how a training went, read from its losses.

    The tail is the second half of the curve, losses[m // 2:] with m = len(losses); the scale is
    the first loss minus the smallest one. The first of these rules that applies decides:
    1. "diverging": some loss is inf or NaN, or the last loss is larger than the first.
    2. "converged": the largest minus the smallest loss of the tail is at most tol * scale. So a
       curve that is constant from the start has converged.
    3. "oscillating": of the steps from one loss of the tail to the next, at least a quarter rise
       by more than tol * scale.
    4. "still_decreasing".

    losses: shape (m,), m at least 2. tol: relative to the scale, so that it does not matter in
       which units the loss is measured.
    Returns one of the four words. "converged" does not say where: a suboptimal minimum is one too.

    ValueError ("empty"): fewer than 2 losses.

    >>> classify_loss_curve([1, 0.5, 0.25, 0.125])
    'still_decreasing'
    """
    raise NotImplementedError


def best_of_restarts(
    loss_fn: Callable[[Params], float],
    grad_fn: Callable[[Params], Params],
    starts: Sequence[Params],
    learning_rate: float,
    n_steps: int,
) -> tuple[Params, int, Floats]:
    """Walk downhill from several starts and return where the walk ended best.

    From each start, n_steps steps of gradient descent are taken, whatever the others do. The run
    whose last loss is smallest wins; of equal ones the first. A run whose last loss is NaN loses.

    loss_fn, grad_fn: functions of one tuple of parameters; loss_fn returns a number, grad_fn a
       tuple of gradients, one per parameter.
    starts: a list of tuples of parameters. They stay as they were.
    learning_rate, n_steps: the same for all runs, as in `gradient_descent`, which you may call:
       `given.gradient_descent` has a right one.
    Returns (params, index, losses): the last parameters of the best run, which start it had, and
    the last losses of all runs, in the order of the starts.

    ValueError ("empty" or "NaN"): there are no starts, or all last losses are NaN.
    ValueError (the name of the argument): learning_rate is not greater than 0, n_steps is
    negative.

    >>> def loss(params):
    ...     return (params[0] ** 2 - 1) ** 2 + 0.3 * params[0]
    >>> def grad(params):
    ...     return (4 * params[0] * (params[0] ** 2 - 1) + 0.3,)
    >>> params, index, losses = best_of_restarts(loss, grad, [(2.0,), (-0.5,)], 0.05, 500)
    >>> print(params[0].round(6), index, losses.round(6))
    -1.035579 1 [ 0.294146 -0.305428]
    """
    raise NotImplementedError


