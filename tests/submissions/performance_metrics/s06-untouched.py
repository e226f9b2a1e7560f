"""Performance metrics.

A loss tells gradient descent where to go; a performance metric tells people how good the decisions
of a trained model are. Metrics are simple combinations of counts: how many vacant spaces were
found, how many cars were overlooked. You count the right and wrong decisions in a confusion
matrix, combine the counts into rates, draw the curves that show all thresholds at once, and put a
price on each kind of error.

Conventions of the course
- Label 1 is the positive class, a vacant space; label 0 is an occupied one. Labels may come as
  integers, bools, or the floats 0.0 and 1.0, in arrays or lists.
- A score is the larger, the more likely the space is vacant: a probability, or a logit of any
  size. A score that equals the threshold counts as vacant. Scores may be of any number type;
  begin with `np.asarray(scores, dtype=float)`.
- TP, FP, FN and TN count the true positives (vacant, called vacant), false positives (occupied,
  called vacant), false negatives (vacant, called occupied) and true negatives.
- Return the result and do nothing else: no printing, no warnings, and the caller's arrays stay as
  they were.
- `given.checks` raises the errors that the docstrings ask for. Errors named "shape", "empty" or
  "label" are `ValueError`s whose message holds that word.
"""

import numpy as np
from given.checks import (
    check_binary_labels,
    check_both_labels,
    check_class_labels,
    check_no_nan,
    check_not_empty,
    check_range,
    check_vectors,
)
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def apply_threshold(scores: ArrayLike, threshold: float = 0.5) -> Ints:
    """Return the decision for each score: 1 (vacant) where it reaches the threshold, else 0.

    Formula: y_pred[i] = 1 if scores[i] >= threshold, else 0.

    scores: of any shape; probabilities, or logits (then 0 is the threshold that belongs to a
       probability of one half).
    threshold: any number; inf and -inf too. Nothing but a score of inf reaches inf, and every
       score reaches -inf.
    Returns an array of 0 and 1 of the same shape, of type int64 (for one number: an integer).

    Scores and threshold are compared as they are: nothing is rounded, and a score that is smaller
    by 1e-12 is smaller.
    ValueError ("NaN"): a score or the threshold is NaN, for NaN lies on no side.

    >>> apply_threshold([0.2, 0.7, 0.5]), apply_threshold([0.2, 0.7, 0.5], threshold=0.6)
    (array([0, 1, 1]), array([0, 1, 0]))
    """
    raise NotImplementedError


def confusion_matrix(y_true: ArrayLike, y_pred: ArrayLike, n_classes: int = 2) -> Ints:
    """Count how often each true class was predicted as each class.

    Formula: C[i, j] = the number of examples of true class i (row) that were predicted as class j
    (column). For the labels 0 and 1 that is [[TN, FP], [FN, TP]].

    y_true, y_pred: the true and the predicted classes, whole numbers from 0 to n_classes - 1, both
       of shape (n,).
    n_classes: k, the number of classes. A class that never occurs keeps its row and column of
       zeros.
    Returns an array of counts of shape (k, k), of type int64. All counts together are n.

    ValueError ("shape"): the shapes differ, or are not (n,); (n,) against (n, 1) is such a case.
    ValueError ("empty"): there are no examples.
    ValueError ("label"): a label is not one of 0 to n_classes - 1: too large, negative, 0.5, NaN.

    >>> confusion_matrix([0, 0, 1, 1, 1, 0], [0, 1, 1, 0, 1, 0])
    array([[2, 1],
           [1, 2]])
    """
    raise NotImplementedError


def accuracy_score(y_true: ArrayLike, y_pred: ArrayLike) -> float:
    """Return the share of right decisions among all decisions.

    Formula: (TN + TP) / n.

    y_true, y_pred: true and predicted labels, 0 or 1, both of shape (n,).
    Returns a float from 0 to 1. Every space counts the same, so where most spaces are occupied the
    occupied ones decide: compare it with `majority_baseline_accuracy`.

    You may call `confusion_matrix`; a mistake there then costs you nothing here.

    ValueError ("shape"): the shapes differ, or are not (n,). ValueError ("empty"): no examples.
    ValueError ("label"): a label, true or predicted, is not 0 or 1.

    >>> accuracy_score([0, 0, 1, 1, 1, 0, 0, 0], [0, 1, 1, 0, 1, 0, 0, 0])
    0.75
    """
    raise NotImplementedError


