"""Wrong implementations of sum_squared_error."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Duplicate all examples. Should this loss double?",
    relation="right / n",
)
def takes_the_mean(y_true, y_pred):
    """The student averages instead of adding up."""
    y_true, y_pred = _vectors(y_true, y_pred)
    return float(np.mean((y_true - y_pred) ** 2))


@mistake(
    "M2",
    hint="Read the formula once more: is there a factor in front?",
    relation="right / 2",
)
def puts_one_half_in_front(y_true, y_pred):
    """The student knows the loss from a course that makes its derivative prettier."""
    y_true, y_pred = _vectors(y_true, y_pred)
    return float(0.5 * np.sum((y_true - y_pred) ** 2))


@mistake(
    "M3",
    hint="Can your loss be negative?",
    relation="the difference of the sums of squares",
)
def difference_of_squares(y_true, y_pred):
    """The student squares before subtracting."""
    y_true, y_pred = _vectors(y_true, y_pred)
    return float(np.sum(y_true**2 - y_pred**2))


@mistake(
    "M4",
    hint="Which number is 1 - 2 in uint8?",
    relation="right unless the arrays hold unsigned integers; then far too large",
)
def subtracts_before_converting(y_true, y_pred):
    """The student converts to float after the subtraction, when 1 - 2 has become 255."""
    _vectors(y_true, y_pred)
    difference = np.subtract(y_true, y_pred, dtype=_common_type(y_true, y_pred))
    return float(np.sum(difference.astype(float) ** 2))


def _vectors(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    check_vectors(y_true=y_true, y_pred=y_pred)
    check_not_empty(y_true=y_true)
    return y_true, y_pred


def _common_type(*arrays):
    """The type in which numpy subtracts; bools count as small integers."""
    kind = np.result_type(*(np.asarray(array) for array in arrays))
    return np.int8 if kind == bool else kind
