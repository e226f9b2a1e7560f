"""The result holds the right rows, columns or entries in another order, whatever that is."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from grader.diagnose.answers import Floats
from grader.diagnose.evidence import Pair
from grader.diagnose.relation import Key, Relation, Words, relation


@relation
class Reordered(Relation):
    """A key says what was exchanged: columns, rows or entries."""

    name = "reordered"
    rank = 25.0
    #: Fewer different entries are too easily the same by chance.
    _ENOUGH: Final = 4

    def propose(self, pair: Pair) -> Iterator[Key]:
        """The most orderly exchange that explains it."""
        got, want = pair.got_numbers, pair.want_numbers
        if got is None or want is None or got.shape != want.shape or not want.ndim:
            return
        if np.unique(want).size < self._ENOUGH or not np.isfinite(want).all():
            return
        if want.ndim == 2 and _same_rows(got.T, want.T, pair):
            yield "columns"
        elif want.ndim == 2 and _same_rows(got, want, pair):
            yield "rows"
        elif not pair.bench.close.mask(np.sort(got, None), np.sort(want, None)).any():
            yield "entries"

    def say(self, key: Any, pair: Pair) -> Words:
        """`... holds the right columns in another order`."""
        return Words(f"reordered.{key}", {"part": pair.subject}, 0.8)


def _same_rows(got: Floats, want: Floats, pair: Pair) -> bool:
    order = np.lexsort(got.T), np.lexsort(want.T)
    return not pair.bench.close.mask(got[order[0]], want[order[1]]).any()
