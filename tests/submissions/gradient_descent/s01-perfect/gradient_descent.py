"""My solution for assignment 2."""
import numpy as np
from given.models_and_losses import sigmoid, softmax


def as_floats(x):
    return np.array(x, dtype=np.float64)


def numerical_gradient(f, w, h=1e-5):
    if h <= 0:
        raise ValueError(f"h must be > 0, got {h}")
    w = as_floats(w)
    flat = w.reshape(-1)
    slopes = np.zeros(flat.size)
    for i in range(flat.size):
        plus, minus = flat.copy(), flat.copy()
        plus[i] += h
        minus[i] -= h
        slopes[i] = (f(plus.reshape(w.shape)) - f(minus.reshape(w.shape))) / (2 * h)
    return slopes.reshape(w.shape)


def gradient_check(f, grad_f, w, h=1e-5):
    w = as_floats(w)
    analytic = as_floats(grad_f(w.copy()))
    if analytic.shape != w.shape:
        raise ValueError(f"gradient has shape {analytic.shape}, parameters have {w.shape}")
    numeric = numerical_gradient(f, w, h)
    scale = np.maximum(np.abs(analytic) + np.abs(numeric), 1e-8)
    return float((np.abs(analytic - numeric) / scale).max())


def prepare(X, y, w):
    X, y, w = as_floats(X), as_floats(y), as_floats(w)
    if X.ndim != 2:
        raise ValueError(f"X must have the shape (n, d), got {X.shape}")
    n, d = X.shape
    if y.shape != (n,) or w.shape != (d,):
        raise ValueError(f"X has shape {X.shape}, y {y.shape}, w {w.shape}")
    if n == 0:
        raise ValueError("X is empty")
    return X, y, w, n


def mse_gradient(X, y, w, b):
    X, y, w, n = prepare(X, y, w)
    error = X.dot(w) + b - y
    return X.T.dot(error) * 2 / n, float(error.sum() * 2 / n)


def logistic_gradient(X, y, w, b):
    X, y, w, n = prepare(X, y, w)
    if not np.isin(y, [0, 1]).all():
        raise ValueError("labels must be 0 or 1")
    error = sigmoid(X.dot(w) + b) - y
    return X.T.dot(error) / n, float(error.sum() / n)


def softmax_gradient(X, y, W, b):
    X, W, b, y = as_floats(X), as_floats(W), as_floats(b), np.array(y)
    if X.ndim != 2 or W.ndim != 2 or X.shape[1] != W.shape[0]:
        raise ValueError(f"shapes of X {X.shape} and W {W.shape} do not match")
    n, k = X.shape[0], W.shape[1]
    if y.shape != (n,) or b.shape != (k,):
        raise ValueError(f"shapes of y {y.shape} and b {b.shape} do not match")
    if n == 0:
        raise ValueError("X is empty")
    if (y < 0).any() or (y >= k).any():
        raise ValueError(f"labels must be in 0..{k - 1}")
    error = softmax(X @ W + b)
    error[np.arange(n), y.astype(int)] -= 1
    return X.T @ error / n, error.sum(axis=0) / n


def gradient_step(params, grads, learning_rate):
    if learning_rate <= 0:
        raise ValueError(f"learning_rate must be > 0, got {learning_rate}")
    if len(params) != len(grads):
        raise ValueError("different shape: not one gradient per parameter")
    new = []
    for p, g in zip(params, grads):
        p, g = as_floats(p), as_floats(g)
        if p.shape != g.shape:
            raise ValueError(f"parameter of shape {p.shape}, gradient of shape {g.shape}")
        new.append(p - learning_rate * g)
    return tuple(new)


def gradient_descent(loss_fn, grad_fn, params, learning_rate, n_steps):
    if n_steps < 0:
        raise ValueError(f"n_steps must be >= 0, got {n_steps}")
    params = tuple(float(p) if np.ndim(p) == 0 else as_floats(p) for p in params)
    losses = np.zeros(n_steps + 1)
    losses[0] = loss_fn(params)
    for t in range(1, n_steps + 1):
        params = gradient_step(params, grad_fn(params), learning_rate)
        losses[t] = loss_fn(params)
    return params, losses


def loss_slice(loss_fn, w, direction, ts):
    w, direction = as_floats(w), as_floats(direction)
    if w.shape != direction.shape:
        raise ValueError(f"w has shape {w.shape}, direction {direction.shape}")
    return as_floats([loss_fn(w + t * direction) for t in as_floats(ts)])


def flat_fraction(values):
    values = as_floats(values)
    if values.size < 2:
        raise ValueError("empty: at least two values are needed")
    return float((np.diff(values) == 0).sum() / (values.size - 1))
