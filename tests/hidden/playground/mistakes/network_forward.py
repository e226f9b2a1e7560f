"""Wrong implementations of network_forward."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Who applies the sigmoid, the network or the loss?",
    relation="the sigmoid of the right logits",
)
def sigmoid_at_the_output(X, params, hidden="tanh"):
    """The student returns probabilities."""
    A, Z = _right(X, params, hidden)
    return sigmoid(Z[-1][:, 0]), (A, Z)


@mistake(
    "M2",
    hint="Print the shape of the difference of your logits and the labels.",
    relation="logits of shape (n, 1)",
)
def logits_as_a_column(X, params, hidden="tanh"):
    """The student returns the output layer's table as it is."""
    A, Z = _right(X, params, hidden)
    return Z[-1].copy(), (A, Z)


@mistake(
    "M3",
    hint="Multiply two matrices: is the result more than a matrix?",
    relation="what hidden = 'linear' gives",
)
def no_hidden_activation(X, params, hidden="tanh"):
    """The student passes the pre-activations on."""
    activation(0.0, hidden)
    A, Z = _right(X, params, "linear")
    return Z[-1][:, 0], (A, Z)


@mistake(
    "M4",
    hint="List what A[0], Z[0], A[1] should be.",
    relation="right logits; the hidden entries of Z hold activations",
)
def activations_where_pre_activations_belong(X, params, hidden="tanh"):
    """The student overwrites z by its activation before it is kept."""
    A, Z = _right(X, params, hidden)
    return Z[-1][:, 0], (A, [a.copy() for a in A[1:]] + [Z[-1]])


@mistake(
    "M5",
    hint="What enters the first layer?",
    relation="right logits; A lacks its first entry",
)
def cache_without_the_input(X, params, hidden="tanh"):
    """The student keeps what the layers make, not what enters the first one."""
    A, Z = _right(X, params, hidden)
    return Z[-1][:, 0], (A[1:], Z)


def _right(X, params, hidden):
    check_shape(("h", 1), W=params[-1][0])
    A = [np.array(X, dtype=float)]
    Z = [dense_forward(A[0], *params[0])]
    for W, b in params[1:]:
        A.append(activation(Z[-1], hidden))
        Z.append(dense_forward(A[-1], W, b))
    return A, Z
