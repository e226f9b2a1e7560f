"""Wrong implementations of linear_probe_accuracy."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Add 10 to every feature: should separability change?",
    relation="other accuracies for features that are not centred",
)
def no_intercept(H, y):
    """The student fits through the origin."""
    H, y = _checked(H, y)
    fitted = H @ np.linalg.lstsq(H, 2 * y - 1, rcond=None)[0]
    return float(np.mean((fitted >= 0) == (y == 1)))


@mistake(
    "M2",
    hint="Where is the middle of your targets?",
    relation="nearly all decisions are for label 1: the accuracy is near the share of ones",
)
def targets_0_and_1(H, y):
    """The student fits the labels themselves and keeps the threshold 0."""
    H, y = _checked(H, y)
    inputs = np.column_stack([H, np.ones(len(H))])
    fitted = inputs @ np.linalg.lstsq(inputs, y, rcond=None)[0]
    return float(np.mean((fitted >= 0) == (y == 1)))


@mistake(
    "M3",
    hint="What if two hidden units are equal?",
    relation="right for independent features, else an exception or huge coefficients",
)
def solves_the_normal_equations(H, y):
    """The student inverts a matrix that has no inverse when features depend on each other."""
    H, y = _checked(H, y)
    inputs = np.column_stack([H, np.ones(len(H))])
    coefficients = np.linalg.solve(inputs.T @ inputs, inputs.T @ (2 * y - 1))
    return float(np.mean((inputs @ coefficients >= 0) == (y == 1)))


@mistake(
    "M4",
    hint="A probe below one half is allowed on training data of a least-squares fit. Report it.",
    relation="1 - right where right is below one half",
)
def never_below_one_half(H, y):
    """The student turns the decision round when it is wrong more often than right."""
    H, y = _checked(H, y)
    inputs = np.column_stack([H, np.ones(len(H))])
    fitted = inputs @ np.linalg.lstsq(inputs, 2 * y - 1, rcond=None)[0]
    share = float(np.mean((fitted >= 0) == (y == 1)))
    return max(share, 1 - share)


@mistake(
    "M5",
    hint="Divide every feature by 10,000: should separability change?",
    relation="right for features of the order of 1, nearly the most frequent label for small ones",
)
def regularises_the_fit(H, y):
    """The student adds a little to the diagonal, so that the equations have a solution."""
    H, y = _checked(H, y)
    inputs = np.column_stack([H, np.ones(len(H))])
    gram = inputs.T @ inputs + 1e-3 * np.eye(inputs.shape[1])
    fitted = inputs @ np.linalg.solve(gram, inputs.T @ (2 * y - 1))
    return float(np.mean((fitted >= 0) == (y == 1)))


def _checked(H, y):
    H, y = np.asarray(H, dtype=float), np.asarray(y, dtype=float)
    check_shape(("n", "m"), H=H)
    check_shape((len(H),), y=y)
    check_not_empty(y=y)
    check_binary_labels(y=y)
    return H, y
