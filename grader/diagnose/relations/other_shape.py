"""The result has another shape, and nothing more is known: the shapes can be named by their sizes."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.diagnose.evidence import Pair
from grader.diagnose.relation import Key, Relation, Words, relation
from grader.diagnose.sentences import inner


@relation
class OtherShape(Relation):
    """A key is both shapes, in n, d and k where those are lengths of an axis."""

    name = "another shape"
    rank = 28.0
    of_random = True

    def propose(self, pair: Pair) -> Iterator[Key]:
        """The shapes of arrays and numbers that differ."""
        got, want = pair.got, pair.want
        kinds = (np.ndarray, np.generic, int, float)
        if isinstance(got, kinds) and isinstance(want, kinds) and np.shape(got) != np.shape(want):
            yield _spelled(pair, np.shape(got)), _spelled(pair, np.shape(want))

    def holds(self, key: Key, pair: Pair) -> bool:
        """Whether it is the same here."""
        return not pair.wrong or super().holds(key, pair)

    def say(self, key: Any, pair: Pair) -> Words:
        """`... has shape (n, n), (n,) is wanted`."""
        got, want = (inner("single") if shape == "()" else shape for shape in key)
        return Words("wrong-shape", {"part": pair.subject, "shape": got, "wanted": want}, 0.8)


@relation
class OtherCount(Relation):
    """A key is "fewer" or "more": the number of parts in a list."""

    name = "another count"
    rank = 27.0
    of_random = True
    whole = True

    def propose(self, pair: Pair) -> Iterator[Key]:
        """Whether there are fewer, or more."""
        got, want = pair.got, pair.want
        if isinstance(got, list) and isinstance(want, list) and len(got) != len(want):
            yield "fewer" if len(got) < len(want) else "more"

    def holds(self, key: Key, pair: Pair) -> bool:
        """Whether it is so here; a right result has the right number."""
        return not pair.wrong or super().holds(key, pair)

    def say(self, key: Any, pair: Pair) -> Words:
        """`... has too few parts: 2 here, 3 are wanted`."""
        params = {"part": pair.subject, "shape": len(pair.got), "wanted": len(pair.want)}
        return Words(f"wrong-shape.{key}", params, 0.8)


def _spelled(pair: Pair, shape: tuple[int, ...]) -> str:
    letters = {
        round(value): name
        for name, value in reversed(pair.seen.quantities.items())
        if name in ("n", "d", "k")
    }
    parts = [letters.get(length, str(length)) for length in shape]
    return f"({', '.join(parts)}{',' if len(parts) == 1 else ''})"
