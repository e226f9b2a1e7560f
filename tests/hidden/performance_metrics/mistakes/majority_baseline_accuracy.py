"""Wrong implementations of majority_baseline_accuracy."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Which constant would you choose on a lot with 70 % vacant?",
    relation="1 - right where most spaces are vacant, else right",
)
def always_occupied(y_true):
    """The student takes the accuracy of "every space is occupied" on any lot."""
    return 1 - _share(y_true)


@mistake(
    "M2",
    hint="Is 'always vacant' the better constant on lot A?",
    relation="1 - right where most spaces are occupied, else right",
)
def base_rate(y_true):
    """The student returns the share of vacant spaces."""
    return _share(y_true)


@mistake(
    "M3",
    hint="Which constant would you choose on a lot with 70 % vacant?",
    relation="one half always",
)
def coin(y_true):
    """The student believes that a model without knowledge is right half of the time."""
    _share(y_true)
    return 0.5


@mistake(
    "M4",
    hint="What is the sum of 300 ones that are bytes?",
    relation="right unless labels of one byte add up to more than 255",
)
def adds_bytes(y_true):
    """The student adds the labels up as they are."""
    _share(y_true)
    total = sum(np.asarray(y_true) * np.uint8(1), np.uint8(0))
    return max(total / len(y_true), 1 - total / len(y_true))


def _share(y_true):
    y_true = np.asarray(y_true, dtype=float)
    check_vectors(y_true=y_true)
    check_not_empty(y_true=y_true)
    check_binary_labels(y_true=y_true)
    return float(np.mean(y_true))
