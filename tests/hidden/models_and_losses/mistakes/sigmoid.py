"""Wrong implementations of sigmoid."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Should a large positive score give a probability near 0?",
    relation="1 - right",
)
def sign_slip(z):
    """The student forgets the minus in exp(-z)."""
    z = np.asarray(z, dtype=float)
    small = np.exp(-np.abs(z))
    return np.where(z < 0, 1.0, small) / (1.0 + small)


@mistake(
    "M2",
    hint="`where` computes both sides for every element. Make both sides safe.",
    relation="right values, with overflow warnings",
)
def evaluates_both_branches(z):
    """The student picks the formula by sign, but np.where has computed both by then."""
    z = np.asarray(z, dtype=float)
    return np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))


@mistake(
    "M3",
    hint="How small can the right answer get at z = -40?",
    relation="off by up to 2.1e-9; sigmoid(-40) is 2.06e-9",
)
def clips_the_score(z):
    """The student clips z to [-20, 20] against the overflow."""
    z = np.clip(np.asarray(z, dtype=float), -20, 20)
    return 1 / (1 + np.exp(-z))


@mistake(
    "M4",
    hint="Compare your slope at 0 with 1/4.",
    relation="the sigmoid of 2 z",
)
def forgets_to_halve_in_tanh(z):
    """The student remembers the formula with tanh, but not z / 2 in it."""
    return 0.5 * (1 + np.tanh(np.asarray(z, dtype=float)))


@mistake(
    "M5",
    hint="Who needs the clipping: this function or a loss?",
    relation="right in the middle, constant in both tails",
)
def clips_the_result(z):
    """The student keeps the result away from 0 and 1 because some loss will take its logarithm."""
    z = np.asarray(z, dtype=float)
    small = np.exp(-np.abs(z))
    return np.clip(np.where(z < 0, small, 1.0) / (1.0 + small), 1e-7, 1 - 1e-7)
