"""Wrong implementations of logistic_gradient."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="The loss's derivative cancels a factor. Which?",
    relation="every example counts p (1 - p) times, at most a quarter",
)
def keeps_the_slope_of_the_sigmoid(X, y, w, b):
    """The student multiplies by the sigmoid's derivative, as for a squared error."""
    X, p, r = _residuals(X, y, w, b)
    r = r * p * (1 - p)
    return X.T @ r / len(r), float(np.mean(r))


@mistake(
    "M2",
    hint="Is there a square to differentiate in this loss?",
    relation="2 times right",
)
def copies_the_2_of_the_squared_loss(X, y, w, b):
    """The student starts from the gradient of the squared loss."""
    X, _, r = _residuals(X, y, w, b)
    return 2 * X.T @ r / len(r), float(2 * np.mean(r))


@mistake(
    "M3",
    hint="Duplicate the data: the loss is unchanged. Your gradient?",
    relation="n times right",
)
def takes_the_sum(X, y, w, b):
    """The student adds up instead of averaging."""
    X, _, r = _residuals(X, y, w, b)
    return X.T @ r, float(np.sum(r))


@mistake("M4", hint="Take one step. Did the loss rise?", relation="minus right")
def subtracts_the_other_way_round(X, y, w, b):
    """The student writes label minus probability."""
    X, _, r = _residuals(X, y, w, b)
    return -X.T @ r / len(r), float(-np.mean(r))


@mistake(
    "M5",
    hint="How large can prediction minus label be?",
    relation="unbounded: the residuals of a linear model",
)
def forgets_the_sigmoid(X, y, w, b):
    """The student subtracts the label from the logit."""
    X, y, w = _linear_model(X, y, w)
    check_binary_labels(y=y)
    r = X @ w + b - y
    return X.T @ r / len(r), float(np.mean(r))


@mistake(
    "M6",
    hint="The bias is the weight of a feature that is always 1.",
    relation="dw is right, db is 0",
)
def has_no_slope_for_the_bias(X, y, w, b):
    """The student thinks that a constant has no derivative."""
    X, _, r = _residuals(X, y, w, b)
    return X.T @ r / len(r), 0.0


def _residuals(X, y, w, b):
    X, y, w = _linear_model(X, y, w)
    check_binary_labels(y=y)
    p = sigmoid(X @ w + b)
    return X, p, p - y
