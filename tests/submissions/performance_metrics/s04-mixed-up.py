# Written the evening before.
import math

import numpy as np


def vector(values, name):
    array = np.array(values, dtype=float)
    if array.ndim != 1:
        raise ValueError("%s has the wrong shape %s" % (name, array.shape))
    return array.tolist()


def two_lists(a, b):
    a, b = vector(a, "first argument"), vector(b, "second argument")
    if len(a) != len(b):
        raise ValueError("shape: lengths %d and %d" % (len(a), len(b)))
    if len(a) == 0:
        raise ValueError("the input is empty")
    return a, b


def check_labels(labels, k=2):
    for label in labels:
        if label not in range(k):
            raise ValueError("%r is not a label" % label)


def apply_threshold(scores, threshold=0.5):
    scores = np.array(scores, dtype=float)
    if math.isnan(threshold) or any(math.isnan(s) for s in scores.ravel()):
        raise ValueError("NaN cannot be compared")
    result = np.zeros(scores.size, dtype=np.int64)
    for i, score in enumerate(scores.ravel()):
        if score > threshold:
            result[i] = 1
    return result.reshape(scores.shape)


def confusion_matrix(y_true, y_pred, n_classes=2):
    y_true, y_pred = two_lists(y_true, y_pred)
    check_labels(y_true, n_classes)
    check_labels(y_pred, n_classes)
    C = np.zeros((n_classes, n_classes), dtype=np.int64)
    for t, p in zip(y_true, y_pred):
        C[int(t), int(p)] += 1
    return C


def counts(y_true, y_pred):
    C = confusion_matrix(y_true, y_pred)
    return int(C[0, 0]), int(C[0, 1]), int(C[1, 0]), int(C[1, 1])


def ratio(a, b, otherwise):
    return float(otherwise) if b == 0 else a / b


def accuracy_score(y_true, y_pred):
    tn, fp, fn, tp = counts(y_true, y_pred)
    return (tn + tp) / (tn + fp + fn + tp)


def precision_score(y_true, y_pred, zero_division=0.0):
    tn, fp, fn, tp = counts(y_true, y_pred)
    return ratio(tp, tp + fp, zero_division)


def recall_score(y_true, y_pred, zero_division=0.0):
    tn, fp, fn, tp = counts(y_true, y_pred)
    return ratio(tp, tp + fn, zero_division)


def fbeta_score(y_true, y_pred, beta=1.0, zero_division=0.0):
    if beta <= 0:
        raise ValueError("beta has to be positive")
    tn, fp, fn, tp = counts(y_true, y_pred)
    weight = beta
    return ratio((1 + weight) * tp, (1 + weight) * tp + weight * fn + fp, zero_division)


def false_positive_rate(y_true, y_pred, zero_division=0.0):
    tn, fp, fn, tp = counts(y_true, y_pred)
    return ratio(fp, fp + tn, zero_division)


def majority_baseline_accuracy(y_true):
    y_true = vector(y_true, "y_true")
    if not y_true:
        raise ValueError("y_true is empty")
    check_labels(y_true)
    return y_true.count(0) / len(y_true)


def labels_and_scores(y_true, scores):
    y_true, scores = two_lists(y_true, scores)
    check_labels(y_true)
    if any(math.isnan(s) for s in scores):
        raise ValueError("a score is NaN")
    return y_true, scores


def walk_down(y_true, scores):
    """Each distinct score from the top, with FP and TP if it is the threshold."""
    fp = tp = 0
    points = []
    for score, label in sorted(zip(scores, y_true), reverse=True):
        if label == 1:
            tp += 1
        else:
            fp += 1
        if points and points[-1][0] == score:
            points.pop()
        points.append((score, fp, tp))
    return points


def roc_curve(y_true, scores):
    y_true, scores = labels_and_scores(y_true, scores)
    P, N = y_true.count(1), y_true.count(0)
    if P == 0 or N == 0:
        raise ValueError("only one label occurs")
    points = [(math.inf, 0, 0)] + walk_down(y_true, scores)
    fpr = np.array([fp / N for _, fp, _ in points])
    tpr = np.array([tp / P for _, _, tp in points])
    return fpr, tpr, np.array([score for score, _, _ in points])


def roc_auc_score(y_true, scores):
    fpr, tpr, _ = roc_curve(y_true, scores)
    area = 0.0
    for i in range(len(fpr) - 1):
        area += (fpr[i + 1] - fpr[i]) * (tpr[i + 1] + tpr[i]) / 2
    return float(area)


def precision_recall_curve(y_true, scores):
    y_true, scores = labels_and_scores(y_true, scores)
    P = y_true.count(1)
    if P == 0:
        raise ValueError("label 1 does not occur")
    points = walk_down(y_true, scores)[::-1]
    precision = [tp / (tp + fp) for _, fp, tp in points] + [1.0]
    recall = [tp / P for _, _, tp in points] + [0.0]
    return np.array(precision), np.array(recall), np.array([score for score, _, _ in points])


def average_precision_score(y_true, scores):
    precision, recall, _ = precision_recall_curve(y_true, scores)
    total = 0.0
    for i in range(len(recall) - 1):
        total += (recall[i] - recall[i + 1]) * precision[i]
    return float(total)


def business_cost(y_true, y_pred, cost_fp, cost_fn):
    if cost_fp < 0:
        raise ValueError("cost_fp is negative")
    if cost_fn < 0:
        raise ValueError("cost_fn is negative")
    tn, fp, fn, tp = counts(y_true, y_pred)
    return float(cost_fp * fp + cost_fn * fn)


def best_threshold(y_true, scores, cost_fp, cost_fn):
    y_true, scores = labels_and_scores(y_true, scores)
    best = math.inf
    least = business_cost(y_true, apply_threshold(scores, best), cost_fp, cost_fn)
    for threshold in sorted(set(scores), reverse=True):
        cost = business_cost(y_true, apply_threshold(scores, threshold), cost_fp, cost_fn)
        if cost < least:
            best, least = threshold, cost
    return best, least
