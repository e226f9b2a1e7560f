"""A playground in numpy: hand-made features, and a network that learns its own.

A linear model cannot tell a disc from the ring around it. You can give it better features by
hand, or let hidden layers learn them. You write both: feature crosses, the layers of a small
network, back-propagation through them, training, and a probe that measures how far each layer
has come.

Conventions of the course
- n examples, d features. Rows are examples: X has shape (n, d).
- A layer is a tuple (W, b) with W of shape (fan_in, fan_out) and b of shape (fan_out,); it turns
  inputs A into pre-activations Z = A W + b. A network, `params`, is a list of layers.
- Hidden layers apply an activation function to Z. The output layer has one unit and none: the
  network returns logits, and the loss applies the sigmoid.
- Inputs may be arrays of any number type, of bool, or lists. Calculate in float64: begin with
  `np.asarray(x, dtype=float)`.
- Binary labels are 0 or 1. Losses are means over the examples.
- Random numbers come only from the generator `rng` that the caller passes.
- Return the result and do nothing else: no printing, and the caller's arrays stay as they were.
- `given` holds the error checks, the data sets, and right versions of what you wrote before.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from given.checks import (
    check_binary_labels,
    check_not_empty,
    check_option,
    check_range,
    check_shape,
    check_vectors,
)
from given.efficient_optimization import minibatch_indices
from given.models_and_losses import binary_cross_entropy_with_logits, sigmoid
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Layer = tuple[Floats, Floats]
Cache = tuple[list[Floats], list[Floats]]


def expand_features(X: ArrayLike, names: Sequence[str]) -> Floats:
    """Return a table of hand-made features, one column for each name.

    X: two raw features x1 and x2, shape (n, 2).
    names: which features, in which order; a name may occur more than once:
        "x1", "x2"               the raw features
        "x1^2", "x2^2"           their squares
        "x1*x2"                  their product, a feature cross
        "sin(x1)", "sin(x2)"     their sines, of the raw value in radians
    Returns an array of shape (n, len(names)), a table with one column for one name too. What a
    row becomes depends on that row alone; a NaN in it shows in the columns computed from it.

    ValueError ("shape"): X is not (n, 2). ValueError ("empty"): there are no names.
    ValueError (with the unknown name in it): a name is none of the seven.

    >>> expand_features([[1, 2], [3, -4]], ["x1*x2", "x2", "x1^2"])
    array([[  2.,   2.,   1.],
           [-12.,  -4.,   9.]])
    """
    X = np.asarray(X, dtype=float)
    check_shape(("n", 2), X=X)
    if len(names) == 0:
        raise ValueError("names is empty")
    x1, x2 = X[:, 0], X[:, 1]
    features = {
        "x1": x1,
        "x2": x2,
        "x1^2": x1**2,
        "x2^2": x2**2,
        "x1*x2": x1 * x2,
        "sin(x1)": np.sin(x1),
        "sin(x2)": np.sin(x2),
    }
    for name in names:
        check_option(features, feature=name)
    return np.column_stack([features[name] for name in names])


def activation(z: ArrayLike, name: str) -> Floats:
    """Return the activation function of that name, applied to each number of z.

    name: "relu"     max(z, 0)
          "tanh"     the hyperbolic tangent, from -1 to 1
          "sigmoid"  1 / (1 + exp(-z)), from 0 to 1
          "linear"   z itself, as a copy
    z: pre-activations, for example of shape (n, units).
    Returns a new array of floats of the same shape, which shares no memory with z.

    No warning may arise for |z| up to 1000. A NaN stays a NaN, with "relu" too.
    ValueError (with the unknown name in it): `name` is none of the four.

    >>> activation([-2.0, 0.0, 3.0], "relu")
    array([0., 0., 3.])
    """
    z = np.asarray(z, dtype=float)
    check_option(("relu", "tanh", "sigmoid", "linear"), activation=name)
    if name == "relu":
        return np.maximum(z, 0)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        return sigmoid(z)
    return z.copy()


def activation_derivative(z: ArrayLike, name: str) -> Floats:
    """Return the slope of an activation function at each number of z.

    z: pre-activations, that is what goes into the activation function, not what comes out of it.
    name: one of the names of `activation`. The slope of "relu" at exactly 0 is taken as 0.
    Returns an array of floats of the same shape; for "linear" it is full of ones.

    You may call `activation`; a mistake there then costs you nothing here.

    ValueError (with the unknown name in it): `name` is none of the four.

    >>> activation_derivative([-2.0, 0.0, 3.0], "relu")
    array([0., 0., 1.])
    >>> activation_derivative([0.0], "sigmoid")
    array([0.25])
    """
    z = np.asarray(z, dtype=float)
    check_option(("relu", "tanh", "sigmoid", "linear"), activation=name)
    if name == "relu":
        return (z > 0).astype(float)
    if name == "linear":
        return np.ones(z.shape)
    a = activation(z, name)
    return 1 - a**2 if name == "tanh" else a * (1 - a)


def init_network(layer_sizes: Sequence[int], rng: np.random.Generator) -> list[Layer]:
    """Return a new network with random weights.

    layer_sizes: the number of features, then the number of units of each layer: [2, 4, 1] is a
       network for two features with four hidden units and one output.
    rng: the only source of random numbers.
    Returns a list of layers (W, b), one fewer than there are sizes: W of shape (fan_in, fan_out)
    and b of shape (fan_out,). The weights are drawn independently from a normal distribution
    with mean 0 and variance 1 / fan_in, where fan_in is the number of inputs of that layer; the
    biases are 0.

    A generator in the same state gives the same network.
    ValueError ("layer_sizes"): fewer than two sizes, or a size below 1.

    >>> [(W.shape, b.shape) for W, b in init_network([2, 4, 1], np.random.default_rng(0))]
    [((2, 4), (4,)), ((4, 1), (1,))]
    """
    if len(layer_sizes) < 2:
        raise ValueError(f"layer_sizes must hold two sizes or more, got {list(layer_sizes)}")
    check_range(">= 1", layer_sizes=layer_sizes)
    return [
        (rng.normal(0.0, 1 / np.sqrt(fan_in), (fan_in, fan_out)), np.zeros(fan_out))
        for fan_in, fan_out in pairwise(layer_sizes)
    ]


def dense_forward(A: ArrayLike, W: ArrayLike, b: ArrayLike) -> Floats:
    """Return the pre-activations of one layer.

    Formula: Z = A W + b, that is Z[i, j] = A[i, 0] W[0, j] + ... + A[i, p-1] W[p-1, j] + b[j].

    A: inputs of the layer, shape (n, p), one row per example. W: weights, shape (p, q).
    b: biases, shape (q,), one per unit.
    Returns an array of shape (n, q). A NaN in a row of A stays in that row.

    ValueError ("shape"): A or W is not 2-D, b is not 1-D, or p or q differs between them.

    >>> dense_forward([[1, 2], [3, 4]], [[1, 0, -1], [0, 1, 2]], [0.5, 0, 10])
    array([[ 1.5,  2. , 13. ],
           [ 3.5,  4. , 15. ]])
    """
    A, W, b = (np.asarray(array, dtype=float) for array in (A, W, b))
    check_shape(("n", "p"), A=A)
    check_shape((A.shape[1], "q"), W=W)
    check_shape((W.shape[1],), b=b)
    return A @ W + b


def dense_backward(dZ: ArrayLike, A: ArrayLike, W: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Return the gradients of a loss with respect to inputs, weights and biases of one layer.

    Formula, with Z = A W + b and dZ the gradient of the loss with respect to Z:
    dA = dZ W^T, dW = A^T dZ, and db[j] = dZ[0, j] + ... + dZ[n-1, j].

    dZ: shape (n, q). A: the inputs that the layer had, shape (n, p). W: its weights, shape (p, q).
    Returns the tuple (dA, dW, db), of the shapes of A, W and b: (n, p), (p, q) and (q,).
    Nothing is averaged here: if the loss is a mean, then its 1/n is already in dZ.

    ValueError ("shape"): an argument is not 2-D, or n, p or q differs between them.

    >>> W = [[1, 2], [3, 4], [5, 6]]
    >>> dA, dW, db = dense_backward([[1, 2], [3, 4]], [[1, 0, 2], [0, 1, 1]], W)
    >>> dA
    array([[ 5., 11., 17.],
           [11., 25., 39.]])
    >>> db
    array([4., 6.])
    """
    dZ, A, W = (np.asarray(array, dtype=float) for array in (dZ, A, W))
    check_shape(("n", "p"), A=A)
    check_shape((A.shape[1], "q"), W=W)
    check_shape((A.shape[0], W.shape[1]), dZ=dZ)
    return dZ @ W.T, A.T @ dZ, dZ.sum(axis=0)


