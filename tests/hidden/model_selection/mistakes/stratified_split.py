"""Wrong implementations of stratified_split."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Count the vacant spaces in 100 different splits.",
    relation="the number of each class in validation varies from split to split",
)
def plain_random_split(y, val_fraction, rng):
    """The student shuffles all examples together and hopes for the best."""
    y = _labels(y, val_fraction)
    order = rng.permutation(len(y))
    count = int(np.floor(val_fraction * len(y) + 0.5))
    return np.sort(order[count:]), np.sort(order[:count])


@mistake(
    "M2",
    hint="Do two generators give two splits?",
    relation="the first members of each class, whatever the generator",
)
def takes_the_first_members(y, val_fraction, rng):
    """The student gets the counts right and forgets to shuffle."""
    return _split(_labels(y, val_fraction), lambda m: np.floor(val_fraction * m + 0.5), None)


@mistake(
    "M3",
    hint="Read the order of the returned pair.",
    relation="the two parts exchanged",
)
def swaps_the_parts(y, val_fraction, rng):
    """The student returns validation first."""
    y = _labels(y, val_fraction)
    train, val = _split(y, lambda m: np.floor(val_fraction * m + 0.5), rng)
    return val, train


@mistake(
    "M4",
    hint="Should validation look like the lot?",
    relation="as many of each class in validation, as far as there are any",
)
def balances_the_classes(y, val_fraction, rng):
    """The student takes equally many of each class, so that accuracy means something."""
    y = _labels(y, val_fraction)
    each = int(np.floor(val_fraction * len(y) / len(np.unique(y)) + 0.5))
    return _split(y, lambda m: min(each, m), rng)


@mistake(
    "M5",
    hint="What is round(0.5) and round(2.5) in Python?",
    relation="one too few where the share is a half above an even number",
)
def rounds_half_to_even(y, val_fraction, rng):
    """The student uses round, which rounds halves to even numbers."""
    return _split(_labels(y, val_fraction), lambda m: round(val_fraction * m), rng)


@mistake(
    "M6",
    hint="19.6 spaces: 19 or 20?",
    relation="one too few where the fraction of the share is a half or more",
)
def cuts_the_fraction_off(y, val_fraction, rng):
    """The student makes an int of the share, which rounds down."""
    return _split(_labels(y, val_fraction), lambda m: int(val_fraction * m), rng)


@mistake(
    "M7",
    hint="Minus one half of the spaces: is that a share?",
    relation="right for shares above 0; a negative one chooses most members, or none",
)
def takes_negative_shares(y, val_fraction, rng):
    """The student asks only whether the share is 0 or too large."""
    if val_fraction == 0:
        raise ValueError("val_fraction must not be 0")
    y = _labels(y, abs(val_fraction))
    return _split(y, lambda m: np.floor(val_fraction * m + 0.5), rng)


def _labels(y, val_fraction):
    y = np.asarray(y)
    check_not_empty(y=y)
    check_range("in (0, 1)", val_fraction=val_fraction)
    return y


def _split(y, share, rng):
    chosen = np.zeros(len(y), dtype=bool)
    for label in np.unique(y):
        members = np.flatnonzero(y == label)
        if rng is not None:
            members = rng.permutation(members)
        chosen[members[: int(share(len(members)))]] = True
    return np.flatnonzero(~chosen), np.flatnonzero(chosen)
