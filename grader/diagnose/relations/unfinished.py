"""A last step is missing: the right result is a known function of what was returned."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from grader.diagnose.evidence import Pair
from grader.diagnose.formulas import formula
from grader.diagnose.relation import Key, Relation, Words, relation

_FORMULAS: Final = (
    "floor(x)",
    "ceil(x)",
    "rint(x)",
    "trunc(x)",
    "where(x >= 0.5, 1, 0)",
    "where(x > 0, 1, 0)",
    "abs(x)",
    "maximum(x, 0)",
    "minimum(x, 1)",
    "clip(x, 0, 1)",
    "sign(x)",
    "sort(x, axis=0)",
    "argsort(x, axis=0)",
    "x - mean(x)",
    "x - mean(x, axis=0)",
    "x / sum(x)",
    "x / sum(x, axis=-1, keepdims=True)",
    "x / norm(x)",
    "x / std(x)",
    "maximum.accumulate(x)",
)


@relation
class Unfinished(Relation):
    """A key is a formula of x, what was returned."""

    name = "unfinished"
    rank = 13.3
    numeric = True

    def propose(self, pair: Pair) -> Iterator[Key]:
        """All formulas that make the result right."""
        got, want = pair.got_numbers, pair.want_numbers
        if got is None or want is None or got.shape != want.shape or not got.size:
            return
        for text in _FORMULAS:
            of_vectors = "axis" in text or "accumulate" in text
            if (got.ndim or not of_vectors) and self.holds(text, pair):
                yield text

    def holds(self, key: Any, pair: Pair) -> bool:
        """Whether the formula makes the result right."""
        got, want = pair.got_numbers, pair.want_numbers
        if got is None or want is None or got.shape != want.shape:
            return False
        made = np.asarray(formula(key, "x")(got), dtype=float)
        return made.shape == want.shape and not pair.bench.close.mask(made, want).any()

    def say(self, key: Any, pair: Pair) -> Words:
        """`a last step is missing: abs(x)`."""
        return Words("unfinished", {"part": pair.subject, "formula": key})
