"""Model selection, with loops where I trust them more."""
import copy
import itertools
import math

import numpy as np
from given.checks import (
    check_binary_labels,
    check_no_nan,
    check_not_empty,
    check_range,
    check_vectors,
)


def stratified_split(y, val_fraction, rng):
    y = list(y)
    if not y:
        raise ValueError('y is empty')
    if not 0 < val_fraction < 1:
        raise ValueError(f'val_fraction must be in (0, 1), got {val_fraction}')
    members = {}
    for index, label in enumerate(y):
        members.setdefault(float(label), []).append(index)
    train, val = ([], [])
    for indices in members.values():
        rng.shuffle(indices)
        count = math.floor(val_fraction * len(indices) + 0.5)
        val += indices[:count]
        train += indices[count:]
    return (np.array(sorted(train), dtype=int), np.array(sorted(val), dtype=int))

def weighted_binary_cross_entropy(y_true, z, pos_weight):
    y_true, z = (np.array(y_true, dtype=float), np.array(z, dtype=float))
    if y_true.ndim != 1 or y_true.shape != z.shape:
        raise ValueError('wrong shape')
    if len(z) == 0:
        raise ValueError('Empty input')
    if pos_weight <= 0:
        raise ValueError('pos_weight must be positive')
    total = 0.0
    for label, logit in zip(y_true.tolist(), z.tolist()):
        if label not in (0, 1):
            raise ValueError('a label is wrong')
        m = -logit if label == 1 else logit
        loss = m + math.log1p(math.exp(-m)) if m > 0 else math.log1p(math.exp(m))
        total += loss * (pos_weight if label == 1 else 1)
    return total / len(z)

def train_with_validation(loss_fn, grad_fn, params, train, val, learning_rate, n_epochs):
    check_range('>= 0', n_epochs=n_epochs)
    (X, y), (X_val, y_val) = (train, val)
    current = [p.astype(float) if isinstance(p, np.ndarray) else float(p) for p in params]
    history = {'train_loss': [loss_fn(tuple(current), X, y)], 'val_loss': [loss_fn(tuple(current), X_val, y_val)]}
    best, best_epoch, least = (copy.deepcopy(current), 0, history['val_loss'][0])
    for epoch in range(1, n_epochs + 1):
        grads = grad_fn(tuple(current), X, y)
        for i, g in enumerate(grads):
            current[i] -= learning_rate * g
        history['train_loss'].append(loss_fn(tuple(current), X, y))
        loss = loss_fn(tuple(current), X_val, y_val)
        history['val_loss'].append(loss)
        if loss < least or (np.isnan(least) and (not np.isnan(loss))):
            best, best_epoch, least = (copy.deepcopy(current), epoch, loss)
    curves = {name: np.array(values, dtype=float) for name, values in history.items()}
    return (tuple(best), {**curves, 'best_epoch': best_epoch})

def early_stopping(val_losses, patience, min_delta=0.0):
    losses = [float(loss) for loss in val_losses]
    if len(losses) == 0:
        raise ValueError('empty')
    if patience < 1:
        raise ValueError('patience must be at least 1')
    if min_delta < 0:
        raise ValueError('min_delta is negative')
    best, least, bad = (0, losses[0], 0)
    for epoch, loss in enumerate(losses[1:], 1):
        if math.isnan(least):
            better = not math.isnan(loss)
        else:
            better = loss < least - min_delta
        if better:
            best, least, bad = (epoch, loss, 0)
        else:
            bad += 1
            if bad == patience:
                return (best, epoch)
    return (best, len(losses) - 1)

def generalization_gap(train_losses, val_losses):
    if np.shape(train_losses) != np.shape(val_losses):
        raise ValueError('the curves differ in shape')
    if len(train_losses) == 0:
        raise ValueError('the curves are empty')
    return np.array([float(v) - float(t) for t, v in zip(train_losses, val_losses)])

def rank_models(values, higher_is_better):
    values = [float(value) for value in values]
    if not values:
        raise ValueError('values is empty')
    sign = -1 if higher_is_better else 1

    def key(i):
        return (math.isnan(values[i]), 0.0 if math.isnan(values[i]) else sign * values[i])
    return np.array(sorted(range(len(values)), key=key))

def grid_search(fit, score, grid, higher_is_better=True):
    names = list(grid)
    if not names or not all((len(grid[name]) for name in names)):
        raise ValueError('empty grid')
    trials = []

    def go(i, chosen):
        if i == len(names):
            trials.append((dict(chosen), score(fit(**chosen))))
            return
        for value in grid[names[i]]:
            go(i + 1, {**chosen, names[i]: value})
    go(0, {})
    best = None
    for trial in trials:
        value = trial[1]
        if math.isnan(value):
            continue
        if best is None or (value > best[1] if higher_is_better else value < best[1]):
            best = trial
    if best is None:
        raise ValueError('only NaN')
    return (best[0], best[1], trials)

