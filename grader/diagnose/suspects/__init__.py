"""What a function may have computed instead; importing this registers the rules."""

from grader.diagnose.suspects import (
    axes,
    changed,
    listed,
    of_siblings,
    rates,
    returned,
    rows,
    siblings,
    slipped,
    swapped,
)

__all__ = [
    "axes",
    "changed",
    "listed",
    "of_siblings",
    "rates",
    "returned",
    "rows",
    "siblings",
    "slipped",
    "swapped",
]
