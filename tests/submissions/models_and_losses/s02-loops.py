# Problem set 1
# I come from Java, so I wrote everything with loops first. It works, so I left it.
import math

import numpy as np


def to_vector(values, name):
    array = np.array(values, dtype=float)
    if array.ndim != 1:
        raise ValueError("%s has the wrong shape: %s" % (name, array.shape))
    return array


def two_vectors(a, b):
    a = to_vector(a, "first argument")
    b = to_vector(b, "second argument")
    if len(a) != len(b):
        raise ValueError("shape: lengths %d and %d differ" % (len(a), len(b)))
    if len(a) == 0:
        raise ValueError("the input is empty")
    return a, b


def linear_predict(X, w, b=0.0):
    X = np.array(X, dtype=float)
    w = np.array(w, dtype=float)
    if X.ndim != 2 or w.ndim != 1 or X.shape[1] != w.shape[0]:
        raise ValueError("shape mismatch: %s and %s" % (X.shape, w.shape))
    predictions = np.zeros(X.shape[0])
    for i in range(X.shape[0]):
        total = 0.0
        for j in range(X.shape[1]):
            total += X[i, j] * w[j]
        predictions[i] = total + b
    return predictions


def sigmoid_of_one_number(z):
    if math.isnan(z):
        return z
    if z >= 0:
        return 1.0 / (1.0 + math.exp(-z))
    return math.exp(z) / (1.0 + math.exp(z))


def sigmoid(z):
    z = np.array(z, dtype=float)
    result = np.zeros(z.size)
    for i, value in enumerate(z.ravel()):
        result[i] = sigmoid_of_one_number(value)
    return result.reshape(z.shape)


def softmax(Z):
    Z = np.array(Z, dtype=float)
    if Z.ndim != 2:
        raise ValueError("Z must be a matrix, but its shape is %s" % (Z.shape,))
    if Z.shape[1] == 0:
        raise ValueError("empty rows")
    P = np.zeros(Z.shape)
    for i in range(Z.shape[0]):
        highest = Z[i, 0]
        for j in range(Z.shape[1]):
            if Z[i, j] > highest or math.isnan(Z[i, j]):
                highest = Z[i, j]
        row_sum = 0.0
        for j in range(Z.shape[1]):
            P[i, j] = math.exp(Z[i, j] - highest)
            row_sum += P[i, j]
        for j in range(Z.shape[1]):
            P[i, j] = P[i, j] / row_sum
    return P


def predict_class(P):
    P = np.array(P, dtype=float)
    if P.ndim != 2:
        raise ValueError("P must be a matrix, but its shape is %s" % (P.shape,))
    if P.shape[1] == 0:
        raise ValueError("empty rows")
    classes = np.zeros(P.shape[0], dtype=int)
    for i in range(P.shape[0]):
        best = 0
        for j in range(P.shape[1]):
            if math.isnan(P[i, j]):
                raise ValueError("NaN in row %d" % i)
            if P[i, j] > P[i, best]:
                best = j
        classes[i] = best
    return classes


def sum_squared_error(y_true, y_pred):
    y_true, y_pred = two_vectors(y_true, y_pred)
    total = 0.0
    for t, p in zip(y_true, y_pred):
        total += (t - p) * (t - p)
    return float(total)


def mean_squared_error(y_true, y_pred):
    y_true, y_pred = two_vectors(y_true, y_pred)
    total = 0.0
    for t, p in zip(y_true, y_pred):
        total += (t - p) * (t - p)
    return float(total / len(y_true))


def root_mean_squared_error(y_true, y_pred):
    return math.sqrt(mean_squared_error(y_true, y_pred))


def mean_absolute_error(y_true, y_pred):
    y_true, y_pred = two_vectors(y_true, y_pred)
    total = 0.0
    for t, p in zip(y_true, y_pred):
        total += abs(t - p)
    return float(total / len(y_true))


def zero_one_loss(y_true, y_pred):
    y_true, y_pred = two_vectors(y_true, y_pred)
    wrong = 0
    for t, p in zip(y_true, y_pred):
        if t != p:
            wrong += 1
    return wrong


def minus_log(x):
    return math.inf if x == 0 else -math.log(x)


def binary_cross_entropy(y_true, p):
    y_true, p = two_vectors(y_true, p)
    total = 0.0
    for label, probability in zip(y_true, p):
        if label != 0 and label != 1:
            raise ValueError("bad label: %s" % label)
        if probability < 0 or probability > 1:
            raise ValueError("p must be between 0 and 1, not %s" % probability)
        if label == 1:
            total += minus_log(probability)
        elif probability == 1:
            total += math.inf
        else:
            total += -math.log1p(-probability)
    return float(total / len(p))


def binary_cross_entropy_with_logits(y_true, z):
    y_true, z = two_vectors(y_true, z)
    total = 0.0
    for label, score in zip(y_true, z):
        if label != 0 and label != 1:
            raise ValueError("bad label: %s" % label)
        m = -score if label == 1 else score
        if m > 0:
            # ln(1 + e^m) = m + ln(1 + e^-m)
            total += m + math.log1p(math.exp(-m))
        else:
            total += math.log1p(math.exp(m))
    return float(total / len(z))


def softmax_cross_entropy(y_true, Z):
    Z = np.array(Z, dtype=float)
    y_true = to_vector(y_true, "y_true")
    if Z.ndim != 2 or Z.shape[0] != len(y_true):
        raise ValueError("shape mismatch: %s and %s" % (y_true.shape, Z.shape))
    n, k = Z.shape
    if n == 0:
        raise ValueError("the input is empty")
    total = 0.0
    for i in range(n):
        label = y_true[i]
        if not (0 <= label < k) or label != int(label):
            raise ValueError("bad label: %s" % label)
        highest = max(Z[i])
        row_sum = 0.0
        for j in range(k):
            row_sum += math.exp(Z[i, j] - highest)
        total += highest + math.log(row_sum) - Z[i, int(label)]
    return float(total / n)


def best_constant(y, loss):
    if loss not in ("squared", "absolute", "cross_entropy", "zero_one"):
        raise ValueError("I do not know the loss " + str(loss))
    y = to_vector(y, "y")
    n = len(y)
    if n == 0:
        raise ValueError("the input is empty")
    if loss == "cross_entropy":
        for value in y:
            if value not in (0, 1):
                raise ValueError("bad label: %s" % value)
    if loss in ("squared", "cross_entropy"):
        return float(sum(y) / n)
    ordered = sorted(y)
    if loss == "absolute":
        if n % 2 == 1:
            return float(ordered[n // 2])
        return float((ordered[n // 2 - 1] + ordered[n // 2]) / 2)
    best, best_count = None, 0
    for value in ordered:
        count = 0
        for other in y:
            if other == value:
                count += 1
        if count > best_count:
            best, best_count = value, count
    return float(best)
