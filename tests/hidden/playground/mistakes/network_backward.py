"""Wrong implementations of network_backward."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Which layers' gradients are right? Your error starts below them.",
    relation="the factor of the activation's slope is missing; the output layer is right",
)
def forgets_the_slope_of_the_activation(dlogits, params, cache, hidden="tanh"):
    """The student passes the error on as if the layers were linear."""
    activation_derivative(0.0, hidden)
    return _back(dlogits, params, cache, lambda dA, layer: dA)


@mistake(
    "M1b",
    hint="Which layers' gradients are right? Your error starts below them.",
    relation="the factor of the activation's slope is missing in the first layer only",
)
def forgets_the_slope_in_the_first_layer(dlogits, params, cache, hidden="tanh"):
    """The student stops one layer too early with the slopes."""

    def through(dA, layer):
        return dA if layer == 0 else dA * activation_derivative(cache[1][layer], hidden)

    activation_derivative(0.0, hidden)
    return _back(dlogits, params, cache, through)


@mistake(
    "M2",
    hint="Does your derivative function expect z or tanh z?",
    relation="the slope is taken at the activations: for tanh 1 - tanh^2(A)",
)
def slope_at_the_activation(dlogits, params, cache, hidden="tanh"):
    """The student passes A where Z is wanted."""

    def through(dA, layer):
        return dA * activation_derivative(cache[0][layer + 1], hidden)

    return _back(dlogits, params, cache, through)


@mistake(
    "M3",
    hint="An error term belongs to its own Z: print the shapes of three unequal layers.",
    relation="a shape error unless widths are equal; then the slopes come from one layer too high",
)
def slope_of_the_next_layer(dlogits, params, cache, hidden="tanh"):
    """The student takes the index one too high."""

    def through(dA, layer):
        slope = activation_derivative(cache[1][layer + 1], hidden)
        if slope.shape[1] not in (1, dA.shape[1]):
            raise ValueError(f"shapes {dA.shape} and {slope.shape} do not fit")
        return dA * slope

    return _back(dlogits, params, cache, through)


@mistake(
    "M4",
    hint="All gradients belong to the same parameters. Which W does the error go through?",
    relation="the output layer is right; below, the error went through weights already moved",
)
def updates_on_the_way(dlogits, params, cache, hidden="tanh"):
    """The student moves each layer by a step of 0.1 before passing the error on."""
    A, Z = cache
    dZ = np.asarray(dlogits, dtype=float)[:, np.newaxis]
    gradients = []
    for layer in reversed(range(len(params))):
        W = np.asarray(params[layer][0], dtype=float)
        _, dW, db = dense_backward(dZ, A[layer], W)
        gradients.insert(0, (dW, db))
        if layer > 0:
            dZ = dZ @ (W - 0.1 * dW).T * activation_derivative(Z[layer - 1], hidden)
    return gradients


@mistake(
    "M5",
    hint="Your weights are right, your biases are not. Which sum is missing?",
    relation="dW right, db 0",
)
def no_bias_gradients(dlogits, params, cache, hidden="tanh"):
    """The student leaves the biases where they are."""

    def through(dA, layer):
        return dA * activation_derivative(cache[1][layer], hidden)

    return [(dW, 0 * db) for dW, db in _back(dlogits, params, cache, through)]


@mistake(
    "M6",
    hint="db is right and dW is not: which factor is only in dW?",
    relation="db right; dW is computed with the output of a layer, not its input",
)
def input_off_by_one(dlogits, params, cache, hidden="tanh"):
    """The student takes A one layer too high."""
    A, Z = cache
    above = [*A[1:], Z[-1]]
    dZ = np.asarray(dlogits, dtype=float)[:, np.newaxis]
    gradients = []
    for layer in reversed(range(len(params))):
        W = np.asarray(params[layer][0], dtype=float)
        gradients.insert(0, (above[layer].T @ dZ, dZ.sum(axis=0)))
        if layer > 0:
            dZ = dZ @ W.T * activation_derivative(Z[layer - 1], hidden)
    return gradients


@mistake(
    "M7",
    hint="Two layers, 1/n each: how often is 1/n applied?",
    relation="right/n in the output layer, right/n^2 in the layer below, and so on",
)
def divides_by_n_in_each_layer(dlogits, params, cache, hidden="tanh"):
    """The student averages over the examples in every layer."""
    n = len(cache[0][0])

    def through(dA, layer):
        return dA * activation_derivative(cache[1][layer], hidden) / n

    grads = _back(dlogits, params, cache, through)
    return [(dW / n, db / n) for dW, db in grads]


@mistake(
    "M8",
    hint="grads[0] belongs to params[0].",
    relation="the right gradients in reversed order",
)
def reversed_order(dlogits, params, cache, hidden="tanh"):
    """The student keeps the layers in the order in which they are computed."""

    def through(dA, layer):
        return dA * activation_derivative(cache[1][layer], hidden)

    return _back(dlogits, params, cache, through)[::-1]


def _back(dlogits, params, cache, through):
    A, _ = cache
    dZ = np.asarray(dlogits, dtype=float)[:, np.newaxis]
    gradients = []
    for layer in reversed(range(len(params))):
        dA, dW, db = dense_backward(dZ, A[layer], params[layer][0])
        gradients.insert(0, (dW, db))
        if layer > 0:
            dZ = through(dA, layer - 1)
    return gradients
