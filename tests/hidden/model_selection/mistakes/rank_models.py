"""Wrong implementations of rank_models."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Is a high loss good? A high F1?",
    relation="right for losses; for scores from worst to best",
)
def ascending_always(values, higher_is_better):
    """The student ignores the flag."""
    return np.argsort(_checked(values), kind="stable")


@mistake(
    "M2",
    hint="Two equal models: which comes first before and after reversing?",
    relation="for scores: ties in reverse order, NaN first",
)
def reverses_the_order(values, higher_is_better):
    """The student sorts up and turns the result around."""
    order = np.argsort(_checked(values), kind="stable")
    return order[::-1].copy() if higher_is_better else order


@mistake(
    "M3",
    hint="Which model is best: a number or a name?",
    relation="the sorted values, floats",
)
def returns_sorted_values(values, higher_is_better):
    """The student sorts the values themselves."""
    values = np.sort(_checked(values))
    return values[::-1].copy() if higher_is_better else values


@mistake(
    "M4",
    hint="Position of a model, or model at a position?",
    relation="the inverse permutation",
)
def returns_ranks(values, higher_is_better):
    """The student says for each model on which place it is."""
    values = _checked(values)
    order = np.argsort(-values if higher_is_better else values, kind="stable")
    return np.argsort(order, kind="stable")


@mistake(
    "M5",
    hint="Losses of 0.30000001 and 0.3: is neither better?",
    relation="models that differ by less than a millionth stay in their order",
)
def rounds_the_values(values, higher_is_better):
    """The student compares six digits."""
    values = np.round(_checked(values), 6)
    return np.argsort(-values if higher_is_better else values, kind="stable")


def _checked(values):
    values = np.asarray(values, dtype=float)
    check_not_empty(values=values)
    return values
