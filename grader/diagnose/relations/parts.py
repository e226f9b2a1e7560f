"""The parts of the result are exchanged, missing, too many, or in another container."""

from collections.abc import Iterator
from itertools import permutations
from typing import Any, Final

import numpy as np

from grader.diagnose.answers import Floats, numbers
from grader.diagnose.evidence import Pair, ordinal
from grader.diagnose.formulas import formula
from grader.diagnose.relation import Key, Relation, Words, relation
from grader.diagnose.sentences import inner


@relation
class ExchangedParts(Relation):
    """A key is the order in which the right parts stand in the result."""

    name = "exchanged parts"
    rank = 6.0
    of_random = True
    whole = True

    def propose(self, pair: Pair) -> Iterator[Key]:
        """The order that makes it right."""
        got, want = pair.got, pair.want
        if not isinstance(want, (tuple, list)) or not isinstance(got, (tuple, list)):
            return
        if len(got) != len(want) or not 2 <= len(want) <= 4 or isinstance(want, list):
            return
        for order in permutations(range(len(want))):
            if list(order) != sorted(order) and self.holds(order, pair):
                yield order

    def holds(self, key: Any, pair: Pair) -> bool:
        """Whether the parts are right in that order."""
        got, want = pair.got, pair.want
        if not isinstance(got, (tuple, list)) or len(got) != len(want) or len(want) != len(key):
            return False
        right = pair.bench.close.right
        return all(right(got[i], want[place]) for i, place in enumerate(key))

    def say(self, key: Any, pair: Pair) -> Words:
        """`the first and the second part are exchanged`."""
        moved = [ordinal(i) for i, place in enumerate(key) if i != place]
        if len(moved) == 2:
            return Words("parts.exchanged", {"one": moved[0], "other": moved[1]})
        return Words("parts.order")


def _scalars(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(part, (int, float)) for part in value)


@relation
class MissingParts(Relation):
    """A key says which part was returned alone, or how many there are."""

    name = "missing parts"
    rank = 6.5
    of_random = True
    whole = True

    def propose(self, pair: Pair) -> Iterator[Key]:
        """One part instead of all, or another number of parts of which some are right."""
        got, want, right = pair.got, pair.want, pair.bench.close.right
        if isinstance(want, tuple) and not isinstance(got, tuple):
            yield from (("only", i) for i, part in enumerate(want) if right(got, part))
        elif isinstance(want, (tuple, list)) and isinstance(got, type(want)):
            if len(got) == len(want) or not got or not want or _scalars(want):
                return
            count = min(len(got), len(want))
            if all(right(got[i], want[i]) for i in range(count)):
                yield ("missing", len(got) - len(want), "end")
            elif all(right(got[-i], want[-i]) for i in range(1, count + 1)):
                yield ("missing", len(got) - len(want), "start")
        elif isinstance(got, tuple) and not isinstance(want, (tuple, list)):
            yield from (("among", i) for i, part in enumerate(got[:6]) if right(part, want))

    def say(self, key: Any, pair: Pair) -> Words:
        """What is missing or too much."""
        what, number = key[0], key[1]
        if what in ("only", "among"):
            return Words(f"parts.{what}", {"ordinal": ordinal(number)})
        more = "more" if number > 0 else "fewer"
        return Words(f"parts.{more}-{key[2]}", {"number": abs(number)})


@relation
class WrongContainer(Relation):
    """A key is (type that was got, type that is wanted)."""

    name = "container"
    rank = 5.0
    of_random = True
    whole = True

    def propose(self, pair: Pair) -> Iterator[Key]:
        """Whether the values are right in another container."""
        got, want = pair.got, pair.want
        if not isinstance(got, (list, tuple, np.ndarray)) or type(got) is type(want):
            return
        if isinstance(want, np.ndarray) and pair.got_numbers is not None:
            # As an array it has the type of numbers that the list holds.
            same = pair.bench.close.right(np.asarray(got), want)
        elif isinstance(want, (list, tuple)):
            same = pair.bench.close.right(type(want)(got), want)
        else:
            same = False
        if same:
            yield type(got).__name__, type(want).__name__

    def say(self, key: Any, pair: Pair) -> Words:
        """`a list where an array is wanted`."""
        got, want = (inner(f"container-{name}") for name in key)
        return Words("wrong-type.container", {"got": got, "wanted": want})


_SUMMARIES: Final = ("sum", "mean", "same")


def _summary(name: str, values: Floats) -> Any:
    return values if name == "same" else formula(f"{name}(x)", "x")(values)


@relation
class PartsOfEachOther(Relation):
    """A key is (wrong part, summary, the part that it summarises)."""

    name = "parts of each other"
    rank = 13.0
    whole = True

    def propose(self, pair: Pair) -> Iterator[Key]:
        """Whether one part is made of another one."""
        got, want = pair.got, pair.want
        if not isinstance(want, tuple) or not isinstance(got, tuple) or len(got) != len(want):
            return
        for i, part in enumerate(want):
            if pair.bench.close.right(got[i], part):
                continue
            for j in range(len(want)):
                for name in _SUMMARIES:
                    if i != j and self.holds((i, name, j), pair):
                        yield i, name, j

    def holds(self, key: Any, pair: Pair) -> bool:
        """Whether the part is that summary of the other one, which is right."""
        i, name, j = key
        got, want = pair.got, pair.want
        if not isinstance(got, tuple) or len(got) <= max(i, j):
            return False
        other = numbers(got[j])
        if other is None or not pair.bench.close.right(got[j], want[j]):
            return False
        return pair.bench.close.right(got[i], _summary(name, other))

    def say(self, key: Any, pair: Pair) -> Words:
        """`the second returned value is the sum of the first`."""
        i, name, j = key
        return Words(f"parts.{name}", {"one": ordinal(i), "other": ordinal(j)})
