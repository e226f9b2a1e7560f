"""Each entry of the result is the right one times something made of an argument's entry at the same place."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from grader.diagnose.evidence import Pair
from grader.diagnose.formulas import formula, renamed
from grader.diagnose.relation import Key, Relation, Words, relation

_FORMULAS: Final = (
    "x",
    "1 / x",
    "x**2",
    "1 - x",
    "x * (1 - x)",
    "1 / (x * (1 - x))",
    "1 - x**2",
    "1 - tanh(x)**2",
    "sigmoid(x)",
    "sigmoid(x) * (1 - sigmoid(x))",
    "exp(x)",
    "-x",
    "abs(x)",
    "sign(x)",
    "(x > 0)",
)


@relation
class Weighted(Relation):
    """A key is (place of the argument, formula of its entries x)."""

    name = "weighted"
    rank = 13.8
    numeric = True

    def propose(self, pair: Pair) -> Iterator[Key]:
        """All formulas of arguments of the same shape that fit."""
        want = pair.want_numbers
        if want is None or want.size < 3:
            return
        for i, value in enumerate(pair.case.args):
            if isinstance(value, np.ndarray) and value.shape == want.shape:
                for text in _FORMULAS:
                    if self.holds((i, text), pair):
                        yield i, text

    def holds(self, key: Any, pair: Pair) -> bool:
        """Whether the result is that."""
        i, text = key
        want = pair.want_numbers
        if want is None or len(pair.case.args) <= i:
            return False
        value = pair.case.args[i]
        if not isinstance(value, np.ndarray) or value.shape != want.shape:
            return False
        with np.errstate(all="ignore"):
            return pair.explained_by(want * formula(text, "x")(value.astype(float)))

    def say(self, key: Any, pair: Pair) -> Words:
        """`... is the right one times p * (1 - p), entry by entry`."""
        said = renamed(key[1], "x", pair.bench.parameters[key[0]].name)
        return Words("weighted", {"part": pair.subject, "formula": said})
