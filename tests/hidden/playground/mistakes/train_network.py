"""Wrong implementations of train_network."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="After training, are the caller's params still what they were?",
    relation="right values; the given params are trained too, so that a second run starts trained",
)
def trains_the_given_params(X, y, params, learning_rate, batch_size, n_epochs, rng, hidden="tanh"):
    """The student subtracts in place."""
    X, y = _checked(X, y, n_epochs)
    losses = [_loss(X, y, params, hidden)]
    for _ in range(n_epochs):
        for batch in minibatch_indices(len(X), batch_size, rng):
            grads = _gradients(X[batch], y[batch], params, hidden)
            for (W, b), (dW, db) in zip(params, grads):
                W -= learning_rate * dW
                b -= learning_rate * db
        losses.append(_loss(X, y, params, hidden))
    return [(W, b) for W, b in params], np.array(losses)


@mistake(
    "M2",
    hint="Which parameters does loss t belong to?",
    relation="the mean of the batch losses during each epoch; losses[0] is missing",
)
def mean_of_the_batch_losses(X, y, params, learning_rate, batch_size, n_epochs, rng, hidden="tanh"):
    """The student averages the losses met on the way."""
    X, y = _checked(X, y, n_epochs)
    params, losses = _copied(params), []
    for _ in range(n_epochs):
        met = []
        for batch in minibatch_indices(len(X), batch_size, rng):
            met.append(_loss(X[batch], y[batch], params, hidden))
            params = _step(X[batch], y[batch], params, learning_rate, hidden)
        losses.append(np.mean(met))
    return params, np.array(losses)


@mistake(
    "M3",
    hint="Use the batches you were given.",
    relation="the same batches in every epoch",
)
def does_not_shuffle(X, y, params, learning_rate, batch_size, n_epochs, rng, hidden="tanh"):
    """The student cuts the examples into batches as they come."""
    X, y = _checked(X, y, n_epochs)
    params = _copied(params)
    losses = [_loss(X, y, params, hidden)]
    for _ in range(n_epochs):
        for start in range(0, len(X), batch_size):
            batch = slice(start, start + batch_size)
            params = _step(X[batch], y[batch], params, learning_rate, hidden)
        losses.append(_loss(X, y, params, hidden))
    return params, np.array(losses)


@mistake(
    "M3b",
    hint="Use the batches you were given.",
    relation="one update fewer in each epoch where the batch size does not divide n",
)
def drops_the_last_batch(X, y, params, learning_rate, batch_size, n_epochs, rng, hidden="tanh"):
    """The student takes full batches only."""
    X, y = _checked(X, y, n_epochs)
    params = _copied(params)
    losses = [_loss(X, y, params, hidden)]
    for _ in range(n_epochs):
        for batch in minibatch_indices(len(X), batch_size, rng):
            if len(batch) == batch_size:
                params = _step(X[batch], y[batch], params, learning_rate, hidden)
        losses.append(_loss(X, y, params, hidden))
    return params, np.array(losses)


@mistake(
    "M4",
    hint="Whose loss should the curve show: one batch's or the data's?",
    relation="right parameters; the losses after training belong to the last batch before its step",
)
def loss_of_the_last_batch(X, y, params, learning_rate, batch_size, n_epochs, rng, hidden="tanh"):
    """The student keeps the loss that the last batch showed."""
    X, y = _checked(X, y, n_epochs)
    params = _copied(params)
    losses = [_loss(X, y, params, hidden)]
    for _ in range(n_epochs):
        for batch in minibatch_indices(len(X), batch_size, rng):
            loss = _loss(X[batch], y[batch], params, hidden)
            params = _step(X[batch], y[batch], params, learning_rate, hidden)
        losses.append(loss)
    return params, np.array(losses)


@mistake(
    "M5",
    hint="How good is the network before training?",
    relation="right parameters; the losses lack the first one",
)
def no_loss_before_training(X, y, params, learning_rate, batch_size, n_epochs, rng, hidden="tanh"):
    """The student records a loss after each epoch only."""
    X, y = _checked(X, y, n_epochs)
    params, losses = _copied(params), []
    for _ in range(n_epochs):
        for batch in minibatch_indices(len(X), batch_size, rng):
            params = _step(X[batch], y[batch], params, learning_rate, hidden)
        losses.append(_loss(X, y, params, hidden))
    return params, np.array(losses)


def _checked(X, y, n_epochs):
    check_range(">= 0", n_epochs=n_epochs)
    return np.asarray(X, dtype=float), np.asarray(y, dtype=float)


def _copied(params):
    return [(np.array(W, dtype=float), np.array(b, dtype=float)) for W, b in params]


def _loss(X, y, params, hidden):
    return binary_cross_entropy_with_logits(y, network_forward(X, params, hidden)[0])


def _gradients(X, y, params, hidden):
    logits, cache = network_forward(X, params, hidden)
    return network_backward(bce_with_logits_gradient(y, logits), params, cache, hidden)


def _step(X, y, params, learning_rate, hidden):
    grads = _gradients(X, y, params, hidden)
    return [
        (W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in zip(params, grads)
    ]