def precision_score(y_true: ArrayLike, y_pred: ArrayLike, zero_division: float = 0.0) -> float:
    """Return the share of vacant spaces among those that the model called vacant.

    Formula: TP / (TP + FP).

    y_true, y_pred: true and predicted labels, 0 or 1, both of shape (n,).
    zero_division: what to return, as a float, if the model called no space vacant, when the
       formula is 0 / 0; any number, NaN too.
    Returns a float from 0 to 1 (or `zero_division`), exactly the formula: nothing is added to the
    denominator. No warning arises.

    You may call `confusion_matrix`; a mistake there then costs you nothing here.

    ValueError ("shape"): the shapes differ, or are not (n,). ValueError ("empty"): no examples.
    ValueError ("label"): a label, true or predicted, is not 0 or 1.

    >>> precision_score([0, 0, 1, 1, 1, 0, 0, 0], [1, 1, 1, 0, 0, 0, 1, 0])
    0.25
    >>> precision_score([0, 1], [0, 0]), precision_score([0, 1], [0, 0], zero_division=1.0)
    (0.0, 1.0)
    """
    raise NotImplementedError


def recall_score(y_true: ArrayLike, y_pred: ArrayLike, zero_division: float = 0.0) -> float:
    """Return the share of the vacant spaces that the model found: the true positive rate.

    Formula: TP / (TP + FN).

    y_true, y_pred: true and predicted labels, 0 or 1, both of shape (n,).
    zero_division: what to return, as a float, if no space is vacant, when the formula is 0 / 0;
       any number, NaN too.
    Returns a float from 0 to 1 (or `zero_division`), exactly the formula. No warning arises.

    You may call `confusion_matrix`; a mistake there then costs you nothing here.

    ValueError ("shape"): the shapes differ, or are not (n,). ValueError ("empty"): no examples.
    ValueError ("label"): a label, true or predicted, is not 0 or 1.

    >>> recall_score([0, 0, 1, 1, 1, 1, 0, 0], [1, 1, 1, 0, 1, 1, 0, 0])
    0.75
    >>> recall_score([0, 0], [0, 1]), recall_score([0, 0], [0, 1], zero_division=1.0)
    (0.0, 1.0)
    """
    raise NotImplementedError


def fbeta_score(
    y_true: ArrayLike, y_pred: ArrayLike, beta: float = 1.0, zero_division: float = 0.0
) -> float:
    """Return the F-beta score, one number for precision P and recall R; beta = 1 is F1.

    Formula: (1 + beta^2) TP / ((1 + beta^2) TP + beta^2 FN + FP), which is the harmonic mean of
    P and R in which R has the weight beta^2 and P the weight 1.

    y_true, y_pred: true and predicted labels, 0 or 1, both of shape (n,).
    beta: larger than 0. Above 1 it favours recall, below 1 precision.
    zero_division: what to return, as a float, if the denominator of the formula is 0, that is, if
       no space is vacant and none was called vacant; any number, NaN too.
    Returns a float from 0 to 1 (or `zero_division`). If not a single vacant space was found, but
    there was one or the model called one vacant, the score is 0, whatever `zero_division` is. No
    warning arises.

    You may call `confusion_matrix`, `precision_score` and `recall_score`; a mistake there then
    costs you nothing here.

    ValueError ("shape"): the shapes differ, or are not (n,). ValueError ("empty"): no examples.
    ValueError ("label"): a label, true or predicted, is not 0 or 1.
    ValueError ("beta"): beta is 0 or negative.

    >>> y_true, y_pred = [0, 0, 1, 1, 1, 0, 0, 0], [1, 1, 1, 0, 0, 0, 1, 0]
    >>> round(fbeta_score(y_true, y_pred), 10), round(fbeta_score(y_true, y_pred, beta=2.0), 10)
    (0.2857142857, 0.3125)
    """
    raise NotImplementedError


def false_positive_rate(y_true: ArrayLike, y_pred: ArrayLike, zero_division: float = 0.0) -> float:
    """Return the share of the occupied spaces that the model called vacant: its false alarms.

    Formula: FP / (FP + TN).

    y_true, y_pred: true and predicted labels, 0 or 1, both of shape (n,).
    zero_division: what to return, as a float, if no space is occupied, when the formula is 0 / 0;
       any number, NaN too.
    Returns a float from 0 to 1 (or `zero_division`); small is good. No warning arises.

    You may call `confusion_matrix`; a mistake there then costs you nothing here.

    ValueError ("shape"): the shapes differ, or are not (n,). ValueError ("empty"): no examples.
    ValueError ("label"): a label, true or predicted, is not 0 or 1.

    >>> false_positive_rate([0, 0, 1, 1, 1, 0, 0], [1, 0, 1, 0, 0, 0, 0])
    0.25
    """
    raise NotImplementedError


