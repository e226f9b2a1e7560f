"""Wrong implementations of bce_with_logits_gradient."""

import numpy as np

from grader import mistake


@mistake("M1", hint="Is the loss a mean or a sum?", relation="n times right")
def forgets_to_divide(y_true, z):
    """The student differentiates the sum of the losses."""
    y_true, z = _checked(y_true, z)
    return sigmoid(z) - y_true


@mistake(
    "M2",
    hint="A confidently wrong logit should get the largest push.",
    relation="right times p (1 - p), at most a quarter of it",
)
def keeps_the_slope_of_the_sigmoid(y_true, z):
    """The student multiplies by the slope of the sigmoid, as for a squared loss."""
    y_true, z = _checked(y_true, z)
    p = sigmoid(z)
    return (p - y_true) * p * (1 - p) / len(z)


@mistake(
    "M3",
    hint="Label 1, logit -5: should the logit be pushed up? Then its gradient is ...",
    relation="-right",
)
def wrong_sign(y_true, z):
    """The student subtracts the prediction from the label."""
    y_true, z = _checked(y_true, z)
    return (y_true - sigmoid(z)) / len(z)


@mistake(
    "M4",
    hint="How large can prediction minus label be?",
    relation="(z - y) / n, which has no bound",
)
def forgets_the_sigmoid(y_true, z):
    """The student takes the logits for predictions."""
    y_true, z = _checked(y_true, z)
    return (z - y_true) / len(z)


@mistake(
    "M5",
    hint="Is the sigmoid of -25 zero?",
    relation="right values for logits from -20 to 20; those beyond are taken for certain",
)
def cuts_the_sigmoid_off(y_true, z):
    """The student avoids overflow by calling every logit beyond 20 certain."""
    y_true, z = _checked(y_true, z)
    return (np.where(np.abs(z) > 20, z > 0, sigmoid(z)) - y_true) / len(z)


def _checked(y_true, z):
    y_true, z = np.asarray(y_true, dtype=float), np.asarray(z, dtype=float)
    check_vectors(y_true=y_true, z=z)
    check_not_empty(y_true=y_true)
    check_binary_labels(y_true=y_true)
    return y_true, z
