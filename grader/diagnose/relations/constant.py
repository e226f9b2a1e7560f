"""The result is the same whatever the arguments are, or is always wrong in the same way."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.compare import show
from grader.diagnose.evidence import Pair
from grader.diagnose.relation import Key, Relation, Words, relation
from grader.diagnose.sentences import shown


@relation
class Constant(Relation):
    """A key is ("is", value) or ("filled", number)."""

    name = "constant"
    rank = 7.0
    of_random = True

    def propose(self, pair: Pair) -> Iterator[Key]:
        """The value, unless the right one is filled with it, too: then something else is wrong."""
        found, want = _value(pair), pair.want_numbers
        if found is not None and (
            isinstance(found[1], (bool, str))
            or want is None
            or not want.size
            or not (want == found[1]).all()
        ):
            yield found

    def holds(self, key: Key, pair: Pair) -> bool:
        """Whether it is this value here, right or wrong."""
        return _value(pair) == key

    def say(self, key: Any, pair: Pair) -> Words:
        """`... is always 0`."""
        how, value = key
        said = show(value) if isinstance(value, (str, bool)) else shown(value)
        return Words(f"constant.{how}", {"part": pair.subject, "value": said})


def _value(pair: Pair) -> tuple[str, Any] | None:
    if isinstance(pair.got, (bool, np.bool_, str)):
        return "is", pair.got if isinstance(pair.got, str) else bool(pair.got)
    got = pair.got_numbers
    if got is None or not got.size:
        return None
    if not got.ndim:
        return "is", float(got)
    if got.size > 1 and bool((got == got.flat[0]).all()):
        return "filled", float(got.flat[0])
    return None


@relation
class OneSided(Relation):
    """A key is (what was said, what is right), either None where it varies."""

    name = "one-sided"
    rank = 26.0
    local = True

    def propose(self, pair: Pair) -> Iterator[Key]:
        """The two words or truth values."""
        kinds = (str, bool, np.bool_)
        if isinstance(pair.got, kinds) and isinstance(pair.want, kinds):
            yield str(pair.got), str(pair.want)
        if isinstance(pair.got, kinds) and not isinstance(pair.want, (bool, np.bool_)):
            yield str(pair.got), ""
        if isinstance(pair.want, str):
            yield "", str(pair.want)

    def say(self, key: Any, pair: Pair) -> Words:
        """`wherever it is wrong, it says False`."""
        got, want = key
        variant = "both" if got and want else "got" if got else "wanted"
        return Words(
            f"one-sided.{variant}", {"part": pair.subject, "got": got, "wanted": want}, 0.6
        )
