"""Wrong implementations of decayed_learning_rate."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Between two multiples of decay_steps, does the rate move?",
    relation="right at multiples of decay_steps, constant between them",
)
def decays_in_stairs(initial, step, decay_rate, decay_steps=1):
    """The student divides whole numbers."""
    _check(initial, step, decay_rate, decay_steps)
    return float(initial / (1 + decay_rate * (step // decay_steps)))


@mistake(
    "M2",
    hint="Inverse time: the rate halves when rate times step over decay_steps is 1.",
    relation="initial times e to the power of -decay_rate * step / decay_steps",
)
def decays_exponentially(initial, step, decay_rate, decay_steps=1):
    """The student knows exponential decay."""
    _check(initial, step, decay_rate, decay_steps)
    return float(initial * np.exp(-decay_rate * step / decay_steps))


@mistake(
    "M3",
    hint="After how many steps has the rate halved by the formula?",
    relation="initial over (1 + decay_rate) to the power of step / decay_steps",
)
def compounds_the_decay(initial, step, decay_rate, decay_steps=1):
    """The student divides by 1 + decay_rate again and again, as with interest."""
    _check(initial, step, decay_rate, decay_steps)
    with np.errstate(over="ignore"):
        return float(initial / np.float64(1 + decay_rate) ** (step / decay_steps))


@mistake(
    "M4",
    hint="Should later steps be larger or smaller?",
    relation="the square of initial over right",
)
def multiplies_instead_of_dividing(initial, step, decay_rate, decay_steps=1):
    """The student lets the rate grow."""
    _check(initial, step, decay_rate, decay_steps)
    return float(initial * (1 + decay_rate * step / decay_steps))


@mistake(
    "M5",
    hint="The rate may halve at the first step: which decay_rate does that, and which does more?",
    relation="right up to a decay_rate of 1; an error above",
)
def takes_decay_rates_above_1_for_wrong(initial, step, decay_rate, decay_steps=1):
    """The student takes decay_rate for a share."""
    _check(initial, step, decay_rate, decay_steps)
    check_range("in [0, 1]", decay_rate=decay_rate)
    return float(initial / (1 + decay_rate * step / decay_steps))


def _check(initial, step, decay_rate, decay_steps):
    check_range("> 0", initial=initial)
    check_range(">= 0", step=step, decay_rate=decay_rate)
    check_range(">= 1", decay_steps=decay_steps)
