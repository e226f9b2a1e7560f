"""The result is the right one, rounded or cut off."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.diagnose.evidence import Pair
from grader.diagnose.formulas import formula
from grader.diagnose.relation import Key, relation
from grader.diagnose.relations.formula import OfTheRightOne


@relation
class Rounded(OfTheRightOne):
    """To whole numbers, to 0 and 1, or to some decimals."""

    name = "rounded"
    rank = 10.0
    numeric = True
    formulas = (
        "rint(r)",
        "floor(r)",
        "ceil(r)",
        "trunc(r)",
        "where(r >= 0.5, 1, 0)",
        *(f"round(r, {decimals})" for decimals in range(1, 11)),
    )
    text = "rounded"

    def propose(self, pair: Pair) -> Iterator[Key]:
        """The first that fits; what is round to one decimal is also round to two."""
        yield from list(super().propose(pair))[:1]

    def holds(self, key: Any, pair: Pair) -> bool:
        """Whether the result is the right one, so rounded: exactly."""
        want = pair.want_numbers
        if want is None or not want.size or pair.got_numbers is None:
            return False
        if np.asarray(pair.want).dtype.kind != "f":
            return False
        return bool(np.array_equal(formula(key, "r")(want), pair.got_numbers, equal_nan=True))
