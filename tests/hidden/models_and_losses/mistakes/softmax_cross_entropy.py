"""Wrong implementations of softmax_cross_entropy."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Are these logits or probabilities?",
    relation="the loss of softmax(Z) taken as logits",
)
def applies_the_softmax_twice(y_true, Z):
    """The student makes probabilities of the logits and treats them as logits."""
    y_true, Z = _arrays(y_true, Z)
    return float(-np.mean(_log_softmax(softmax(Z))[np.arange(len(Z)), y_true]))


@mistake(
    "M2",
    hint="Print the shape of what you pick out.",
    relation="the mean over all pairs of an example and a label",
)
def picks_all_pairs(y_true, Z):
    """The student picks P[:, y] instead of one entry per row."""
    y_true, Z = _arrays(y_true, Z)
    return float(-np.mean(_log_softmax(Z)[:, y_true]))


@mistake(
    "M3",
    hint="How many numbers do you average?",
    relation="right / k",
)
def averages_over_the_classes_too(y_true, Z):
    """The student averages the one-hot product over all n k entries."""
    y_true, Z = _arrays(y_true, Z)
    one_hot = np.eye(Z.shape[1])[y_true]
    return float(-np.mean(one_hot * _log_softmax(Z)))


@mistake(
    "M4",
    hint="Duplicate all examples: should a mean change?",
    relation="n times right",
)
def takes_the_sum(y_true, Z):
    """The student adds up instead of averaging."""
    y_true, Z = _arrays(y_true, Z)
    return float(-np.sum(_log_softmax(Z)[np.arange(len(Z)), y_true]))


@mistake(
    "M5",
    hint="Which base makes two equal logits cost 0.693?",
    relation="1.4427 times right",
)
def takes_log2(y_true, Z):
    """The student measures in bits."""
    y_true, Z = _arrays(y_true, Z)
    return float(-np.mean(_log_softmax(Z)[np.arange(len(Z)), y_true]) / np.log(2))


@mistake(
    "M6",
    hint="What does index -1 mean in numpy?",
    relation="right for valid labels; -1 picks the last class instead of being an error",
)
def accepts_negative_labels(y_true, Z):
    """The student checks the upper end only."""
    y_true, Z = np.asarray(y_true), np.asarray(Z, dtype=float)
    check_shape(("n", "k"), Z=Z)
    check_shape((len(Z),), y_true=y_true)
    check_not_empty(y_true=y_true)
    if np.any(y_true >= Z.shape[1]):
        raise ValueError(f"label {y_true.max()} is too large")
    return float(-np.mean(_log_softmax(Z)[np.arange(len(Z)), y_true.astype(int)]))


def _arrays(y_true, Z):
    y_true, Z = np.asarray(y_true), np.asarray(Z, dtype=float)
    check_shape(("n", "k"), Z=Z)
    check_shape((len(Z),), y_true=y_true)
    check_not_empty(y_true=y_true)
    check_class_labels(Z.shape[1], y_true=y_true)
    return y_true.astype(int), Z


def _log_softmax(Z):
    shifted = Z - Z.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