def majority_baseline_accuracy(y_true: ArrayLike) -> float:
    """Return the accuracy of the best model that does not look: it gives all spaces one label.

    Formula: max(r, 1 - r), where r is the share of label 1 in y_true. If most spaces are occupied
    that model says "occupied" everywhere, if most are vacant it says "vacant".

    y_true: true labels, 0 or 1, shape (n,).
    Returns a float from 0.5 to 1.

    ValueError ("shape"): y_true is not (n,). ValueError ("empty"): no examples.
    ValueError ("label"): a label is not 0 or 1.

    >>> majority_baseline_accuracy([0, 0, 1, 0]), majority_baseline_accuracy([1, 1, 1, 1])
    (0.75, 1.0)
    """
    raise NotImplementedError


def roc_curve(y_true: ArrayLike, scores: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Return the ROC curve: false positive rate and true positive rate at every threshold.

    Formula: thresholds = [inf, then the distinct scores from the largest to the smallest]; point i
    has the two rates of the decisions scores >= thresholds[i]:
    fpr[i] = FP / (FP + TN) and tpr[i] = TP / (TP + FN).

    y_true: true labels, 0 or 1, shape (n,); both must occur. scores: shape (n,).
    Returns a tuple (fpr, tpr, thresholds) of three arrays of the same length: the number of
    distinct scores + 1. The curve starts at (0, 0), where nothing is called vacant, and ends at
    (1, 1), where everything is. Equal scores make one point, however different their labels, and
    no point is left out, not even on a straight line. The thresholds are copied from the scores
    as they are.

    Be quick: 20,000 spaces with different scores must not take more than a second. Sort once and
    count from there, instead of going through all spaces for every threshold.

    ValueError ("shape"): the shapes differ, or are not (n,). ValueError ("empty"): no examples.
    ValueError ("label"): a label is not 0 or 1, or only one of the two occurs.
    ValueError ("NaN"): a score is NaN.

    >>> fpr, tpr, thresholds = roc_curve([0, 1, 1, 0, 1], [0.25, 0.75, 0.5, 0.5, 1.0])
    >>> fpr, thresholds
    (array([0. , 0. , 0. , 0.5, 1. ]), array([ inf, 1.  , 0.75, 0.5 , 0.25]))
    >>> tpr.round(4)
    array([0.    , 0.3333, 0.6667, 1.    , 1.    ])
    """
    raise NotImplementedError


def roc_auc_score(y_true: ArrayLike, scores: ArrayLike) -> float:
    """Return the area under the ROC curve.

    Formula, two ways to the same number: the area under `roc_curve` with straight lines between
    its points (trapezoids); or the probability that a vacant space, drawn at random, has a larger
    score than an occupied one, where equal scores count one half.

    y_true: true labels, 0 or 1, shape (n,); both must occur. scores: shape (n,).
    Returns a float: 1 if all vacant spaces score higher than all occupied ones, 0.5 if all scores
    are the same, 0 if the order is upside down. It judges the order of the scores, no decision:
    there is no threshold, and how many spaces are vacant does not matter.

    You may call `roc_curve`; a mistake there then costs you nothing here.

    ValueError ("shape"): the shapes differ, or are not (n,). ValueError ("empty"): no examples.
    ValueError ("label"): a label is not 0 or 1, or only one of the two occurs.
    ValueError ("NaN"): a score is NaN.

    >>> roc_auc_score([0, 1, 0, 1], [0.25, 0.75, 0.5, 0.5]), roc_auc_score([0, 1, 0], [2, 2, 2])
    (0.875, 0.5)
    """
    raise NotImplementedError


def precision_recall_curve(y_true: ArrayLike, scores: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Return precision and recall at every threshold.

    Formula: thresholds = the distinct scores from the smallest to the largest; precision[i] and
    recall[i] are those of the decisions scores >= thresholds[i]. Behind the last threshold one
    more point is added by convention: precision 1, recall 0.

    y_true: true labels, 0 or 1, shape (n,), at least one of them 1. scores: shape (n,).
    Returns a tuple (precision, recall, thresholds) of arrays; the first two are one longer than
    the third. The first point is the model that calls everything vacant: its precision is the
    share of vacant spaces, its recall 1. Recall never rises along the curve; precision goes up and
    down. Equal scores make one point, and no point is left out. The thresholds are copied from the
    scores as they are.

    ValueError ("shape"): the shapes differ, or are not (n,). ValueError ("empty"): no examples.
    ValueError ("label"): a label is not 0 or 1, or none is 1.
    ValueError ("NaN"): a score is NaN.

    >>> precision, recall, thresholds = precision_recall_curve([0, 1, 0, 1], [0.2, 0.4, 0.6, 0.8])
    >>> precision.round(4), thresholds
    (array([0.5   , 0.6667, 0.5   , 1.    , 1.    ]), array([0.2, 0.4, 0.6, 0.8]))
    >>> recall
    array([1. , 1. , 0.5, 0.5, 0. ])
    """
    raise NotImplementedError


def average_precision_score(y_true: ArrayLike, scores: ArrayLike) -> float:
    """Return the average precision: the precisions of the curve, each weighted by the recall won.

    Formula: the sum over i of (recall[i] - recall[i + 1]) precision[i], with the arrays that
    `precision_recall_curve` returns. It is a sum of rectangles: nothing is interpolated between
    the points.

    y_true: true labels, 0 or 1, shape (n,), at least one of them 1. scores: shape (n,).
    Returns a float above 0, at most 1. Scores that are all the same give the share of vacant
    spaces; unlike the area under the ROC curve it depends on that share.

    You may call `precision_recall_curve`; a mistake there then costs you nothing here.

    ValueError ("shape"): the shapes differ, or are not (n,). ValueError ("empty"): no examples.
    ValueError ("label"): a label is not 0 or 1, or none is 1.
    ValueError ("NaN"): a score is NaN.

    >>> average_precision_score([0, 1, 0, 1], [0.2, 0.4, 0.6, 0.8])
    0.8333333333333333
    """
    raise NotImplementedError


def business_cost(y_true: ArrayLike, y_pred: ArrayLike, cost_fp: float, cost_fn: float) -> float:
    """Return what the wrong decisions of a model cost, per parking space.

    Formula: (cost_fp FP + cost_fn FN) / n. Right decisions cost nothing and earn nothing.

    y_true, y_pred: true and predicted labels, 0 or 1, both of shape (n,).
    cost_fp: what one occupied space costs that was called vacant (a driver is sent there in vain).
    cost_fn: what one vacant space costs that was called occupied (it stays empty).
    Returns a float in units of money. It does not change if all examples are given twice.

    You may call `confusion_matrix`; a mistake there then costs you nothing here.

    ValueError ("shape"): the shapes differ, or are not (n,). ValueError ("empty"): no examples.
    ValueError ("label"): a label, true or predicted, is not 0 or 1.
    ValueError ("cost_fp" or "cost_fn"): that cost is negative; 0 is fine.

    >>> business_cost([0, 0, 0, 1], [1, 0, 1, 0], cost_fp=1, cost_fn=5)
    1.75
    """
    raise NotImplementedError


def best_threshold(
    y_true: ArrayLike, scores: ArrayLike, cost_fp: float, cost_fn: float
) -> tuple[float, float]:
    """Return the threshold at which the decisions cost least, and what they cost there.

    Formula: among inf and the distinct scores, the threshold t with the smallest
    `business_cost(y_true, apply_threshold(scores, t), cost_fp, cost_fn)`; of equally cheap ones
    the highest, which calls the fewest spaces vacant.

    y_true: true labels, 0 or 1, shape (n,); one of the two may be missing. scores: shape (n,).
    cost_fp, cost_fn: what a false positive and a false negative cost, as in `business_cost`.
    Returns a tuple of two floats (threshold, cost): inf, or one of the scores as it is, and the
    cost per space.

    You may call `apply_threshold` and `business_cost`; a mistake there then costs you nothing
    here.

    ValueError ("shape"): the shapes differ, or are not (n,). ValueError ("empty"): no examples.
    ValueError ("label"): a label is not 0 or 1. ValueError ("NaN"): a score is NaN.
    ValueError ("cost_fp" or "cost_fn"): that cost is negative; 0 is fine.

    >>> best_threshold([0, 1, 0, 1], [0.2, 0.4, 0.6, 0.8], cost_fp=1, cost_fn=5)
    (0.4, 0.25)
    """
    raise NotImplementedError
