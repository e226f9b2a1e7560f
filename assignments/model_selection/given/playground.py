"""Right versions of functions of the assignment "A playground in numpy"."""

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
from given.models_and_losses import sigmoid
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Layer = tuple[Floats, Floats]
Cache = tuple[list[Floats], list[Floats]]


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
