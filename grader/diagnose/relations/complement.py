"""The result is one, or a size, minus the right one."""

from collections.abc import Iterator
from typing import Any

from grader.diagnose.evidence import Pair
from grader.diagnose.quantities import here
from grader.diagnose.relation import Key, Relation, Words, relation


@relation
class Complement(Relation):
    """A key is what the right result is subtracted from."""

    name = "complement"
    rank = 11.0
    numeric = True

    def propose(self, pair: Pair) -> Iterator[Key]:
        """One, n, and what the largest position among n or k is."""
        for whole in ("1", "n", "k - 1", "n - 1"):
            if self.holds(whole, pair):
                yield whole

    def holds(self, key: Any, pair: Pair) -> bool:
        """Whether both add up to it."""
        whole = _value(key, pair)
        if whole is None or pair.want_numbers is None or not pair.want_numbers.size:
            return False
        return pair.explained_by(whole - pair.want_numbers)

    def say(self, key: Any, pair: Pair) -> Words:
        """`... is 1 minus the right one`."""
        size = key.partition(" - ")[0]
        return Words(
            "complement",
            {"part": pair.subject, "whole": key, "here": here(pair.seen.quantities, size)},
        )


def _value(key: str, pair: Pair) -> float | None:
    size, _, minus = key.partition(" - ")
    if size == "1":
        return 1.0
    value = pair.seen.quantities.get(size)
    return None if value is None else value - (1 if minus else 0)
