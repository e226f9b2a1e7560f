"""Wrong implementations of binary_cross_entropy_with_logits."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Simplify the logarithm of the sigmoid on paper before coding.",
    relation="infinite for a wrong logit beyond 37",
)
def logarithm_of_the_sigmoid(y_true, z):
    """The student composes the two functions that exist already."""
    y_true, z = _vectors(y_true, z)
    return binary_cross_entropy(y_true, sigmoid(z))


@mistake(
    "M1",
    hint="Simplify the logarithm of the sigmoid on paper before coding.",
    relation="NaN or infinite for large logits",
)
def logarithm_of_a_naive_sigmoid(y_true, z):
    """The student writes the definitions of both functions in a row."""
    y_true, z = _vectors(y_true, z)
    with np.errstate(all="ignore"):
        p = np.exp(z) / (1 + np.exp(z))
        return float(-np.mean(y_true * np.log(p) + (1 - y_true) * np.log1p(-p)))


@mistake(
    "M2",
    hint="Is your input already a probability?",
    relation="the loss of sigmoid(sigmoid(z))",
)
def applies_the_sigmoid_twice(y_true, z):
    """The student makes a probability of z and treats it as the logit."""
    y_true, z = _vectors(y_true, z)
    return binary_cross_entropy(y_true, sigmoid(sigmoid(z)))


@mistake(
    "M3",
    hint="For large m, ln(1 + e^m) is nearly...?",
    relation="infinite for m above 709",
)
def naive_softplus(y_true, z):
    """The student writes ln(1 + e^m) as it stands."""
    y_true, z = _vectors(y_true, z)
    return float(np.mean(np.log1p(np.exp((1 - 2 * y_true) * z))))


@mistake(
    "M4",
    hint="Put y = 0 in your exponent.",
    relation="ln 2 for every example of label 0",
)
def formula_for_labels_minus_1_and_1(y_true, z):
    """The student uses ln(1 + e^(-y z)), which is right for labels -1 and 1."""
    y_true, z = _vectors(y_true, z)
    return float(np.mean(np.logaddexp(0, -y_true * z)))


@mistake(
    "M5",
    hint="How much of ln(1 + e^m) is left beside m at m = 21, and do 12 digits show it?",
    relation="off by e^-m where m lies just above 20",
)
def takes_m_for_the_loss_above_20(y_true, z):
    """The student copies a threshold from a library that calculates with seven digits."""
    y_true, z = _vectors(y_true, z)
    m = (1 - 2 * y_true) * z
    return float(np.mean(np.where(m > 20, m, np.log1p(np.exp(np.minimum(m, 20))))))


def _vectors(y_true, z):
    y_true, z = np.asarray(y_true, dtype=float), np.asarray(z, dtype=float)
    check_vectors(y_true=y_true, z=z)
    check_not_empty(y_true=y_true)
    check_binary_labels(y_true=y_true)
    return y_true, z
