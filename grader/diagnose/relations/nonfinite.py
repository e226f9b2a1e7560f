"""NaN or infinity stands where a number is wanted, or a number where those are."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.diagnose.answers import Floats
from grader.diagnose.evidence import Pair
from grader.diagnose.relation import Key, Relation, Words, relation

ANY = "NaN or infinity"


def _sort(values: Floats) -> str:
    found = [
        name
        for name, there in (
            ("NaN", np.isnan(values)),
            ("inf", np.isposinf(values)),
            ("-inf", np.isneginf(values)),
        )
        if there.any()
    ]
    return found[0] if len(found) == 1 else ANY


@relation
class NonFinite(Relation):
    """A key is (what stands there, what is wanted there); "" stands for finite numbers."""

    name = "non-finite"
    rank = 18.0
    of_random = True
    local = True

    def propose(self, pair: Pair) -> Iterator[Key]:
        """What stands in the places that are wrong, if it is not a number, or should not be one."""
        got, want = pair.got_numbers, pair.want_numbers
        if got is None or want is None or got.shape != want.shape or not want.size:
            return
        wrong = pair.bench.close.mask(got, want)
        there, wanted = got[wrong], want[wrong]
        if not wrong.any():
            return
        if not np.isfinite(there).any() and np.isfinite(wanted).all():
            yield _sort(there), ""
            yield ANY, ""
        elif np.isfinite(there).all() and not np.isfinite(wanted).any():
            yield "", _sort(wanted)
        elif not np.isfinite(there).any() and not np.isfinite(wanted).any():
            yield _sort(there), _sort(wanted)

    def say(self, key: Any, pair: Pair) -> Words:
        """`... has NaN where a number is wanted`."""
        there, wanted = key
        variant = (
            "missing" if not there else "other" if wanted else "nan" if there == "NaN" else "got"
        )
        return Words(
            f"non-finite.{variant}", {"part": pair.subject, "got": there, "wanted": wanted}, 0.8
        )