def bce_with_logits_gradient(y_true: ArrayLike, z: ArrayLike) -> Floats:
    """Return the gradient of the mean binary cross-entropy with respect to the logits.

    Formula: g[i] = (sigmoid(z[i]) - y_true[i]) / n. It is the gradient of
    `given.models_and_losses.binary_cross_entropy_with_logits(y_true, z)`.

    y_true: labels 0 or 1, shape (n,). z: logits, shape (n,).
    Returns an array of shape (n,). A NaN in z stays in its place.

    No warning may arise for |z| up to 1000.
    ValueError ("shape"): the shapes differ, or are not (n,). ValueError ("empty"): no examples.
    ValueError ("label"): a label is not 0 or 1.

    >>> bce_with_logits_gradient([1, 0], [0.0, 0.0])
    array([-0.25,  0.25])
    """
    y_true = np.asarray(y_true, dtype=float)
    z = np.asarray(z, dtype=float)
    check_vectors(y_true=y_true, z=z)
    check_not_empty(y_true=y_true)
    check_binary_labels(y_true=y_true)
    return (sigmoid(z) - y_true) / z.size


def network_forward(
    X: ArrayLike, params: list[Layer], hidden: str = "tanh"
) -> tuple[Floats, Cache]:
    """Return the logits of a network, and what the backward pass will need.

    Formula: A_0 = X; Z_l = A_(l-1) W_l + b_l for each layer l = 1 ... L; A_l = activation(Z_l) for
    the hidden layers l < L. The output layer is linear: its Z_L, of one column, is the logits.

    X: features, shape (n, d). params: the layers (W, b), the last with one unit.
    hidden: the activation function of all hidden layers, a name of `activation`.
    Returns (logits, (A, Z)): the logits as a vector of shape (n,), not (n, 1), and two lists,
       A = [X, A_1, ..., A_(L-1)], the inputs of the L layers (A[0] may be X itself or a copy), and
       Z = [Z_1, ..., Z_L], their pre-activations, each of shape (n, units), the last (n, 1).

    You may call `dense_forward` and `activation`; mistakes there then cost you nothing here.

    ValueError ("shape"): the last layer does not have exactly one unit, or a shape does not fit.
    ValueError (with the unknown name in it): `hidden` is no activation function.

    >>> params = [(np.array([[1.0, -1.0]]), np.zeros(2)), (np.array([[2.0], [3.0]]), np.ones(1))]
    >>> logits, (A, Z) = network_forward([[5.0], [-4.0]], params, hidden="relu")
    >>> logits
    array([11., 13.])
    """
    check_shape(("h", 1), W=params[-1][0])
    A: list[Floats] = []
    Z: list[Floats] = []
    for W, b in params:
        A.append(activation(Z[-1], hidden) if A else np.asarray(X, dtype=float))
        Z.append(dense_forward(A[-1], W, b))
    return Z[-1].ravel(), (A, Z)


