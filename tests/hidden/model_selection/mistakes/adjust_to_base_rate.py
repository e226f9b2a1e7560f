"""Wrong implementations of adjust_to_base_rate."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Is your result a probability?",
    relation="p * new_rate / old_rate, which may exceed 1",
)
def scales_without_normalising(p, old_rate, new_rate):
    """The student multiplies by the ratio of the rates."""
    return _checked(p, old_rate, new_rate) * (new_rate / old_rate)


@mistake(
    "M2",
    hint="The negatives change as well.",
    relation="1 for every p above old_rate / new_rate",
)
def scales_and_clips(p, old_rate, new_rate):
    """The student cuts off what is too large for a probability."""
    return np.clip(_checked(p, old_rate, new_rate) * (new_rate / old_rate), 0.0, 1.0)


@mistake(
    "M3",
    hint="p = 0.9 plus 0.35?",
    relation="p + new_rate - old_rate, which may leave 0 to 1",
)
def adds_the_difference(p, old_rate, new_rate):
    """The student shifts the probabilities instead of the logits."""
    return _checked(p, old_rate, new_rate) + (new_rate - old_rate)


@mistake(
    "M4",
    hint="Equal rates must leave p unchanged.",
    relation="the value for an old rate of one half",
)
def ignores_the_old_rate(p, old_rate, new_rate):
    """The student weighs with the new rate and does not take the old one out."""
    p = _checked(p, old_rate, new_rate)
    return p * new_rate / (p * new_rate + (1 - p) * (1 - new_rate))


@mistake(
    "M5",
    hint="Minus one half of the spaces: is that a rate?",
    relation="right for possible rates; negative ones give a number",
)
def takes_negative_rates(p, old_rate, new_rate):
    """The student asks only whether a rate is 0, or 1 and more."""
    _checked(p, abs(old_rate), abs(new_rate))
    odds = new_rate / (1 - new_rate) * (1 - old_rate) / old_rate
    p = np.asarray(p, dtype=float)
    return p * odds / (p * odds + 1 - p)


def _checked(p, old_rate, new_rate):
    p = np.asarray(p, dtype=float)
    check_range("in [0, 1]", p=p)
    check_range("in (0, 1)", old_rate=old_rate, new_rate=new_rate)
    return p