def disagreeing_pairs(losses, scores):
    losses, scores = (np.array(losses, dtype=float), np.array(scores, dtype=float))
    if losses.shape != scores.shape:
        raise ValueError('shape')
    if np.isnan(losses).any() or np.isnan(scores).any():
        raise ValueError('NaN')
    pairs = []
    for i in range(len(losses)):
        for j in range(len(losses)):
            if losses[i] < losses[j] and scores[i] < scores[j]:
                pairs.append([i, j])
    return np.array(pairs, dtype=np.int64) if pairs else np.empty((0, 2), dtype=np.int64)

def reject_model(y_true, y_pred, min_precision, min_recall):
    if np.shape(y_true) != np.shape(y_pred) or np.ndim(y_true) != 1:
        raise ValueError('shape')
    if len(y_true) == 0:
        raise ValueError('empty')
    if not 0 <= min_precision <= 1:
        raise ValueError('min_precision must be in [0, 1]')
    if not 0 <= min_recall <= 1:
        raise ValueError('min_recall must be in [0, 1]')
    tp = fp = fn = 0
    for truth, decision in zip(y_true, y_pred):
        if truth not in (0, 1) or decision not in (0, 1):
            raise ValueError('bad label')
        tp += truth == 1 and decision == 1
        fp += truth == 0 and decision == 1
        fn += truth == 1 and decision == 0
    precision = tp / (tp + fp) if tp + fp > 0 else 0.0
    recall = tp / (tp + fn) if tp + fn > 0 else 0.0
    return bool(precision < min_precision) or bool(recall < min_recall)

def precision_at_base_rate(tpr, fpr, base_rate):
    for name, value in (('tpr', tpr), ('fpr', fpr), ('base_rate', base_rate)):
        if value < 0 or value > 1:
            raise ValueError(f'{name} must lie between 0 and 1')
    hits, false_alarms = (tpr * base_rate, fpr * (1 - base_rate))
    if hits + false_alarms == 0:
        return 0.0
    return hits / (hits + false_alarms)

def adjust_to_base_rate(p, old_rate, new_rate):
    if not 0 < old_rate < 1:
        raise ValueError(f'old_rate must be in (0, 1), got {old_rate}')
    if not 0 < new_rate < 1:
        raise ValueError(f'new_rate must be in (0, 1), got {new_rate}')
    values = np.array(p, dtype=float)
    result = np.zeros(values.shape)
    for index in np.ndindex(values.shape):
        q = values[index]
        if q < 0 or q > 1:
            raise ValueError(f'p = {q} is no probability')
        vacant = q * new_rate / old_rate
        result[index] = vacant / (vacant + (1 - q) * (1 - new_rate) / (1 - old_rate))
    return result

def expected_business_cost(tpr, fpr, base_rate, cost_fp, cost_fn):
    for name, value in (('tpr', tpr), ('fpr', fpr), ('base_rate', base_rate)):
        if not 0 <= value <= 1:
            raise ValueError(f'{name} is outside of [0, 1]')
    for name, value in (('cost_fp', cost_fp), ('cost_fn', cost_fn)):
        if value < 0:
            raise ValueError(f'{name} is negative')
    fnr = 1 - tpr
    return float(cost_fn * fnr * base_rate + cost_fp * fpr * (1 - base_rate))

def select_model(y_true, scores, threshold, min_precision, min_recall, cost_fp, cost_fn):
    if len(scores) == 0:
        raise ValueError('empty')
    if cost_fp < 0:
        raise ValueError('cost_fp < 0')
    if cost_fn < 0:
        raise ValueError('cost_fn < 0')
    truth = np.asarray(y_true).astype(float)
    costs = {}
    for name in scores:
        values = np.asarray(scores[name], dtype=float)
        if values.shape != truth.shape:
            raise ValueError(f'{name}: wrong shape')
        if np.isnan(values).any():
            raise ValueError(f'{name}: NaN among the scores')
        decisions = np.where(values >= threshold, 1, 0)
        if not reject_model(y_true, decisions, min_precision, min_recall):
            fp = np.count_nonzero((truth == 0) & (decisions == 1))
            fn = np.count_nonzero((truth == 1) & (decisions == 0))
            costs[name] = cost_fp * fp + cost_fn * fn
    return min(costs, key=costs.get) if costs else None
