# Everything computes the right numbers; nothing looks at what it is given.
import numpy as np
from given.models_and_losses import sigmoid, softmax


def numerical_gradient(f, w, h=1e-5):
    g = np.zeros_like(w)
    for i in range(len(w)):
        e = np.zeros(len(w))
        e[i] = h
        g[i] = (f(w + e) - f(w - e)) / (2 * h)
    return g


def gradient_check(f, grad_f, w, h=1e-5):
    a, n = grad_f(w), numerical_gradient(f, w, h)
    return np.max(np.abs(a - n) / (np.abs(a) + np.abs(n)))


def mse_gradient(X, y, w, b):
    r = X @ w + b - y
    return 2 / len(y) * X.T @ r, 2 * r.mean()


def logistic_gradient(X, y, w, b):
    r = 1 / (1 + np.exp(-(X @ w + b))) - y
    return X.T @ r / len(y), r.mean()


def softmax_gradient(X, y, W, b):
    E = np.exp(X @ W + b)
    P = E / E.sum(axis=1, keepdims=True)
    P[np.arange(len(y)), y] -= 1
    return X.T @ P / len(y), P.mean(axis=0)


def gradient_step(params, grads, learning_rate):
    return tuple(p - learning_rate * g for p, g in zip(params, grads))


def gradient_descent(loss_fn, grad_fn, params, learning_rate, n_steps):
    losses = [loss_fn(params)]
    for _ in range(n_steps):
        params = gradient_step(params, grad_fn(params), learning_rate)
        losses.append(loss_fn(params))
    return params, np.array(losses)


def loss_slice(loss_fn, w, direction, ts):
    return np.array([loss_fn(w + t * direction) for t in ts])


def flat_fraction(values):
    return np.mean(np.diff(values) == 0)
