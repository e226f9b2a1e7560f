import numpy as np

# All formulas exactly as on the slides.


def linear_predict(X, w, b=0.0):
    X, w = np.array(X, float), np.array(w, float)
    if X.ndim != 2 or w.shape != (X.shape[1],):
        raise ValueError("wrong shape")
    return X @ w + b


def sigmoid(z):
    z = np.array(z, float)
    return 1 / (1 + np.exp(-z))


def softmax(Z):
    Z = np.array(Z, float)
    if Z.ndim != 2:
        raise ValueError("wrong shape")
    if Z.shape[1] == 0:
        raise ValueError("empty")
    return np.exp(Z) / np.sum(np.exp(Z), axis=1, keepdims=True)


def predict_class(P):
    return np.argmax(np.array(P), axis=1)


def check(a, b):
    a, b = np.array(a, float), np.array(b, float)
    if a.shape != b.shape:
        raise ValueError("different shape")
    if len(a) == 0:
        raise ValueError("empty")
    return a, b


def sum_squared_error(y_true, y_pred):
    y_true, y_pred = check(y_true, y_pred)
    return np.sum((y_true - y_pred) ** 2)


def mean_squared_error(y_true, y_pred):
    y_true, y_pred = check(y_true, y_pred)
    return np.mean((y_true - y_pred) ** 2)


def root_mean_squared_error(y_true, y_pred):
    return np.sqrt(mean_squared_error(y_true, y_pred))


def mean_absolute_error(y_true, y_pred):
    y_true, y_pred = check(y_true, y_pred)
    return np.mean(np.abs(y_true - y_pred))


def zero_one_loss(y_true, y_pred):
    y_true, y_pred = check(y_true, y_pred)
    return np.sum(y_true != y_pred)


def binary_cross_entropy(y_true, p):
    y_true, p = check(y_true, p)
    if not np.all((y_true == 0) | (y_true == 1)):
        raise ValueError("label must be 0 or 1")
    if np.any(p < 0) or np.any(p > 1):
        raise ValueError("p must be a probability")
    return -np.mean(y_true * np.log(p) + (1 - y_true) * np.log(1 - p))


def binary_cross_entropy_with_logits(y_true, z):
    y_true, z = check(y_true, z)
    if not np.all((y_true == 0) | (y_true == 1)):
        raise ValueError("label must be 0 or 1")
    m = (1 - 2 * y_true) * z
    return np.mean(np.log(1 + np.exp(m)))


def softmax_cross_entropy(y_true, Z):
    Z = np.array(Z, float)
    y_true = np.array(y_true)
    if Z.ndim != 2 or y_true.shape != (Z.shape[0],):
        raise ValueError("different shape")
    if len(Z) == 0:
        raise ValueError("empty")
    if np.any(y_true >= Z.shape[1]):
        raise ValueError("label too large")
    return -np.mean(np.log(softmax(Z)[np.arange(len(Z)), y_true]))


def best_constant(y, loss):
    y = np.array(y, float)
    if y.ndim != 1:
        raise ValueError("wrong shape")
    if len(y) == 0:
        raise ValueError("empty")
    if loss == "squared":
        return np.mean(y)
    elif loss == "absolute":
        return np.median(y)
    elif loss == "cross_entropy":
        if not np.all((y == 0) | (y == 1)):
            raise ValueError("label must be 0 or 1")
        return np.mean(y)
    elif loss == "zero_one":
        return np.bincount(y.astype(int)).argmax()
    raise ValueError("unknown loss: " + loss)
