"""Right versions of functions of the assignment "Gradient descent"."""

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
    w = np.asarray(w, dtype=float)
    check_range("> 0", h=h)
    gradient = np.zeros(w.shape)
    for entry in np.ndindex(w.shape):
        above, below = w.copy(), w.copy()
        above[entry] += h
        below[entry] -= h
        gradient[entry] = (f(above) - f(below)) / (2 * h)
    return gradient


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
    X, y, w = _linear_model(X, y, w)
    residuals = X @ w + b - y
    return 2 * X.T @ residuals / len(y), float(2 * np.mean(residuals))


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
    X, y, w = _linear_model(X, y, w)
    check_binary_labels(y=y)
    residuals = sigmoid(X @ w + b) - y
    return X.T @ residuals / len(y), float(np.mean(residuals))


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
    X, W, b = (np.asarray(array, dtype=float) for array in (X, W, b))
    check_shape(("n", "d"), X=X)
    check_shape((X.shape[1], "k"), W=W)
    check_shape((W.shape[1],), b=b)
    check_shape((len(X),), y=y)
    check_not_empty(y=y)
    check_class_labels(W.shape[1], y=y)
    one_hot = np.eye(W.shape[1])[np.asarray(y).astype(int)]
    residuals = softmax(X @ W + b) - one_hot
    return X.T @ residuals / len(X), residuals.mean(axis=0)


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
    check_range("> 0", learning_rate=learning_rate)
    if len(params) != len(grads):
        raise ValueError(f"shapes differ: {len(params)} parameters, {len(grads)} gradients")
    moved = []
    for old, gradient in zip(params, grads, strict=True):
        check_same_shape(parameter=old, gradient=gradient)
        step = learning_rate * np.asarray(gradient, dtype=float)
        moved.append(np.asarray(old, dtype=float) - step)
    return tuple(moved)


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
    check_range(">= 0", n_steps=n_steps)
    # Indexing with () makes a float of a 0-d array and leaves others as they are.
    params = tuple(np.array(parameter, dtype=float)[()] for parameter in params)
    losses = [loss_fn(params)]
    for _ in range(n_steps):
        params = gradient_step(params, grad_fn(params), learning_rate)
        losses.append(loss_fn(params))
    return params, np.array(losses, dtype=float)


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
    w, direction = np.asarray(w, dtype=float), np.asarray(direction, dtype=float)
    check_same_shape(w=w, direction=direction)
    points = [w + t * direction for t in np.asarray(ts, dtype=float)]
    return np.array([loss_fn(point) for point in points], dtype=float)


def _linear_model(X: ArrayLike, y: ArrayLike, w: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Return data and weights as arrays of floats, after the checks that the gradients share."""
    X, y, w = (np.asarray(array, dtype=float) for array in (X, y, w))
    check_shape(("n", "d"), X=X)
    check_shape((len(X),), y=y)
    check_shape((X.shape[1],), w=w)
    check_not_empty(y=y)
    return X, y, w
