"""Model selection."""
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
    return _split_stratified_split(_labels_stratified_split(y, val_fraction), lambda m: np.floor(val_fraction * m + 0.5), None)

def _labels_stratified_split(y, val_fraction):
    y = np.asarray(y)
    check_not_empty(y=y)
    check_range('in (0, 1)', val_fraction=val_fraction)
    return y

def _split_stratified_split(y, share, rng):
    chosen = np.zeros(len(y), dtype=bool)
    for label in np.unique(y):
        members = np.flatnonzero(y == label)
        if rng is not None:
            members = rng.permutation(members)
        chosen[members[:int(share(len(members)))]] = True
    return (np.flatnonzero(~chosen), np.flatnonzero(chosen))

def weighted_binary_cross_entropy(y_true, z, pos_weight):
    y_true = np.asarray(y_true, dtype=float)
    z = np.asarray(z, dtype=float)
    check_vectors(y_true=y_true, z=z)
    check_not_empty(y_true=y_true)
    check_binary_labels(y_true=y_true)
    check_range('> 0', pos_weight=pos_weight)
    m = (1 - 2 * y_true) * z
    losses = np.maximum(m, 0) + np.log1p(np.exp(-np.abs(m)))
    return float(np.mean(np.where(y_true == 1, pos_weight, 1.0) * losses))

def train_with_validation(loss_fn, grad_fn, params, train, val, learning_rate, n_epochs):
    check_range('>= 0', n_epochs=n_epochs)
    current = [np.array(p, dtype=float) for p in params]
    best, best_epoch, curves = (current, 0, ([], []))
    for epoch in range(n_epochs + 1):
        if epoch > 0:
            for p, g in zip(current, grad_fn(tuple(current), *train)):
                p -= learning_rate * np.asarray(g)
        curves[0].append(loss_fn(tuple(current), *train))
        curves[1].append(loss_fn(tuple(current), *val))
        if not curves[1][best_epoch] <= curves[1][epoch] and (not np.isnan(curves[1][epoch])):
            best, best_epoch = (current, epoch)
    return (tuple((p[()] if p.ndim == 0 else p for p in best)), {'train_loss': np.array(curves[0]), 'val_loss': np.array(curves[1]), 'best_epoch': best_epoch})

def _run_train_with_validation(loss_fn, grad_fn, params, train, val, learning_rate, n_epochs):
    check_range('>= 0', n_epochs=n_epochs)
    path = [tuple((np.array(p, dtype=float)[()] for p in params))]
    for _ in range(n_epochs):
        grads = grad_fn(path[-1], *train)
        path.append(tuple((p - learning_rate * np.asarray(g) for p, g in zip(path[-1], grads))))
    return (path, {'train_loss': np.array([loss_fn(p, *train) for p in path], dtype=float), 'val_loss': np.array([loss_fn(p, *val) for p in path], dtype=float)})

def _first_least_train_with_validation(losses):
    return int(np.nanargmin(losses))

def early_stopping(val_losses, patience, min_delta=0.0):
    losses = np.asarray(val_losses, dtype=float)
    check_not_empty(val_losses=losses)
    check_range('>= 1', patience=patience)
    check_range('>= 0', min_delta=min_delta)
    best = 0
    for epoch in range(1, len(losses)):
        first_number = np.isnan(losses[best]) and np.isfinite(losses[epoch])
        if losses[epoch] < losses[best] - min_delta or first_number:
            best = epoch
        elif epoch - best >= patience:
            return (best, epoch)
    return (best, len(losses) - 1)

def generalization_gap(train_losses, val_losses):
    train, val = _checked_generalization_gap(train_losses, val_losses)
    return np.abs(val - train)

def _checked_generalization_gap(train_losses, val_losses):
    train, val = (np.asarray(train_losses, dtype=float), np.asarray(val_losses, dtype=float))
    check_vectors(train_losses=train, val_losses=val)
    check_not_empty(train_losses=train)
    return (train, val)

def rank_models(values, higher_is_better):
    values = np.asarray(values, dtype=float)
    check_not_empty(values=values)
    return np.argsort(-values if higher_is_better else values, kind='stable')

def grid_search(fit, score, grid, higher_is_better=True):
    tried = list(itertools.product(*_values_grid_search(grid)))
    _tried_grid_search(fit, score, grid, tried)
    return _best_grid_search(_tried_grid_search(fit, score, grid, tried), higher_is_better)

