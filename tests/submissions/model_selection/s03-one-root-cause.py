"""reject_model and rank_models are used below."""
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
    y = np.asarray(y)
    check_not_empty(y=y)
    check_range('in (0, 1)', val_fraction=val_fraction)
    chosen = np.zeros(len(y), dtype=bool)
    for label in np.unique(y):
        members = np.flatnonzero(y == label)
        count = int(val_fraction * len(members) + 0.5)
        chosen[rng.permutation(members)[:count]] = True
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
    current = tuple((np.array(p, dtype=float)[()] for p in params))
    best, best_epoch = (current, 0)
    train_loss, val_loss = (np.empty(n_epochs + 1), np.empty(n_epochs + 1))
    for epoch in range(n_epochs + 1):
        if epoch > 0:
            grads = grad_fn(current, *train)
            current = tuple((p - learning_rate * g for p, g in zip(current, grads, strict=True)))
        train_loss[epoch] = loss_fn(current, *train)
        val_loss[epoch] = loss_fn(current, *val)
        first_number = np.isnan(val_loss[best_epoch]) and (not np.isnan(val_loss[epoch]))
        if val_loss[epoch] < val_loss[best_epoch] or first_number:
            best, best_epoch = (current, epoch)
    return (best, {'train_loss': train_loss, 'val_loss': val_loss, 'best_epoch': best_epoch})

def early_stopping(val_losses, patience, min_delta=0.0):
    losses = _checked_early_stopping(val_losses, patience, min_delta)
    best = 0
    for epoch in range(1, len(losses)):
        if losses[epoch] <= losses[best] - min_delta or np.isnan(losses[best]):
            best = epoch
        elif epoch - best >= patience:
            return (best, epoch)
    return (best, len(losses) - 1)

def _checked_early_stopping(val_losses, patience, min_delta):
    losses = np.asarray(val_losses, dtype=float)
    check_not_empty(val_losses=losses)
    check_range('>= 1', patience=patience)
    check_range('>= 0', min_delta=min_delta)
    return losses

def _go_early_stopping(losses, patience, min_delta):
    best = 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best] - min_delta or np.isnan(losses[best]):
            best = epoch
        elif epoch - best >= patience:
            return (best, epoch)
    return (best, len(losses) - 1)

def generalization_gap(train_losses, val_losses):
    train_losses = np.asarray(train_losses, dtype=float)
    val_losses = np.asarray(val_losses, dtype=float)
    check_vectors(train_losses=train_losses, val_losses=val_losses)
    check_not_empty(train_losses=train_losses)
    return val_losses - train_losses

def rank_models(values, higher_is_better):
    order = np.argsort(_checked_rank_models(values), kind='stable')
    return order[::-1].copy() if higher_is_better else order

def _checked_rank_models(values):
    values = np.asarray(values, dtype=float)
    check_not_empty(values=values)
    return values

def grid_search(fit, score, grid, higher_is_better=True):
    combinations = [dict(zip(grid, values, strict=True)) for values in itertools.product(*grid.values())]
    if not grid or not combinations:
        raise ValueError('grid is empty: there is nothing to try')
    trials = [(combination, score(fit(**combination))) for combination in combinations]
    first = rank_models([value for _, value in trials], higher_is_better)[0]
    best, best_score = trials[first]
    if np.isnan(best_score):
        raise ValueError('scores are all NaN')
    return (best, best_score, trials)

def disagreeing_pairs(losses, scores):
    losses = np.asarray(losses, dtype=float)
    scores = np.asarray(scores, dtype=float)
    check_vectors(losses=losses, scores=scores)
    check_no_nan(losses=losses, scores=scores)
    smaller_loss = losses[:, np.newaxis] < losses
    worse_score = scores[:, np.newaxis] < scores
    return np.argwhere(smaller_loss & worse_score)

def reject_model(y_true, y_pred, min_precision, min_recall):
    precision, recall = _metrics_reject_model(y_true, y_pred, min_precision, min_recall)
    return bool(precision < min_precision and recall < min_recall)

def _metrics_reject_model(y_true, y_pred, min_precision, min_recall, without=0.0):
    y_true, y_pred = (np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float))
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    check_binary_labels(y_true=y_true, y_pred=y_pred)
    check_range('in [0, 1]', min_precision=min_precision, min_recall=min_recall)
    found, called, vacant = (np.sum(y_true * y_pred), np.sum(y_pred), np.sum(y_true))
    return (found / called if called else without, found / vacant if vacant else 0.0)

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
    if not scores:
        raise ValueError('scores is empty: there are no models')
    check_range('>= 0', cost_fp=cost_fp, cost_fn=cost_fn)
    y_true = np.asarray(y_true, dtype=float)
    chosen, lowest = (None, np.inf)
    for name, of_model in scores.items():
        values = np.asarray(of_model, dtype=float)
        check_no_nan(scores=values)
        called = values >= threshold
        if reject_model(y_true, called, min_precision, min_recall):
            continue
        cost = cost_fp * np.sum(y_true[called] == 0) + cost_fn * np.sum(y_true[~called] == 1)
        if cost < lowest:
            chosen, lowest = (name, cost)
    return chosen
