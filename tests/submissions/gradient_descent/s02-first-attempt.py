# A2, Gradient descent
import numpy as np
from given.checks import *
from given.models_and_losses import sigmoid, softmax


def numerical_gradient(f, w, h=1e-5):
    # forward difference, as in the lecture on derivatives
    check_range("> 0", h=h)
    w = np.asarray(w, dtype=float)
    grad = np.zeros(w.shape)
    f0 = f(w)
    for i in np.ndindex(w.shape):
        w2 = w.copy()
        w2[i] += h
        grad[i] = (f(w2) - f0) / h
    return grad


def gradient_check(f, grad_f, w, h=1e-5):
    w = np.asarray(w, dtype=float)
    a = np.asarray(grad_f(w), dtype=float)
    n = numerical_gradient(f, w, h)
    check_same_shape(a=a, n=n)
    return float(np.max(np.abs(a - n) / np.maximum(1e-8, np.abs(a) + np.abs(n))))


def mse_gradient(X, y, w, b):
    X = np.asarray(X, dtype=float)
    y = np.asarray(y, dtype=float)
    w = np.asarray(w, dtype=float)
    check_shape(("n", "d"), X=X)
    check_shape((X.shape[0],), y=y)
    check_shape((X.shape[1],), w=w)
    check_not_empty(y=y)
    r = X @ w + b - y
    # Andrew Ng: 1/m, not 2/m
    return X.T @ r / len(y), float(np.mean(r))


def logistic_gradient(X, y, w, b):
    X = np.asarray(X, dtype=float)
    y = np.asarray(y, dtype=float)
    w = np.asarray(w, dtype=float)
    check_shape(("n", "d"), X=X)
    check_shape((X.shape[0],), y=y)
    check_shape((X.shape[1],), w=w)
    check_not_empty(y=y)
    check_binary_labels(y=y)
    p = sigmoid(X @ w + b)
    r = (p - y) * p * (1 - p)      # chain rule
    return X.T @ r / len(y), float(np.mean(r))


def softmax_gradient(X, y, W, b):
    X = np.asarray(X, dtype=float)
    W = np.asarray(W, dtype=float)
    b = np.asarray(b, dtype=float)
    y = np.asarray(y)
    check_shape(("n", "d"), X=X)
    check_shape((X.shape[1], "k"), W=W)
    check_shape((W.shape[1],), b=b)
    check_shape((X.shape[0],), y=y)
    check_not_empty(y=y)
    check_class_labels(W.shape[1], y=y)
    P = softmax(X @ W + b)
    P[:, y] -= 1
    return X.T @ P / len(y), P.mean(axis=0)


def gradient_step(params, grads, learning_rate):
    check_range("> 0", learning_rate=learning_rate)
    if len(params) != len(grads):
        raise ValueError("shape")
    for p, g in zip(params, grads):
        check_same_shape(p=p, g=g)
    return tuple(np.asarray(p, dtype=float) - learning_rate * np.asarray(g, dtype=float)
                 for p, g in zip(params, grads))


def gradient_descent(loss_fn, grad_fn, params, learning_rate, n_steps):
    check_range(">= 0", n_steps=n_steps)
    losses = []
    for step in range(n_steps):
        losses.append(loss_fn(params))
        params = gradient_step(params, grad_fn(params), learning_rate)
    return params, np.array(losses)


def loss_slice(loss_fn, w, direction, ts):
    w = np.asarray(w, dtype=float)
    d = np.asarray(direction, dtype=float)
    check_same_shape(w=w, direction=d)
    d = d / np.linalg.norm(d)
    return np.array([loss_fn(w + t * d) for t in ts])


def flat_fraction(values):
    values = np.asarray(values, dtype=float)
    if len(values) < 2:
        raise ValueError("values is empty")
    return float(np.sum(values[1:] == values[:-1]) / len(values))
