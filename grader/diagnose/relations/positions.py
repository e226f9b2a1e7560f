"""The result holds values where their positions are wanted."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.diagnose.answers import numbers
from grader.diagnose.evidence import Pair
from grader.diagnose.relation import Key, Relation, Words, relation


@relation
class ValuesForPositions(Relation):
    """A key is the place of the argument from which the values come."""

    name = "values for positions"
    rank = 10.0

    def propose(self, pair: Pair) -> Iterator[Key]:
        """Whether the result is an argument at the positions that are wanted."""
        for i in range(len(pair.case.args)):
            if self.holds(i, pair):
                yield i

    def holds(self, key: Any, pair: Pair) -> bool:
        """Whether it is so here."""
        want, argument = pair.want, pair.case.args[key]
        if not isinstance(want, (np.ndarray, np.integer, int)) or isinstance(want, bool):
            return False
        values = numbers(argument)
        places = np.asarray(want)
        if values is None or not values.ndim or places.dtype.kind not in "iu" or not places.size:
            return False
        if places.min() < 0:
            return False
        if values.ndim == 2 and places.shape == values.shape[:1] and places.max() < values.shape[1]:
            return pair.explained_by(np.take_along_axis(values, places[:, None], 1)[:, 0])
        if places.max() >= len(values):
            return False
        return pair.explained_by(values[places])

    def say(self, key: Any, pair: Pair) -> Words:
        """`... holds values of y where their positions are wanted`."""
        name = pair.bench.parameters[key].name
        return Words("values-for-positions", {"part": pair.subject, "argument": name})