def network_backward(
    dlogits: ArrayLike, params: list[Layer], cache: Cache, hidden: str = "tanh"
) -> list[Layer]:
    """Return the gradients of a loss with respect to all weights and biases of a network.

    Back-propagation, from the last layer to the first: the error term of the output layer,
    dZ_L, is dlogits as a column; that of a hidden layer is
    dZ_l = (dZ_(l+1) W_(l+1)^T) * activation_derivative(Z_l), entry by entry. Each layer's dW and
    db follow from its error term and its input, as in `dense_backward`.

    dlogits: the gradient of the loss with respect to the logits, shape (n,).
    params, hidden: as they were in the forward pass.
    cache: the pair (A, Z) that `network_forward` returned: inputs and pre-activations of each layer.
    Returns a list of tuples (dW, db) in the order of `params` and of the same shapes.
    Nothing is averaged here: the 1/n of a mean loss is already in dlogits.

    You may call `dense_backward` and `activation_derivative`; mistakes there cost you nothing here.

    >>> params = [(np.array([[1.0, -1.0]]), np.zeros(2)), (np.array([[2.0], [3.0]]), np.ones(1))]
    >>> logits, cache = network_forward([[5.0], [-4.0]], params, hidden="relu")
    >>> network_backward([1.0, 1.0], params, cache, hidden="relu")[0]
    (array([[ 10., -12.]]), array([2., 3.]))
    """
    A, Z = cache
    dZ = np.asarray(dlogits, dtype=float)[:, np.newaxis]
    gradients: list[Layer] = []
    for layer in reversed(range(len(params))):
        dA, dW, db = dense_backward(dZ, A[layer], params[layer][0])
        gradients.insert(0, (dW, db))
        if layer > 0:
            dZ = dA * activation_derivative(Z[layer - 1], hidden)
    return gradients


