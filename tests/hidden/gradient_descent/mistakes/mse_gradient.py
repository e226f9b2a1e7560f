"""Wrong implementations of mse_gradient."""

import numpy as np

from grader import mistake


@mistake("M1", hint="Differentiate u squared on paper.", relation="right / 2")
def forgets_the_2(X, y, w, b):
    """The student knows a loss with one half in front."""
    X, r = _residuals(X, y, w, b)
    return X.T @ r / len(r), float(np.mean(r))


@mistake(
    "M2",
    hint="Duplicate the data: the loss is unchanged. Your gradient?",
    relation="n times right",
)
def takes_the_sum(X, y, w, b):
    """The student differentiates the sum of the squares."""
    X, r = _residuals(X, y, w, b)
    return 2 * X.T @ r, float(2 * np.sum(r))


@mistake("M3", hint="Take one step. Did the loss rise?", relation="minus right")
def subtracts_the_other_way_round(X, y, w, b):
    """The student writes target minus prediction and forgets the inner derivative."""
    X, r = _residuals(X, y, w, b)
    return -2 * X.T @ r / len(r), float(-2 * np.mean(r))


@mistake(
    "M4",
    hint="The bias is the weight of a feature that is always 1.",
    relation="dw is right, db is the sum of dw",
)
def sums_dw_for_the_bias(X, y, w, b):
    """The student has no derivative for the bias and adds up the others."""
    X, r = _residuals(X, y, w, b)
    dw = 2 * X.T @ r / len(r)
    return dw, float(dw.sum())


@mistake(
    "M5",
    hint="How many biases does the model have?",
    relation="dw is right, db has shape (n,); its mean is right",
)
def gives_every_example_a_bias(X, y, w, b):
    """The student forgets to average for the bias."""
    X, r = _residuals(X, y, w, b)
    return 2 * X.T @ r / len(r), 2 * r


@mistake(
    "M6",
    hint="Check with b different from 0.",
    relation="off by 2 b times the column means, and by 2 b",
)
def leaves_b_out_of_the_residuals(X, y, w, b):
    """The student forgets the bias in the prediction."""
    X, r = _residuals(X, y, w, 0.0)
    return 2 * X.T @ r / len(r), float(2 * np.mean(r))


@mistake("M7", hint="Which axis do you average?", relation="dw is right / d, db is right")
def averages_over_the_features_too(X, y, w, b):
    """The student divides by the number of entries of X."""
    X, r = _residuals(X, y, w, b)
    return 2 * X.T @ r / X.size, float(2 * np.mean(r))


def _residuals(X, y, w, b):
    X, y, w = _linear_model(X, y, w)
    return X, X @ w + b - y