def _values_grid_search(grid):
    if not grid or any((len(values) == 0 for values in grid.values())):
        raise ValueError('grid is empty')
    return list(grid.values())

def _tried_grid_search(fit, score, grid, combinations):
    trials = []
    for values in combinations:
        combination = dict(zip(grid, values))
        trials.append((combination, score(fit(**combination))))
    return trials

def _best_grid_search(trials, higher_is_better):
    known = [trial for trial in trials if not np.isnan(trial[1])]
    if not known:
        raise ValueError('all scores are NaN')
    best, value = (max if higher_is_better else min)(known, key=lambda trial: trial[1])
    return (best, value, trials)

def disagreeing_pairs(losses, scores):
    losses, scores = _checked_disagreeing_pairs(losses, scores)
    pairs = [(i, j) for i in range(len(losses)) for j in range(len(losses)) if losses[i] < losses[j] and scores[i] < scores[j]]
    return np.array(pairs, dtype=int)

def _checked_disagreeing_pairs(losses, scores):
    losses, scores = (np.asarray(losses, dtype=float), np.asarray(scores, dtype=float))
    check_vectors(losses=losses, scores=scores)
    check_no_nan(losses=losses, scores=scores)
    return (losses, scores)

def reject_model(y_true, y_pred, min_precision, min_recall):
    y_true = np.asarray(y_true, dtype=float)
    y_pred = np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    check_binary_labels(y_true=y_true, y_pred=y_pred)
    check_range('in [0, 1]', min_precision=min_precision, min_recall=min_recall)
    found = np.sum(y_true * y_pred)
    precision = found / max(np.sum(y_pred), 1.0)
    recall = found / max(np.sum(y_true), 1.0)
    return bool(precision < min_precision or recall < min_recall)

def precision_at_base_rate(tpr, fpr, base_rate):
    check_range('in [0, 1]', tpr=tpr, fpr=fpr, base_rate=base_rate)
    found = base_rate * tpr
    called_vacant = found + (1 - base_rate) * fpr
    return float(found / called_vacant) if called_vacant > 0 else 0.0

def adjust_to_base_rate(p, old_rate, new_rate):
    p = np.asarray(p, dtype=float)
    check_range('in [0, 1]', p=p)
    check_range('in (0, 1)', old_rate=old_rate, new_rate=new_rate)
    vacant = p * (new_rate / old_rate)
    occupied = (1 - p) * ((1 - new_rate) / (1 - old_rate))
    return vacant / (vacant + occupied)

def expected_business_cost(tpr, fpr, base_rate, cost_fp, cost_fn):
    check_range('in [0, 1]', tpr=tpr, fpr=fpr, base_rate=base_rate)
    check_range('>= 0', cost_fp=cost_fp, cost_fn=cost_fn)
    missed = base_rate * (1 - tpr)
    false_alarms = (1 - base_rate) * fpr
    return float(missed * cost_fn + false_alarms * cost_fp)

def select_model(y_true, scores, threshold, min_precision, min_recall, cost_fp, cost_fn):
    y_true, decisions = _decisions_select_model(y_true, scores, threshold, cost_fp, cost_fn)

    def loss(name):
        p = np.clip(np.asarray(scores[name], dtype=float), 1e-12, 1 - 1e-12)
        return -np.mean(np.log(np.where(y_true == 1, p, 1 - p)))
    left = _left_select_model(y_true, decisions, min_precision, min_recall)
    return min(left, key=loss) if left else None

def _decisions_select_model(y_true, scores, threshold, cost_fp, cost_fn):
    if not scores:
        raise ValueError('scores is empty')
    check_range('>= 0', cost_fp=cost_fp, cost_fn=cost_fn)
    y_true = np.asarray(y_true, dtype=float)
    decisions = {}
    for name, values in scores.items():
        values = np.asarray(values, dtype=float)
        check_vectors(y_true=y_true, scores=values)
        check_no_nan(scores=values)
        decisions[name] = (values >= threshold).astype(float)
    return (y_true, decisions)

def _left_select_model(y_true, decisions, min_precision, min_recall):
    return [name for name, y_pred in decisions.items() if not reject_model(y_true, y_pred, min_precision, min_recall)]

def _cost_select_model(y_true, y_pred, cost_fp, cost_fn):
    return (cost_fp * np.sum((1 - y_true) * y_pred) + cost_fn * np.sum(y_true * (1 - y_pred))) / len(y_true)
