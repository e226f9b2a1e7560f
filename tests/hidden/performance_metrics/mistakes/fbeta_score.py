"""Wrong implementations of fbeta_score."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Finds 1 of 100, all right: half marks?",
    relation="beta = 1: (P + R) / 2, never smaller than right",
)
def arithmetic_mean(y_true, y_pred, beta=1.0, zero_division=0.0):
    """The student averages precision and recall with the weights 1 and beta^2."""
    p, r = _rates(y_true, y_pred, beta)
    if p is None and r is None:
        return float(zero_division)
    return ((p or 0.0) + beta**2 * (r or 0.0)) / (1 + beta**2)


@mistake(
    "M2",
    hint="Test beta=2.",
    relation="right for beta = 1; else the score of the square root of beta",
)
def beta_not_squared(y_true, y_pred, beta=1.0, zero_division=0.0):
    """The student weighs with beta instead of its square."""
    p, r = _rates(y_true, y_pred, beta)
    return _harmonic(p, r, beta, zero_division)


@mistake(
    "M3",
    hint="Which of the two should a large beta favour?",
    relation="right for beta = 1; else the score of 1 / beta",
)
def weighs_precision(y_true, y_pred, beta=1.0, zero_division=0.0):
    """The student gives the weight beta^2 to precision."""
    p, r = _rates(y_true, y_pred, beta)
    return _harmonic(r, p, beta**2, zero_division)


@mistake(
    "M4",
    hint="F1 of (1, .01): close to .02 or to .1?",
    relation="beta = 1: the square root of P R, never smaller than right",
)
def geometric_mean(y_true, y_pred, beta=1.0, zero_division=0.0):
    """The student takes the root of the product."""
    p, r = _rates(y_true, y_pred, beta)
    if p is None and r is None:
        return float(zero_division)
    return ((p or 0.0) * (r or 0.0) ** beta**2) ** (1 / (1 + beta**2))


@mistake(
    "M5",
    hint="P and R both 0: how good is the model?",
    relation="NaN if no vacant space was found, else right",
)
def nan_without_a_hit(y_true, y_pred, beta=1.0, zero_division=0.0):
    """The student puts P and R into the formula, even if both are 0."""
    p, r = _rates(y_true, y_pred, beta)
    if p is None and r is None:
        return float(zero_division)
    p, r = np.float64(p or 0.0), np.float64(r or 0.0)
    return float((1 + beta**2) * p * r / (beta**2 * p + r))


@mistake(
    "M6",
    hint="Which class is the one we look for?",
    relation="the mean of the scores of both classes",
)
def macro_average(y_true, y_pred, beta=1.0, zero_division=0.0):
    """The student averages over the classes."""
    p, r = _rates(y_true, y_pred, beta)
    q, s = _rates(1 - np.asarray(y_true, dtype=float), 1 - np.asarray(y_pred, dtype=float), beta)
    scores = [_harmonic(p, r, beta**2, zero_division), _harmonic(q, s, beta**2, zero_division)]
    return sum(scores) / 2


@mistake(
    "M7",
    hint="Does the function return a float whatever happens?",
    relation="right, but the integer 0 where no vacant space is found",
)
def the_integer_0(y_true, y_pred, beta=1.0, zero_division=0.0):
    """The student writes 0 for a score that is 0."""
    p, r = _rates(y_true, y_pred, beta)
    return _harmonic(p, r, beta**2, zero_division) or (0 if p == 0 or r == 0 else zero_division)


def _rates(y_true, y_pred, beta):
    """Return precision and recall, None where they are 0 / 0."""
    check_range("> 0", beta=beta)
    tn, fp, fn, tp = _counts(y_true, y_pred)
    return tp / (tp + fp) if tp + fp else None, tp / (tp + fn) if tp + fn else None


def _harmonic(p, r, weight, zero_division):
    if p is None and r is None:
        return float(zero_division)
    return (1 + weight) * p * r / (weight * p + r) if p and r else 0.0


def _counts(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    check_binary_labels(y_true=y_true, y_pred=y_pred)
    cells = np.bincount((2 * y_true + y_pred).astype(int), minlength=4)
    return [int(count) for count in cells]
