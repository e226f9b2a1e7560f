"""Gradient descent.

A loss function says how wrong a model is; its gradient says in which direction of the weights the
loss rises fastest. Gradient descent makes many small steps the other way. You measure gradients
numerically, derive those of three losses on paper, walk downhill with them, and see why the
number of incorrect predictions, which is flat almost everywhere, cannot be descended.

Conventions of the course
- n examples, d features, k classes. Rows are examples: X has shape (n, d).
- Inputs may be arrays of any number type, of bool, or lists. Calculate in float64: begin with
  `np.asarray(x, dtype=float)`.
- Losses are means over the examples, logarithms are natural, no squared loss has a factor 1/2.
- The parameters of a model are a tuple of numbers and arrays, such as (w, b).
- Return the result and do nothing else: no printing, the caller's arrays stay as they were, and
  the result is new: whoever changes it later changes none of your inputs.
- `given.checks` raises the errors that the docstrings ask for, and `given.models_and_losses` has
  right versions of what you wrote in the assignment before, `sigmoid` and `softmax` among them.
"""

from collections.abc import Callable, Sequence

import numpy as np
from given.checks import (
    check_binary_labels,
    check_class_labels,
    check_not_empty,
    check_range,
    check_same_shape,
    check_shape,
)
from given.models_and_losses import sigmoid, softmax
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Params = tuple[float | Floats, ...]  # such as (w, b): any number of numbers and arrays


def numerical_gradient(f: Callable[[Floats], float], w: ArrayLike, h: float = 1e-5) -> Floats:
    """Return the gradient of f at w, measured with central differences.

    Formula: g[i] = (f(w + h e_i) - f(w - h e_i)) / (2 h), where e_i is 1 at entry i and 0 at all
    others: one entry is moved at a time, all others are as in w.

    f: a function of one array of w's shape, which returns a number.
    w: the point, an array or list of any shape (a matrix too); whole numbers count as floats.
    h: half the distance of the two points.
    Returns an array of w's shape. For a quadratic f it is exact up to rounding, whatever h is.

    f is called twice per entry of w and never else, each time with a new array of floats, which f
    may keep.
    ValueError ("h"): h is not greater than 0.

    >>> numerical_gradient(lambda w: w[0] ** 2 + 10 * w[1], [3, 5]).round(6)
    array([ 6., 10.])
    """
    raise NotImplementedError


def gradient_check(
    f: Callable[[Floats], float],
    grad_f: Callable[[Floats], ArrayLike],
    w: ArrayLike,
    h: float = 1e-5,
) -> float:
    """Return how far a gradient that you derived is from the measured one: 0 is best, 1 is worst.

    Formula: the largest over all entries i of |a[i] - m[i]| / max(1e-8, |a[i]| + |m[i]|), with
    a = grad_f(w) and m = numerical_gradient(f, w, h).

    f: a function of one array of w's shape, which returns a number.
    grad_f: a function of the same array, which returns the gradient to be checked, in w's shape.
    w, h: as in `numerical_gradient`.
    Returns a float. A right gradient gives less than 1e-6; one that is twice too large 1/3; one
    of the wrong sign 1. One wrong entry among a thousand right ones must show.

    You may call `numerical_gradient`; a mistake there then costs you nothing here.

    ValueError ("shape"): grad_f returns another shape than w's.

    >>> round(gradient_check(lambda w: w[0] ** 2, lambda w: [4 * w[0]], [3.0]), 6)
    0.333333
    """
    raise NotImplementedError


