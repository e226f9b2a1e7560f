"""Other right implementations of network_backward."""

import numpy as np


def without_siblings(dlogits, params, cache, hidden="tanh"):
    """Compute everything here, with an index over the layers."""
    if hidden not in ("relu", "tanh", "sigmoid", "linear"):
        raise ValueError(f"unknown activation {hidden}")
    A, Z = cache
    last = len(params) - 1
    grads = [None] * len(params)
    delta = np.array(dlogits, dtype=float).reshape(-1, 1)
    for i in range(last, -1, -1):
        if i < last:
            W_above = np.asarray(params[i + 1][0], dtype=float)
            delta = delta @ W_above.T
            if hidden == "relu":
                delta = delta * (Z[i] > 0)
            elif hidden == "tanh":
                delta = delta * (1 - np.tanh(Z[i]) ** 2)
            elif hidden == "sigmoid":
                s = 1 / (1 + np.exp(-Z[i]))
                delta = delta * s * (1 - s)
        grads[i] = (A[i].T @ delta, delta.sum(axis=0))
    return grads


def error_terms_first(dlogits, params, cache, hidden="tanh"):
    """Collect all error terms, then all gradients."""
    A, Z = cache
    terms = [np.asarray(dlogits, dtype=float)[:, None]]
    for (W, _), z in zip(params[:0:-1], Z[-2::-1]):
        terms.append(terms[-1] @ np.asarray(W, float).T * activation_derivative(z, hidden))
    return [dense_backward(dZ, a, W)[1:] for dZ, a, (W, _) in zip(terms[::-1], A, params)]


def loops_over_examples(dlogits, params, cache, hidden="tanh"):
    """Push each example back on its own and add up."""
    A, Z = cache
    grads = [(np.zeros(np.shape(W)), np.zeros(np.shape(b))) for W, b in params]
    slopes = [activation_derivative(z, hidden) for z in Z[:-1]]
    for i, error in enumerate(np.asarray(dlogits, dtype=float)):
        delta = np.array([error])
        for layer in range(len(params) - 1, -1, -1):
            dW, db = grads[layer]
            dW += np.outer(A[layer][i], delta)
            db += delta
            if layer:
                delta = np.asarray(params[layer][0], float) @ delta * slopes[layer - 1][i]
    return grads


def recursively(dlogits, params, cache, hidden="tanh"):
    """Come back from the output: the gradients of the layers above come with the error."""

    def back(layer):
        A, Z = cache
        if layer == len(params) - 1:
            dZ = np.expand_dims(np.asarray(dlogits, dtype=np.float64), 1)
            above = []
        else:
            dA, above = back(layer + 1)
            dZ = dA * activation_derivative(Z[layer], hidden)
        dA, dW, db = dense_backward(dZ, A[layer], params[layer][0])
        return dA, [(dW, db), *above]

    return back(0)[1]
