"""Other right implementations of train_network."""

import numpy as np


def own_permutation(X, y, params, learning_rate, batch_size, n_epochs, rng, hidden="tanh"):
    """Shuffle here, and update copies in place."""
    if n_epochs < 0:
        raise ValueError(f"n_epochs must not be negative, got {n_epochs}")
    X, y = np.array(X, dtype=float), np.array(y, dtype=float)
    layers = [[np.array(W, dtype=float), np.array(b, dtype=float)] for W, b in params]
    n = len(y)
    losses = np.zeros(n_epochs + 1)
    for epoch in range(n_epochs + 1):
        if epoch > 0:
            order = rng.permutation(n)
            for start in range(0, n, batch_size):
                rows = order[start : start + batch_size]
                z, cache = network_forward(X[rows], layers, hidden)
                g = bce_with_logits_gradient(y[rows], z)
                for layer, (dW, db) in zip(layers, network_backward(g, layers, cache, hidden)):
                    layer[0] -= learning_rate * dW
                    layer[1] -= learning_rate * db
        logits = network_forward(X, layers, hidden)[0]
        losses[epoch] = binary_cross_entropy_with_logits(y, logits)
    return [(W, b) for W, b in layers], losses


def without_siblings(X, y, params, learning_rate, batch_size, n_epochs, rng, hidden="tanh"):
    """Compute forward pass, loss and gradients here."""
    check_range(">= 0", n_epochs=n_epochs)
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    act = {
        "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
        "relu": (lambda z: np.maximum(z, 0), lambda z: (z > 0) * 1.0),
        "sigmoid": (
            lambda z: 1 / (1 + np.exp(-z)),
            lambda z: np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))) ** 2,
        ),
        "linear": (lambda z: z, np.ones_like),
    }
    f, slope = act[hidden]
    Ws, bs = [np.array(W, dtype=float) for W, _ in params], [np.array(b, float) for _, b in params]

    def forward(X):
        A, Z = [X], []
        for i in range(len(Ws)):
            Z.append(A[i] @ Ws[i] + bs[i])
            A.append(f(Z[i]))
        return A, Z

    def loss():
        return np.mean(np.logaddexp(0, (1 - 2 * y) * forward(X)[1][-1][:, 0]))

    losses = [loss()]
    for _ in range(n_epochs):
        indices = np.arange(len(X))
        rng.shuffle(indices)
        for batch in np.split(indices, np.arange(batch_size, len(X), batch_size)):
            A, Z = forward(X[batch])
            delta = (1 / (1 + np.exp(-Z[-1])) - y[batch][:, np.newaxis]) / len(batch)
            for i in reversed(range(len(Ws))):
                dW, db = A[i].T @ delta, delta.sum(axis=0)
                if i > 0:
                    delta = delta @ Ws[i].T * slope(Z[i - 1])
                Ws[i], bs[i] = Ws[i] - learning_rate * dW, bs[i] - learning_rate * db
        losses.append(loss())
    return list(zip(Ws, bs)), np.array(losses)


def helpers_and_recursion(X, y, params, learning_rate, batch_size, n_epochs, rng, hidden="tanh"):
    """Train one epoch, then the others."""
    if n_epochs < 0:
        raise ValueError("n_epochs must be at least 0")
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    params = [tuple(np.array(part, dtype=float) for part in layer) for layer in params]
    logits, _ = network_forward(X, params, hidden)
    here = [binary_cross_entropy_with_logits(y, logits)]
    if n_epochs == 0:
        return params, np.array(here)
    for batch in minibatch_indices(len(X), batch_size, rng):
        logits, cache = network_forward(X[batch], params, hidden)
        gradients = network_backward(
            bce_with_logits_gradient(y[batch], logits), params, cache, hidden
        )
        params = [
            tuple(part - learning_rate * slope for part, slope in zip(layer, slopes))
            for layer, slopes in zip(params, gradients)
        ]
    params, losses = train_network(
        X, y, params, learning_rate, batch_size, n_epochs - 1, rng, hidden
    )
    return params, np.append(here, losses)