def mse_gradient(X: ArrayLike, y: ArrayLike, w: ArrayLike, b: float) -> tuple[Floats, float]:
    """Return the gradient of the mean squared error of a linear model, for its weights and bias.

    Formula: with the residuals r[i] = X[i, 0] w[0] + ... + X[i, d-1] w[d-1] + b - y[i], the loss is
    the mean of r[i]^2, and its derivatives are dw[j] = (2/n) times the sum over i of r[i] X[i, j],
    and db = (2/n) times the sum of r[i].

    X: features, shape (n, d). y: targets, shape (n,). w: weights, shape (d,). b: the bias.
    Returns (dw, db): an array of shape (d,) and a float. Both stay the same if all examples are
    given twice. A NaN in the data makes NaN what depends on it.

    ValueError ("shape"): X is not 2-D, or y is not (n,), or w is not (d,).
    ValueError ("empty"): there are no examples.

    >>> mse_gradient([[1, 2], [3, 4], [5, 6]], [1, 0, 1], [0.5, -1], 0.25)
    (array([-20.16666667, -26.        ]), -5.833333333333333)
    """
    raise NotImplementedError


def logistic_gradient(X: ArrayLike, y: ArrayLike, w: ArrayLike, b: float) -> tuple[Floats, float]:
    """Return the gradient of the mean binary cross-entropy of a logistic model.

    The model predicts p[i] = sigmoid(z[i]) with z[i] = X[i, 0] w[0] + ... + X[i, d-1] w[d-1] + b;
    the loss is the mean cross-entropy of p, `binary_cross_entropy_with_logits(y, z)`.
    Formula: with r[i] = p[i] - y[i], dw[j] = (1/n) times the sum over i of r[i] X[i, j], and
    db = (1/n) times the sum of r[i].

    X: features, shape (n, d). y: labels 0 or 1, shape (n,). w: weights, shape (d,). b: the bias.
    Returns (dw, db): an array of shape (d,) and a float. A NaN in X makes NaN what depends on it.

    No warning may arise for |z| up to 1000; `given.models_and_losses` has a sigmoid like that.

    ValueError ("shape"): X is not 2-D, or y is not (n,), or w is not (d,).
    ValueError ("empty"): there are no examples. ValueError ("label"): a label is not 0 or 1.

    >>> logistic_gradient([[1, 2], [3, 4], [5, 6]], [1, 0, 1], [0.5, -1], 0.25)[0].round(7)
    array([-1.7682057, -2.3164135])
    """
    raise NotImplementedError


def softmax_gradient(
    X: ArrayLike, y: ArrayLike, W: ArrayLike, b: ArrayLike
) -> tuple[Floats, Floats]:
    """Return the gradient of the mean cross-entropy of a softmax model with k classes.

    The model predicts P = softmax(Z) with Z = X W + b, where b is added to each row; the loss is
    `softmax_cross_entropy(y, Z)`.
    Formula: the residuals R are P, minus 1 where the column is the row's true class: in row i that
    is the entry R[i, y[i]]. dW[j, c] = (1/n) times the sum over i of X[i, j] R[i, c], and
    db[c] = (1/n) times the sum over i of R[i, c].

    X: features, shape (n, d). y: class labels, whole numbers from 0 to k - 1, shape (n,).
    W: weights, shape (d, k), one column per class. b: biases, shape (k,), one per class.
    Returns (dW, db), arrays of the shapes (d, k) and (k,).

    No warning may arise for logits up to 1000 in size; `given.models_and_losses` has a softmax
    like that.

    ValueError ("shape"): X or W is not 2-D, or y is not (n,), or W has not d rows, or b is not
    (k,). ValueError ("empty"): there are no examples. ValueError ("label"): a label is below 0,
    above k - 1, or no whole number.

    >>> X, W = [[1, 2], [3, 4], [5, 6]], [[0.1, -0.2, 0.3], [0, 0.4, -0.1]]
    >>> softmax_gradient(X, [0, 1, 2], W, [0.05, 0, -0.05])[1].round(7)
    array([-0.0833742,  0.1422943, -0.0589201])
    """
    raise NotImplementedError


