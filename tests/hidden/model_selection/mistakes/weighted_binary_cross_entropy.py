"""Wrong implementations of weighted_binary_cross_entropy."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Give every example weight 19: should the loss change? By the formula, what do you divide by?",
    relation="right * n / (sum of the weights)",
)
def divides_by_the_weights(y_true, z, pos_weight):
    """The student takes a weighted mean, as scikit-learn does with sample_weight."""
    y_true, z = _checked(y_true, z, pos_weight)
    return float(np.average(_losses(y_true, z), weights=np.where(y_true == 1, pos_weight, 1.0)))


@mistake(
    "M2",
    hint="Is doubling a logit the same as seeing the example twice?",
    relation="steeper logits instead of heavier examples",
)
def multiplies_the_logits(y_true, z, pos_weight):
    """The student weights the scores before the loss is taken."""
    y_true, z = _checked(y_true, z, pos_weight)
    return float(np.mean(_losses(y_true, np.where(y_true == 1, pos_weight, 1.0) * z)))


@mistake(
    "M3",
    hint="Give a data set without vacant spaces: should the weight matter?",
    relation="pos_weight * the unweighted loss",
)
def weights_all_examples(y_true, z, pos_weight):
    """The student multiplies the whole loss."""
    y_true, z = _checked(y_true, z, pos_weight)
    return float(pos_weight * np.mean(_losses(y_true, z)))


@mistake(
    "M4",
    hint="Which direction makes missing a vacant space dearer?",
    relation="the value for 1 / pos_weight",
)
def divides_by_the_weight(y_true, z, pos_weight):
    """The student makes the vacant spaces count less."""
    y_true, z = _checked(y_true, z, pos_weight)
    return float(np.mean(np.where(y_true == 1, 1.0 / pos_weight, 1.0) * _losses(y_true, z)))


@mistake(
    "M5",
    hint="Simplify the logarithm of the sigmoid on paper before coding.",
    relation="inf from a logit of 37 on that is wrong; right below",
)
def logarithm_of_the_sigmoid(y_true, z, pos_weight):
    """The student calculates probabilities first and then their logarithms."""
    y_true, z = _checked(y_true, z, pos_weight)
    p = 1.0 / (1.0 + np.exp(-z))
    losses = -np.log(np.where(y_true == 1, p, 1.0 - p))
    return float(np.mean(np.where(y_true == 1, pos_weight, 1.0) * losses))


def _checked(y_true, z, pos_weight):
    y_true, z = np.asarray(y_true, dtype=float), np.asarray(z, dtype=float)
    check_vectors(y_true=y_true, z=z)
    check_not_empty(y_true=y_true)
    check_binary_labels(y_true=y_true)
    check_range("> 0", pos_weight=pos_weight)
    return y_true, z


def _losses(y_true, z):
    return np.logaddexp(0.0, (1 - 2 * y_true) * z)
