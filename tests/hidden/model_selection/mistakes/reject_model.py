"""Wrong implementations of reject_model."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Both limits are demands. When is the model acceptable?",
    relation="False where one limit is kept",
)
def rejects_only_if_both_fail(y_true, y_pred, min_precision, min_recall):
    """The student writes `and` where `or` is meant."""
    precision, recall = _metrics(y_true, y_pred, min_precision, min_recall)
    return bool(precision < min_precision and recall < min_recall)


@mistake(
    "M2",
    hint='Which number of "always occupied" is bad?',
    relation="accuracy in place of precision and recall",
)
def looks_at_accuracy(y_true, y_pred, min_precision, min_recall):
    """The student demands that enough decisions are right."""
    _metrics(y_true, y_pred, min_precision, min_recall)
    accuracy = np.mean(np.asarray(y_true, dtype=float) == np.asarray(y_pred, dtype=float))
    return bool(accuracy < min(min_precision, min_recall))


@mistake(
    "M3",
    hint="It called nothing vacant: has it shown any precision?",
    relation="False where nothing was called vacant and no recall is demanded",
)
def nothing_called_is_precise(y_true, y_pred, min_precision, min_recall):
    """The student lets 0/0 be 1: no false alarm, no fault."""
    precision, recall = _metrics(y_true, y_pred, min_precision, min_recall, without=1.0)
    return bool(precision < min_precision or recall < min_recall)


@mistake(
    "M4",
    hint="Limit 0 demands nothing.",
    relation="True where a metric is exactly at its limit",
)
def rejects_at_the_limit(y_true, y_pred, min_precision, min_recall):
    """The student writes <= where < is meant."""
    precision, recall = _metrics(y_true, y_pred, min_precision, min_recall)
    return bool(precision <= min_precision or recall <= min_recall)


def _metrics(y_true, y_pred, min_precision, min_recall, without=0.0):
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    check_binary_labels(y_true=y_true, y_pred=y_pred)
    check_range("in [0, 1]", min_precision=min_precision, min_recall=min_recall)
    found, called, vacant = np.sum(y_true * y_pred), np.sum(y_pred), np.sum(y_true)
    return found / called if called else without, found / vacant if vacant else 0.0