def gradient_step(params: Sequence, grads: Sequence, learning_rate: float) -> tuple:
    """Return the parameters after one step of gradient descent.

    Formula: new[i] = params[i] - learning_rate * grads[i], for each parameter i from its old value.

    params: the parameters, a tuple or list of numbers and arrays (or nested lists).
    grads: their gradients in the same order; each has the shape of its parameter.
    learning_rate: how far to go, the same for all parameters.
    Returns a tuple with as many parameters, all of them new: an array of float64 for each array or
    list, a float for each number. The old ones stay as they were, so that a path can be kept.

    ValueError ("shape"): not as many gradients as parameters, or a gradient of another shape than
    its parameter's. ValueError ("learning_rate"): learning_rate is not greater than 0.

    >>> w, b = gradient_step(([1.0, 2.0], 3.0), ([10.0, -10.0], 1.0), 0.5)
    >>> print(w, b)
    [-4.  7.] 2.5
    """
    raise NotImplementedError


def gradient_descent(
    loss_fn: Callable[[Params], float],
    grad_fn: Callable[[Params], Params],
    params: Params,
    learning_rate: float,
    n_steps: int,
) -> tuple[Params, Floats]:
    """Walk n_steps steps downhill; return the last parameters and the loss at every point.

    Each step is params = gradient_step(params, grad_fn(params), learning_rate).

    loss_fn, grad_fn: functions of one tuple of parameters; loss_fn returns a number, grad_fn a
       tuple of gradients, one per parameter.
    params: the start. It stays as it was, also if n_steps is 0: return new objects.
    learning_rate: the same for all steps. n_steps: how many steps to go, 0 or more.
    Returns (params, losses): the parameters after the last step, whether or not they are the best,
    and an array of shape (n_steps + 1,): losses[0] at the start, losses[t] after t steps.

    grad_fn is called n_steps times, loss_fn n_steps + 1 times. A run that diverges goes on to the
    end like any other: its losses become inf or NaN, and no error arises.

    You may call `gradient_step`; a mistake there then costs you nothing here.

    ValueError ("n_steps"): n_steps is negative. ValueError ("learning_rate"): it is not greater
    than 0.

    >>> def loss(params):
    ...     return (params[0] - 3) ** 2
    >>> def grad(params):
    ...     return (2 * (params[0] - 3),)
    >>> params, losses = gradient_descent(loss, grad, (1.0,), 0.25, 2)
    >>> print(params[0], losses)
    2.5 [4.   1.   0.25]
    """
    raise NotImplementedError


def loss_slice(
    loss_fn: Callable[[Floats], float], w: ArrayLike, direction: ArrayLike, ts: ArrayLike
) -> Floats:
    """Return the loss along a straight line through w: a cut through the loss surface.

    Formula: result[i] = loss_fn(w + ts[i] * direction). The direction is taken as it is, so with
    direction [3, 4] the point at t = 1 is 5 away from w.

    loss_fn: a function of one array of shape (d,), which returns a number.
    w, direction: a point and a direction, both of shape (d,).
    ts: where on the line to look, shape (m,), in any order; t = 0 is w itself.
    Returns an array of shape (m,). No ts give shape (0,).

    ValueError ("shape"): w and direction have different shapes.

    >>> loss_slice(lambda w: w[0] ** 2 + w[1], [1, 0], [1, 10], [-1, 0, 2])
    array([-10.,   1.,  29.])
    """
    raise NotImplementedError


def flat_fraction(values: ArrayLike) -> float:
    """Return the share of neighbours in a slice of a loss that are exactly equal.

    Formula: the number of i with values[i] == values[i + 1], divided by the number of neighbouring
    pairs, which is one less than the number of values. Exactly equal, not nearly.

    values: a slice, shape (m,), m at least 2.
    Returns a float from 0, no two neighbours are equal, to 1, all are.

    ValueError ("empty"): fewer than 2 values, so that there is no pair.

    >>> flat_fraction([7, 7, 6, 7, 7])
    0.5
    """
    raise NotImplementedError


