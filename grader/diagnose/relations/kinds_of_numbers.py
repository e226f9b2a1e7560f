"""The values are right, but of another type: floats for whole numbers, numbers for truth values."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.compare import Nearly
from grader.diagnose.evidence import Pair
from grader.diagnose.relation import Key, Relation, Words, relation
from grader.diagnose.sentences import inner

_SORTS = {"b": "truth", "i": "whole", "u": "whole", "f": "float"}
_SINGLE: Nearly = "float32"


@relation
class KindOfNumbers(Relation):
    """A key is (kind that was got, kind that is wanted)."""

    name = "kind of numbers"
    rank = 5.5
    of_random = True

    def propose(self, pair: Pair) -> Iterator[Key]:
        """Whether only the kind differs."""
        found = pair.bench.close.differs(pair.got, pair.want)
        if found is None or found.kind != "dtype" or pair.want_numbers is None:
            return
        if pair.got_numbers is None or not np.array_equal(pair.got_numbers, pair.want_numbers):
            return
        yield np.asarray(pair.got).dtype.kind, np.asarray(pair.want).dtype.kind

    def holds(self, key: Key, pair: Pair) -> bool:
        """Whether it is the same here; nothing can be said of what is right."""
        return not pair.wrong or super().holds(key, pair)

    def say(self, key: Any, pair: Pair) -> Words:
        """`... holds floats where whole numbers are wanted`."""
        got, want = (inner(f"numbers-{_SORTS.get(kind, 'other')}") for kind in key)
        return Words("wrong-type.numbers", {"part": pair.subject, "got": got, "wanted": want})


@relation
class SinglePrecision(Relation):
    """The key says nothing."""

    name = "single precision"
    rank = 9.0
    local = True

    def propose(self, pair: Pair) -> Iterator[Key]:
        """Whether the comparison recognises it."""
        found = pair.bench.close.differs(pair.got, pair.want)
        if found is not None and found.nearly == _SINGLE:
            yield _SINGLE

    def say(self, key: Any, pair: Pair) -> Words:
        """The digits end too early."""
        return Words("single-precision", {"part": pair.subject})


@relation
class NearlyRight(Relation):
    """A key is what the comparison says of the size of the error."""

    name = "nearly right"
    rank = 30.0
    local = True

    def propose(self, pair: Pair) -> Iterator[Key]:
        """The verdict of the comparison, or an error below one in a hundred thousand."""
        found = pair.bench.close.differs(pair.got, pair.want)
        if found is not None and found.nearly in ("summation order", "within 10x tolerance"):
            yield "nearly"
        got, want = pair.got_numbers, pair.want_numbers
        if got is None or want is None or got.shape != want.shape or not want.size:
            return
        with np.errstate(all="ignore"):
            gap = (np.abs(got - want) <= 1e-5 * np.abs(want)) & np.isfinite(want)
        if bool((gap | (got == want)).all()):
            yield "nearly"

    def say(self, key: Any, pair: Pair) -> Words:
        """The error is small."""
        return Words("nearly-right", {"part": pair.subject}, 0.6)
