# -*- coding: latin-1 -*-
# Übung 1, gelöst auf dem Rechner im Computerraum
import numpy as np


def größe(a):
    return np.asarray(a, dtype=float).shape


def linear_predict(X, w, b=0.0):
    if len(größe(X)) != 2 or len(größe(w)) != 1 or größe(X)[1] != größe(w)[0]:
        raise ValueError("shape passt nicht: %s, %s" % (größe(X), größe(w)))
    return np.dot(np.asarray(X, dtype=float), np.asarray(w, dtype=float)) + b


def sigmoid(z):
    z = np.asarray(z, dtype=float)
    return 0.5 * (1 + np.tanh(z / 2))   # gleiche Kurve, läuft nicht über


def softmax(Z):
    if len(größe(Z)) != 2:
        raise ValueError("shape passt nicht: %s" % (größe(Z),))
    if größe(Z)[1] == 0:
        raise ValueError("empty: keine Klassen")
    Z = np.asarray(Z, dtype=float)
    Z = Z - Z.max(axis=1, keepdims=True)
    return np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)


def predict_class(P):
    if len(größe(P)) != 2:
        raise ValueError("shape passt nicht: %s" % (größe(P),))
    if größe(P)[1] == 0:
        raise ValueError("empty: keine Klassen")
    P = np.asarray(P, dtype=float)
    if np.isnan(P).any():
        raise ValueError("NaN ist keine Wahrscheinlichkeit")
    return np.argmax(P, axis=1)


def prüfe(y_true, y_pred):
    if größe(y_true) != größe(y_pred) or len(größe(y_true)) != 1:
        raise ValueError("shape passt nicht: %s, %s" % (größe(y_true), größe(y_pred)))
    if größe(y_true)[0] == 0:
        raise ValueError("empty: keine Beispiele")
    return np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)


def sum_squared_error(y_true, y_pred):
    y_true, y_pred = prüfe(y_true, y_pred)
    return float(np.sum((y_true - y_pred) ** 2))


def mean_squared_error(y_true, y_pred):
    return sum_squared_error(y_true, y_pred) / len(y_true)


def root_mean_squared_error(y_true, y_pred):
    return float(mean_squared_error(y_true, y_pred) ** 0.5)


def mean_absolute_error(y_true, y_pred):
    y_true, y_pred = prüfe(y_true, y_pred)
    return float(np.mean(np.abs(y_true - y_pred)))


def zero_one_loss(y_true, y_pred):
    y_true, y_pred = prüfe(y_true, y_pred)
    return int(np.sum(y_true != y_pred))


def binary_cross_entropy(y_true, p):
    y_true, p = prüfe(y_true, p)
    if not np.isin(y_true, [0, 1]).all():
        raise ValueError("label muss 0 oder 1 sein")
    if p.min() < 0 or p.max() > 1:
        raise ValueError("p muss zwischen 0 und 1 liegen")
    # 0 * log(0) würde NaN, deshalb nur der Teil, der zählt
    frei, besetzt = p[y_true == 1], p[y_true == 0]
    with np.errstate(divide="ignore"):
        return float(-(np.log(frei).sum() + np.log(1 - besetzt).sum()) / len(p))


def binary_cross_entropy_with_logits(y_true, z):
    y_true, z = prüfe(y_true, z)
    if not np.isin(y_true, [0, 1]).all():
        raise ValueError("label muss 0 oder 1 sein")
    m = np.where(y_true == 1, -z, z)
    return float(np.mean(np.maximum(m, 0) + np.log(1 + np.exp(-np.abs(m)))))


def softmax_cross_entropy(y_true, Z):
    if len(größe(Z)) != 2 or größe(y_true) != (größe(Z)[0],):
        raise ValueError("shape passt nicht: %s, %s" % (größe(y_true), größe(Z)))
    if größe(y_true)[0] == 0:
        raise ValueError("empty: keine Beispiele")
    Z = np.asarray(Z, dtype=float)
    y_true = np.asarray(y_true)
    if not np.isin(y_true, range(Z.shape[1])).all():
        raise ValueError("label gibt es nicht")
    verlust = 0.0
    for zeile, klasse in zip(Z, y_true.astype(int)):
        m = zeile.max()
        verlust += m + np.log(np.sum(np.exp(zeile - m))) - zeile[klasse]
    return float(verlust / len(Z))


def best_constant(y, loss):
    y = np.asarray(y, dtype=float)
    if y.ndim != 1:
        raise ValueError("shape passt nicht: %s" % (y.shape,))
    if y.size == 0:
        raise ValueError("empty: keine Beispiele")
    if loss == "squared":
        return float(np.mean(y))
    if loss == "absolute":
        return float(np.median(y))
    if loss == "cross_entropy":
        if not np.isin(y, [0, 1]).all():
            raise ValueError("label muss 0 oder 1 sein")
        return float(np.mean(y))
    if loss == "zero_one":
        # häufigster Wert
        return float(max(sorted(set(y)), key=list(y).count))
    raise ValueError("loss %r gibt es nicht" % loss)
