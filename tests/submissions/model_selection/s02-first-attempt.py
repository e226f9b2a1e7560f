# model selection - first attempt, did not have time to read the edge cases
import itertools
import numpy as np


def stratified_split(y, val_fraction, rng):
    y = np.array(y)
    if len(y) == 0:
        raise ValueError("y is empty")
    if not 0 < val_fraction < 1:
        raise ValueError("val_fraction must be between 0 and 1")
    train, val = [], []
    for c in np.unique(y):
        idx = np.where(y == c)[0]
        rng.shuffle(idx)
        k = round(val_fraction * len(idx))
        val.extend(idx[:k])
        train.extend(idx[k:])
    return np.array(sorted(train), dtype=int), np.array(sorted(val), dtype=int)


def weighted_binary_cross_entropy(y_true, z, pos_weight):
    y, z = np.array(y_true, dtype=float), np.array(z, dtype=float)
    if y.shape != z.shape or y.ndim != 1:
        raise ValueError("shape")
    if len(y) == 0:
        raise ValueError("empty")
    if pos_weight <= 0:
        raise ValueError("pos_weight must be positive")
    if not np.isin(y, [0, 1]).all():
        raise ValueError("labels must be 0 or 1")
    p = 1 / (1 + np.exp(-z))
    return float(-np.mean(pos_weight * y * np.log(p) + (1 - y) * np.log(1 - p)))


def train_with_validation(loss_fn, grad_fn, params, train, val, learning_rate, n_epochs):
    if n_epochs < 0:
        raise ValueError("n_epochs < 0")
    params = tuple(np.array(p, dtype=float) for p in params)
    train_loss = [loss_fn(params, *train)]
    val_loss = [loss_fn(params, *val)]
    for _ in range(n_epochs):
        grads = grad_fn(params, *train)
        params = tuple(p - learning_rate * g for p, g in zip(params, grads))
        train_loss.append(loss_fn(params, *train))
        val_loss.append(loss_fn(params, *val))
    best = int(np.argmin(val_loss))
    # the last parameters are the best trained ones
    return params, {
        "train_loss": np.array(train_loss),
        "val_loss": np.array(val_loss),
        "best_epoch": best,
    }


def early_stopping(val_losses, patience, min_delta=0.0):
    if len(val_losses) == 0:
        raise ValueError("empty")
    if patience < 1:
        raise ValueError("patience")
    if min_delta < 0:
        raise ValueError("min_delta")
    best, bad = 0, 0
    for e in range(1, len(val_losses)):
        if val_losses[e] < val_losses[e - 1] - min_delta:
            best, bad = e, 0
        else:
            bad += 1
        if bad >= patience:
            return best, e
    return best, len(val_losses) - 1


def generalization_gap(train_losses, val_losses):
    t, v = np.array(train_losses, dtype=float), np.array(val_losses, dtype=float)
    if t.shape != v.shape:
        raise ValueError("shape")
    if t.size == 0:
        raise ValueError("empty")
    return np.abs(v - t)


def rank_models(values, higher_is_better):
    values = np.array(values, dtype=float)
    if len(values) == 0:
        raise ValueError("empty")
    order = np.argsort(values)
    return order[::-1] if higher_is_better else order


def grid_search(fit, score, grid, higher_is_better=True):
    if not grid or any(len(v) == 0 for v in grid.values()):
        raise ValueError("empty grid")
    trials = []
    best, best_score = None, None
    for values in itertools.product(*grid.values()):
        c = dict(zip(grid, values))
        s = score(fit(**c))
        trials.append((c, s))
        if best is None or (s > best_score if higher_is_better else s < best_score):
            best, best_score = c, s
    return best, best_score, trials


def disagreeing_pairs(losses, scores):
    pairs = []
    for i in range(len(losses)):
        for j in range(i + 1, len(losses)):
            if (losses[i] - losses[j]) * (scores[i] - scores[j]) > 0:
                pairs.append((i, j))
    return np.array(pairs)


def reject_model(y_true, y_pred, min_precision, min_recall):
    y, p = np.array(y_true), np.array(y_pred)
    tp = np.sum((y == 1) & (p == 1))
    precision = tp / np.sum(p == 1)
    recall = tp / np.sum(y == 1)
    return bool(precision < min_precision and recall < min_recall)


def precision_at_base_rate(tpr, fpr, base_rate):
    return base_rate * tpr / (base_rate * tpr + (1 - base_rate) * fpr)


def adjust_to_base_rate(p, old_rate, new_rate):
    p = np.array(p, dtype=float)
    return np.clip(p * new_rate / old_rate, 0, 1)


def expected_business_cost(tpr, fpr, base_rate, cost_fp, cost_fn):
    return base_rate * (1 - tpr) * cost_fn + (1 - base_rate) * fpr * cost_fp


def select_model(y_true, scores, threshold, min_precision, min_recall, cost_fp, cost_fn):
    y = np.array(y_true)
    costs = {}
    for name, s in scores.items():
        p = np.array(s) >= threshold
        costs[name] = cost_fp * np.sum(p & (y == 0)) + cost_fn * np.sum(~p & (y == 1))
    best = min(costs, key=costs.get)
    if reject_model(y, np.array(scores[best]) >= threshold, min_precision, min_recall):
        return None
    return best
