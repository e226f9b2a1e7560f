import matplotlib.pyplot as plt
import numpy as np

plt.style.use("ggplot")


def as_floats(*arrays):
    return [np.array(a, dtype=float) for a in arrays]


def check(y, other, name="y_pred"):
    if y.shape != other.shape or len(y.shape) != 1:
        raise ValueError(f"y_true and {name}: shape {y.shape} and shape {other.shape}")
    if y.size == 0:
        raise ValueError("no examples, the arrays are empty")


def check_labels(y):
    for value in np.unique(y):
        if value != 0 and value != 1:
            raise ValueError(f"{value} is not a label")


def linear_predict(X, w, b=0.0):
    X, w = as_floats(X, w)
    if X.ndim != 2 or w.ndim != 1 or X.shape[1] != len(w):
        raise ValueError(f"X and w: shape {X.shape} and shape {w.shape}")
    return np.sum(X * w, axis=1) + b


def sigmoid(z):
    (z,) = as_floats(z)
    out = np.empty_like(z)
    pos = z >= 0
    out[pos] = 1 / (1 + np.exp(-z[pos]))
    ez = np.exp(z[~pos])
    out[~pos] = ez / (1 + ez)
    return out


def softmax(Z):
    (Z,) = as_floats(Z)
    if Z.ndim != 2:
        raise ValueError(f"shape {Z.shape}, a matrix is needed")
    if Z.shape[1] == 0:
        raise ValueError("no classes, Z is empty")
    out = np.empty_like(Z)
    for i, row in enumerate(Z):
        e = np.exp(row - row.max())
        out[i] = e / e.sum()
    return out


def predict_class(P):
    (P,) = as_floats(P)
    if P.ndim != 2:
        raise ValueError(f"shape {P.shape}, a matrix is needed")
    if P.shape[1] == 0:
        raise ValueError("no classes, P is empty")
    if np.isnan(P).any():
        raise ValueError("cannot compare with NaN")
    return np.argmax(P, axis=1)


def sum_squared_error(y_true, y_pred):
    y_true, y_pred = as_floats(y_true, y_pred)
    check(y_true, y_pred)
    d = y_true - y_pred
    return float(np.dot(d, d))


def mean_squared_error(y_true, y_pred):
    y_true, y_pred = as_floats(y_true, y_pred)
    check(y_true, y_pred)
    return float(np.mean((y_true - y_pred) ** 2))


def root_mean_squared_error(y_true, y_pred):
    return mean_squared_error(y_true, y_pred) ** 0.5


def mean_absolute_error(y_true, y_pred):
    y_true, y_pred = as_floats(y_true, y_pred)
    check(y_true, y_pred)
    return float(np.mean(np.abs(y_true - y_pred)))


def zero_one_loss(y_true, y_pred):
    y_true, y_pred = as_floats(y_true, y_pred)
    check(y_true, y_pred)
    return int(np.sum(y_true != y_pred))


def binary_cross_entropy(y_true, p):
    y_true, p = as_floats(y_true, p)
    check(y_true, p, "p")
    check_labels(y_true)
    if np.any(p < 0) or np.any(p > 1):
        raise ValueError("p has to lie between 0 and 1")
    with np.errstate(divide="ignore"):
        loss = np.where(y_true == 1, np.log(p), np.log1p(-p))
    return float(-np.mean(loss))


def binary_cross_entropy_with_logits(y_true, z):
    y_true, z = as_floats(y_true, z)
    check(y_true, z, "z")
    check_labels(y_true)
    return float(np.mean(np.maximum(z, 0) - y_true * z + np.log1p(np.exp(-np.abs(z)))))


def softmax_cross_entropy(y_true, Z):
    y_true, Z = as_floats(y_true, Z)
    if Z.ndim != 2 or y_true.shape != Z.shape[:1]:
        raise ValueError(f"y_true and Z: shape {y_true.shape} and shape {Z.shape}")
    if y_true.size == 0:
        raise ValueError("no examples, the arrays are empty")
    k = Z.shape[1]
    if not all(label in range(k) for label in y_true):
        raise ValueError(f"labels must be in 0..{k - 1}")
    logsumexp = np.logaddexp.reduce(Z, axis=1)
    return float(np.mean(logsumexp - Z[np.arange(len(Z)), y_true.astype(int)]))


def best_constant(y, loss):
    (y,) = as_floats(y)
    if y.ndim != 1:
        raise ValueError(f"shape {y.shape}")
    if y.size == 0:
        raise ValueError("no examples, y is empty")
    if loss == "squared":
        return float(np.mean(y))
    if loss == "absolute":
        return float(np.median(y))
    if loss == "cross_entropy":
        check_labels(y)
        return float(np.mean(y))
    if loss == "zero_one":
        values, counts = np.unique(y, return_counts=True)
        return float(values[np.argmax(counts)])
    raise ValueError(f"loss {loss} is not known")


def plot_losses():
    c = np.linspace(-1, 3, 200)
    y = np.array([0.0, 0.2, 0.5, 2.0])
    plt.plot(c, [mean_squared_error(y, np.full(4, x)) for x in c], label="MSE")
    plt.plot(c, [mean_absolute_error(y, np.full(4, x)) for x in c], label="MAE")
    plt.legend()
    plt.show()


if __name__ == "__main__":
    plot_losses()
