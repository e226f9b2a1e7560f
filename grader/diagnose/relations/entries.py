"""Entries of the right result are missing at one end, or there are more than asked for."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.diagnose.answers import Floats
from grader.diagnose.evidence import Pair
from grader.diagnose.relation import Key, Relation, Words, relation


def _vector(value: Any, numbers: Floats | None) -> Floats | None:
    if numbers is not None and numbers.ndim:
        return numbers
    return np.zeros(0) if isinstance(value, list) and not value else None


@relation
class Entries(Relation):
    """A key is (more or fewer, how many, where)."""

    name = "entries"
    rank = 10.0

    def propose(self, pair: Pair) -> Iterator[Key]:
        """Which end the difference in length is at."""
        got, want = _vector(pair.got, pair.got_numbers), _vector(pair.want, pair.want_numbers)
        if got is None or want is None or got.ndim != want.ndim or got.shape[1:] != want.shape[1:]:
            return
        less = len(want) - len(got)
        long, short = (want, got) if less > 0 else (got, want)
        if less == 0 or len(short) < 1:
            return
        close = pair.bench.close
        for where, part in (
            ("end", long[: len(short)]),
            ("start", long[len(long) - len(short) :]),
        ):
            if close.right(part, short):
                yield ("missing" if less > 0 else "extra", abs(less), where)
                yield ("missing" if less > 0 else "extra", 0, where)

    def holds(self, key: Any, pair: Pair) -> bool:
        """Whether it is the same here; a right result has the right length whatever is wrong elsewhere."""
        return not pair.wrong or any(key == other for other in self.propose(pair))

    def rank_of(self, key: Any) -> float:
        """The same number everywhere is the better explanation."""
        return self.rank if key[1] else self.rank + 1

    def say(self, key: Any, pair: Pair) -> Words:
        """`the last entry is missing`."""
        what, count, where = key
        number = {0: "some", 1: "one"}.get(count, "several")
        return Words(
            f"entries.{what}-{number}-{where}", {"part": pair.subject, "count": count or None}
        )


@relation
class SomeEntries(Relation):
    """A key is "missing" or "extra"."""

    name = "some entries"
    rank = 19.0
    local = True

    def propose(self, pair: Pair) -> Iterator[Key]:
        """Whether the right entries are all there and others too, or only some of them, in the same order."""
        got, want = _vector(pair.got, pair.got_numbers), _vector(pair.want, pair.want_numbers)
        if got is None or want is None or got.shape[1:] != want.shape[1:] or len(got) == len(want):
            return
        if len(want) < 2 and len(got) < 2:
            return
        if len(got) < len(want) and _within(got, want):
            yield "missing"
        elif len(got) > len(want) and len(want) and _within(want, got):
            yield "extra"

    def say(self, key: Any, pair: Pair) -> Words:
        """`some of the right entries are missing`."""
        return Words(f"entries.{key}-among", {"part": pair.subject}, 0.7)


def _within(few: Floats, many: Floats) -> bool:
    """Whether all rows of one are rows of the other, in the same order."""
    place = 0
    for row in few:
        while place < len(many) and not np.array_equal(many[place], row):
            place += 1
        if place == len(many):
            return False
        place += 1
    return True


@relation
class WrongEnd(Relation):
    """A key is the place of the only entries that are wrong: first or last."""

    name = "wrong end"
    rank = 17.0

    def propose(self, pair: Pair) -> Iterator[Key]:
        """Whether all wrong entries are at one end."""
        got, want = pair.got_numbers, pair.want_numbers
        if got is None or want is None or got.shape != want.shape or not want.ndim:
            return
        if len(want) < 3:
            return
        rows = pair.bench.close.mask(got, want).reshape(len(want), -1)
        wrong = np.asarray(rows.any(axis=1)).tolist()
        if wrong[0] and not any(wrong[1:]):
            yield "first"
        if wrong[-1] and not any(wrong[:-1]):
            yield "last"
        if not wrong[0] and all(wrong[1:]):
            yield "not-first"
        if not wrong[-1] and all(wrong[:-1]):
            yield "not-last"

    def holds(self, key: Any, pair: Pair) -> bool:
        """Whether it is the same end here."""
        return not pair.wrong or any(key == other for other in self.propose(pair))

    def say(self, key: Any, pair: Pair) -> Words:
        """`only the first entry is wrong`."""
        return Words(f"partly-right.{key}", {"part": pair.subject}, 0.75)
