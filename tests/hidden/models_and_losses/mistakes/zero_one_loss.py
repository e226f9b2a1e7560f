"""Wrong implementations of zero_one_loss."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="How often, or how large a share? Its values are whole numbers.",
    relation="right / n, a float",
)
def returns_a_fraction(y_true, y_pred):
    """The student returns the error rate."""
    y_true, y_pred = _vectors(y_true, y_pred)
    return float(np.mean(y_true != y_pred))


@mistake(
    "M2",
    hint="What should a perfect model get?",
    relation="n - right",
)
def counts_the_correct_ones(y_true, y_pred):
    """The student counts the hits."""
    y_true, y_pred = _vectors(y_true, y_pred)
    return int(np.sum(y_true == y_pred))


@mistake(
    "M3",
    hint="Are your inputs decisions or probabilities?",
    relation="n: a score never equals a label",
)
def compares_scores(y_true, y_pred):
    """The student makes probabilities of the predictions and compares those with the labels."""
    y_true, y_pred = _vectors(y_true, y_pred)
    return int(np.sum(y_true != sigmoid(y_pred)))


@mistake(
    "M4",
    hint="Who decides the label?",
    relation="labels above 1 are taken for 1",
)
def thresholds_inside(y_true, y_pred):
    """The student turns predictions into 0 and 1 although they are labels already."""
    y_true, y_pred = _vectors(y_true, y_pred)
    return int(np.sum(y_true != (y_pred >= 0.5)))


def _vectors(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    return y_true, y_pred
