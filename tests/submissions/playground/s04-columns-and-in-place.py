import numpy as np
from given.efficient_optimization import minibatch_indices
from given.models_and_losses import binary_cross_entropy_with_logits
from given.models_and_losses import sigmoid as stable_sigmoid

FEATURES = {
    "x1": lambda a, b: a,
    "x2": lambda a, b: b,
    "x1^2": lambda a, b: a * a,
    "x2^2": lambda a, b: b * b,
    "x1*x2": lambda a, b: a * b,
    "sin(x1)": lambda a, b: np.sin(a),
    "sin(x2)": lambda a, b: np.sin(b),
}

# name: (function, slope)
ACTIVATIONS = {
    "relu": (lambda z: np.maximum(0.0, z), lambda z: np.where(z > 0, 1.0, 0.0)),
    "tanh": (np.tanh, lambda z: 1.0 - np.tanh(z) ** 2),
    "sigmoid": (stable_sigmoid, lambda z: stable_sigmoid(z) * stable_sigmoid(-z)),
    "linear": (lambda z: z + 0.0, lambda z: np.ones_like(z)),
}


def floats(x):
    return np.array(x, dtype=np.float64)


def need(condition, what):
    if not condition:
        raise ValueError(what)


def expand_features(X, names):
    X = floats(X)
    need(X.ndim == 2 and X.shape[1] == 2, f"X should have the shape (n, 2), it has {X.shape}")
    need(len(names) > 0, "empty list of names")
    table = np.zeros((X.shape[0], len(names)))
    for column, name in enumerate(names):
        need(name in FEATURES, f"there is no feature {name}")
        table[:, column] = FEATURES[name](X[:, 0], X[:, 1])
    return table


def pick(name, which):
    need(name in ACTIVATIONS, f"there is no activation {name}")
    return ACTIVATIONS[name][which]


def activation(z, name):
    z = np.asarray(z, dtype=float)
    if name == "relu":
        z[z < 0] = 0
        return z
    if name == "linear":
        return z
    return pick(name, 0)(z)


def activation_derivative(z, name):
    return pick(name, 1)(floats(z))


def init_network(layer_sizes, rng):
    sizes = list(layer_sizes)
    need(len(sizes) >= 2 and all(s >= 1 for s in sizes), f"layer_sizes cannot be {sizes}")
    layers = []
    while len(sizes) > 1:
        fan_in = sizes.pop(0)
        W = rng.standard_normal((fan_in, sizes[0])) / np.sqrt(fan_in)
        layers.append((W, np.zeros(sizes[0])))
    return layers


def dense_forward(A, W, b):
    A, W, b = floats(A), floats(W), floats(b)
    need(A.ndim == 2 and W.ndim == 2 and b.ndim == 1, "shape: A and W are matrices, b a vector")
    need(A.shape[1] == W.shape[0], f"shapes of A and W: {A.shape}, {W.shape}")
    need(W.shape[1] == b.shape[0], f"shapes of W and b: {W.shape}, {b.shape}")
    Z = np.dot(A, W)
    for unit in range(len(b)):
        Z[:, unit] += b[unit]
    return Z


def dense_backward(dZ, A, W):
    dZ, A, W = floats(dZ), floats(A), floats(W)
    need(dZ.ndim == 2 and A.ndim == 2 and W.ndim == 2, "shape: three matrices are needed")
    need(A.shape[1] == W.shape[0], f"shapes of A and W: {A.shape}, {W.shape}")
    need(dZ.shape == (A.shape[0], W.shape[1]), f"shape of dZ: {dZ.shape}")
    dA, dW = np.zeros(A.shape), np.zeros(W.shape)
    for row in range(len(dZ)):
        dA[row] = W.dot(dZ[row])
        dW += np.outer(A[row], dZ[row])
    return dA, dW, np.sum(dZ, axis=0)


def bce_with_logits_gradient(y_true, z):
    y, z = floats(y_true), floats(z)
    need(y.ndim == 1 and y.shape == z.shape, f"shapes: {y.shape}, {z.shape}")
    need(y.size > 0, "empty")
    need(np.all(np.isin(y, (0.0, 1.0))), "every label must be 0 or 1")
    return (stable_sigmoid(z) - y) / y.size


def network_forward(X, params, hidden="tanh"):
    need(np.shape(params[-1][0])[1] == 1, "shape: the last layer needs one column")
    inputs, pre = [], []
    current = floats(X)
    for number, (W, b) in enumerate(params, start=1):
        inputs.append(current)
        pre.append(dense_forward(current, W, b))
        if number < len(params):
            current = activation(pre[-1], hidden)
    return pre[-1], (inputs, pre)


def network_backward(dlogits, params, cache, hidden="tanh"):
    inputs, pre = cache
    error = floats(dlogits).reshape(-1, 1)
    backwards = []
    for number in range(len(params), 0, -1):
        from_below, dW, db = dense_backward(error, inputs[number - 1], params[number - 1][0])
        backwards.append((dW, db))
        if number > 1:
            error = from_below * activation_derivative(pre[number - 2], hidden)
    return backwards[::-1]


def train_network(X, y, params, learning_rate, batch_size, n_epochs, rng, hidden="tanh"):
    need(n_epochs >= 0, "n_epochs must not be negative")
    X, y = floats(X), floats(y)
    current = [(floats(W), floats(b)) for W, b in params]
    curve = []
    for epoch in range(n_epochs + 1):
        if epoch:
            for batch in minibatch_indices(len(y), batch_size, rng):
                logits, cache = network_forward(X[batch], current, hidden)
                slope = bce_with_logits_gradient(y[batch], logits[:, 0])
                steps = network_backward(slope, current, cache, hidden)
                for i, (dW, db) in enumerate(steps):
                    W, b = current[i]
                    current[i] = (W - learning_rate * dW, b - learning_rate * db)
        logits, _ = network_forward(X, current, hidden)
        curve.append(binary_cross_entropy_with_logits(y, logits[:, 0]))
    return current, np.array(curve)


def linear_probe_accuracy(H, y):
    H, y = floats(H), floats(y)
    need(H.ndim == 2 and y.ndim == 1 and len(H) == len(y), f"shapes: {H.shape}, {y.shape}")
    need(len(y) > 0, "empty")
    need(np.all(np.isin(y, (0.0, 1.0))), "every label must be 0 or 1")
    design = np.hstack([np.ones((len(H), 1)), H])
    fitted = design @ (np.linalg.pinv(design) @ (2 * y - 1))
    decided = (fitted >= 0).astype(float)
    return float(np.sum(decided == y) / len(y))
