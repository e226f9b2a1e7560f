"""The result is the right one without its sign, or cut off at a bound."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.diagnose.evidence import Pair
from grader.diagnose.relation import Key, Relation, Words, relation
from grader.diagnose.relations.formula import OfTheRightOne


@relation
class Magnitude(OfTheRightOne):
    """Without the sign, or the sign alone, or only one side of zero."""

    name = "magnitude"
    rank = 14.0
    numeric = True
    formulas = (
        "abs(r)",
        "-abs(r)",
        "maximum(r, 0)",
        "minimum(r, 0)",
        "sign(r)",
        "minimum(r, 1)",
        "clip(r, 0, 1)",
    )
    text = "magnitude"


@relation
class Clipped(Relation):
    """A key is (lower, upper) bound, each a number or None."""

    name = "clipped"
    rank = 16.0
    numeric = True

    def propose(self, pair: Pair) -> Iterator[Key]:
        """The bounds that this pair shows, and either alone."""
        got, want = pair.got_numbers, pair.want_numbers
        if got is None or want is None or got.shape != want.shape or not got.size:
            return
        if np.asarray(pair.want).dtype.kind != "f":
            return
        if got.ndim and not np.isclose(got, want, rtol=1e-9, atol=0.0).any():
            return
        low, high = float(np.min(got)), float(np.max(got))
        if not np.isfinite([low, high]).all():
            return
        cut_low = bool(np.any((got > want) & (got == low)))
        cut_high = bool(np.any((got < want) & (got == high)))
        for bounds in ((low, high), (low, None), (None, high)):
            if (bounds[0] is None or cut_low) and (bounds[1] is None or cut_high):
                yield bounds

    def holds(self, key: Any, pair: Pair) -> bool:
        """Whether the result is the right one within these bounds."""
        low, high = key
        if pair.want_numbers is None:
            return False
        if not pair.want_numbers.ndim and not pair.wrong:
            return True
        low, high = -np.inf if low is None else low, np.inf if high is None else high
        bounded = np.clip(pair.want_numbers, low, high)
        if not pair.explained_by(bounded) or pair.got_numbers is None:
            return False
        # A bound is kept to the last digit, or it is none.
        cut = bounded != pair.want_numbers
        return bool(np.array_equal(pair.got_numbers[cut], bounded[cut]))

    def say(self, key: Any, pair: Pair) -> Words:
        """`... never falls below 0`."""
        low, high = key
        which = "below" if high is None else "above" if low is None else "outside"
        return Words(f"bounded.{which}", {"part": pair.subject, "low": low, "high": high})
