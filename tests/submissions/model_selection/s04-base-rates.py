"""Everything about the share of vacant spaces."""
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
    y = _labels_stratified_split(y, val_fraction)
    each = int(np.floor(val_fraction * len(y) / len(np.unique(y)) + 0.5))
    return _split_stratified_split(y, lambda m: min(each, m), rng)

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
    y_true, z = _checked_weighted_binary_cross_entropy(y_true, z, pos_weight)
    return float(np.average(_losses_weighted_binary_cross_entropy(y_true, z), weights=np.where(y_true == 1, pos_weight, 1.0)))

def _checked_weighted_binary_cross_entropy(y_true, z, pos_weight):
    y_true, z = (np.asarray(y_true, dtype=float), np.asarray(z, dtype=float))
    check_vectors(y_true=y_true, z=z)
    check_not_empty(y_true=y_true)
    check_binary_labels(y_true=y_true)
    check_range('> 0', pos_weight=pos_weight)
    return (y_true, z)

def _losses_weighted_binary_cross_entropy(y_true, z):
    return np.logaddexp(0.0, (1 - 2 * y_true) * z)

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
    train_losses = np.asarray(train_losses, dtype=float)
    val_losses = np.asarray(val_losses, dtype=float)
    check_vectors(train_losses=train_losses, val_losses=val_losses)
    check_not_empty(train_losses=train_losses)
    return val_losses - train_losses

def rank_models(values, higher_is_better):
    values = np.asarray(values, dtype=float)
    check_not_empty(values=values)
    return np.argsort(-values if higher_is_better else values, kind='stable')

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
    return _precision_precision_at_base_rate(tpr, fpr, base_rate, 1 - base_rate)

def _precision_precision_at_base_rate(tpr, fpr, base_rate, share):
    check_range('in [0, 1]', tpr=tpr, fpr=fpr, base_rate=base_rate)
    found, false_alarms = (share * tpr, (1 - share) * fpr)
    return float(found / (found + false_alarms)) if found + false_alarms > 0 else 0.0

def adjust_to_base_rate(p, old_rate, new_rate):
    p = _checked_adjust_to_base_rate(p, old_rate, new_rate)
    return p * new_rate / (p * new_rate + (1 - p) * (1 - new_rate))

def _checked_adjust_to_base_rate(p, old_rate, new_rate):
    p = np.asarray(p, dtype=float)
    check_range('in [0, 1]', p=p)
    check_range('in (0, 1)', old_rate=old_rate, new_rate=new_rate)
    return p

def expected_business_cost(tpr, fpr, base_rate, cost_fp, cost_fn):
    _check_expected_business_cost(tpr, fpr, base_rate, cost_fp, cost_fn)
    return float((1 - tpr) * cost_fn + fpr * cost_fp)

def _check_expected_business_cost(tpr, fpr, base_rate, cost_fp, cost_fn):
    check_range('in [0, 1]', tpr=tpr, fpr=fpr, base_rate=base_rate)
    check_range('>= 0', cost_fp=cost_fp, cost_fn=cost_fn)

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