def train_network(
    X: ArrayLike,
    y: ArrayLike,
    params: list[Layer],
    learning_rate: float,
    batch_size: int,
    n_epochs: int,
    rng: np.random.Generator,
    hidden: str = "tanh",
) -> tuple[list[Layer], Floats]:
    """Train a network by mini-batch gradient descent on the mean binary cross-entropy.

    In each epoch the examples are shuffled anew and cut into batches, the last of which may be
    smaller: `given.efficient_optimization.minibatch_indices(n, batch_size, rng)`. For each batch,
    in turn, all weights and biases move by -learning_rate times the gradient of the batch's mean
    loss, taken at the parameters that the batch before has left.

    X: features, shape (n, d). y: labels 0 or 1, shape (n,). params: the network to begin with.
    hidden: the activation function of the hidden layers.
    Returns (new parameters, losses): the parameters as a list of tuples (W, b) that shares no
    memory with `params`, and an array of shape (n_epochs + 1,) with the mean loss over all n
    examples: losses[0] before training, losses[t] with the parameters after epoch t.

    n_epochs = 0 gives parameters of the same values and one loss. The given `params` stay as they
    were, and a generator in the same state gives the same result.
    You may call `network_forward`, `network_backward` and `bce_with_logits_gradient`; mistakes
    there then cost you nothing here.

    ValueError ("n_epochs"): n_epochs is negative.

    >>> X, y = np.array([[0.0], [1.0]]), np.array([0, 1])
    >>> params = [(np.array([[0.0]]), np.array([0.0]))]
    >>> params, losses = train_network(X, y, params, 1.0, 2, 3, np.random.default_rng(0))
    >>> losses.round(4)
    array([0.6931, 0.6345, 0.5879, 0.5483])
    """
    X = np.asarray(X, dtype=float)
    y = np.asarray(y, dtype=float)
    check_range(">= 0", n_epochs=n_epochs)
    params = [(np.array(W, dtype=float), np.array(b, dtype=float)) for W, b in params]

    def full_loss() -> float:
        return binary_cross_entropy_with_logits(y, network_forward(X, params, hidden)[0])

    losses = [full_loss()]
    for _ in range(n_epochs):
        for batch in minibatch_indices(len(X), batch_size, rng):
            logits, cache = network_forward(X[batch], params, hidden)
            dlogits = bce_with_logits_gradient(y[batch], logits)
            gradients = network_backward(dlogits, params, cache, hidden)
            params = [
                (W - learning_rate * dW, b - learning_rate * db)
                for (W, b), (dW, db) in zip(params, gradients, strict=True)
            ]
        losses.append(full_loss())
    return params, np.array(losses)


def linear_probe_accuracy(H: ArrayLike, y: ArrayLike) -> float:
    """Return how well a linear model can tell the two classes apart from these features.

    Fit 2 y - 1, that is -1 for label 0 and +1 for label 1, by least squares on the columns of H
    and a column of ones. Where several coefficient vectors fit equally well (features that depend
    on each other), take the one of smallest norm, as `np.linalg.lstsq` does. Decide for label 1
    where the fitted value is >= 0.

    H: features, for example the outputs of a hidden layer, shape (n, m). y: labels 0 or 1, (n,).
    Returns the share of right decisions on the same examples, a float from 0 to 1. A value below
    one half is possible, and is returned as it is.

    ValueError ("shape"): H is not 2-D, y is not (n,), or n differs between them.
    ValueError ("empty"): no examples. ValueError ("label"): a label is not 0 or 1.

    >>> linear_probe_accuracy([[0], [1], [2], [3]], [0, 0, 1, 0])
    0.75
    """
    H = np.asarray(H, dtype=float)
    y = np.asarray(y, dtype=float)
    check_shape(("n", "m"), H=H)
    check_shape((H.shape[0],), y=y)
    check_not_empty(y=y)
    check_binary_labels(y=y)
    inputs = np.column_stack([H, np.ones(len(H))])
    coefficients = np.linalg.lstsq(inputs, 2 * y - 1, rcond=None)[0]
    return float(np.mean((inputs @ coefficients >= 0) == (y == 1)))
