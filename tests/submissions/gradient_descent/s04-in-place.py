"""Steps are taken in place, which is how the caller loses the path."""
import numpy as np
from given.checks import (check_binary_labels, check_class_labels, check_not_empty, check_range,
                          check_same_shape, check_shape)
from given.models_and_losses import sigmoid, softmax


def numerical_gradient(f, w, h=1e-5):
    check_range("> 0", h=h)
    w = np.asarray(w, dtype=float)
    g = np.zeros(w.shape)
    it = np.nditer(w, flags=["multi_index", "zerosize_ok"])
    for _ in it:
        ix = it.multi_index
        old = w[ix]
        w[ix] = old + h
        up = f(w)
        w[ix] = old - h
        down = f(w)
        w[ix] = old
        g[ix] = (up - down) / (2 * h)
    return g


def gradient_check(f, grad_f, w, h=1e-5):
    w = np.array(w, dtype=float)
    num = numerical_gradient(f, w, h)
    ana = np.asarray(grad_f(w), dtype=float)
    check_same_shape(num=num, ana=ana)
    return float(np.max(np.abs(num - ana) / np.maximum(1e-8, np.abs(num) + np.abs(ana))))


def mse_gradient(X, y, w, b):
    X = np.asarray(X, dtype=float)
    r = np.asarray(y, dtype=float)
    w = np.asarray(w, dtype=float)
    check_shape(("n", "d"), X=X)
    check_shape((len(X),), y=r)
    check_shape((X.shape[1],), w=w)
    check_not_empty(y=r)
    r *= -1
    r += X @ w + b
    return 2 * X.T @ r / len(r), 2 * r.mean()


def logistic_gradient(X, y, w, b):
    X = np.asarray(X, dtype=float)
    y = np.asarray(y, dtype=float)
    w = np.asarray(w, dtype=float)
    check_shape(("n", "d"), X=X)
    check_shape((len(X),), y=y)
    check_shape((X.shape[1],), w=w)
    check_not_empty(y=y)
    check_binary_labels(y=y)
    r = sigmoid(X @ w + b)
    r -= y
    return X.T @ r / len(r), r.mean()


def softmax_gradient(X, y, W, b):
    X = np.asarray(X, dtype=float)
    W = np.asarray(W, dtype=float)
    b = np.asarray(b, dtype=float)
    check_shape(("n", "d"), X=X)
    check_shape((X.shape[1], "k"), W=W)
    check_shape((W.shape[1],), b=b)
    check_shape((len(X),), y=y)
    check_not_empty(y=y)
    check_class_labels(W.shape[1], y=y)
    P = softmax(X @ W + b)
    for i, c in enumerate(y):
        P[i, int(c)] -= 1
    P /= len(X)
    return X.T @ P, P.sum(axis=0)


def gradient_step(params, grads, learning_rate):
    check_range("> 0", learning_rate=learning_rate)
    if len(params) != len(grads):
        raise ValueError("params and grads: different shape")
    params = list(params)
    for i in range(len(params)):
        check_same_shape(p=params[i], g=grads[i])
        params[i] -= learning_rate * grads[i]
    return tuple(params)


def gradient_descent(loss_fn, grad_fn, params, learning_rate, n_steps):
    check_range(">= 0", n_steps=n_steps)
    losses = [loss_fn(params)]
    for _ in range(n_steps):
        params = gradient_step(params, grad_fn(params), learning_rate)
        losses.append(loss_fn(params))
    return params, np.array(losses)


def loss_slice(loss_fn, w, direction, ts):
    w = np.asarray(w, dtype=float)
    direction = np.asarray(direction, dtype=float)
    check_same_shape(w=w, direction=direction)
    losses = []
    for t in ts:
        w += t * direction
        losses.append(loss_fn(w))
    return np.array(losses)


def flat_fraction(values):
    values = np.asarray(values, dtype=float)
    if values.size < 2:
        raise ValueError("empty")
    return 1 - np.count_nonzero(np.diff(values)) / (len(values) - 1)
