"""What a rule is: it proposes how a wrong result is related to the right one, checks that elsewhere, and says it."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final, TypeAlias

from grader.diagnose.evidence import Pair

Key: TypeAlias = Hashable


@dataclass(frozen=True)
class Words:
    """What a finding says: a text of the catalogue with its parameters, which everything else follows from."""

    text: str
    params: dict[str, Any] = field(default_factory=dict)
    confidence: float = 0.9

    @property
    def kind(self) -> str:
        """The kind of finding."""
        return self.text.partition(".")[0]


class Relation:
    """A relation between a wrong part of a result and the right one.

    `propose` reads keys off one wrong pair; a key holds if `holds` is true of all wrong pairs, and of the right ones
    too unless the relation is `local`. Smaller ranks are better explanations.
    """

    #: Its name in the log.
    name: ClassVar[str]
    rank: ClassVar[float] = 20.0
    #: Says something of the wrong results only: the right ones need not follow it.
    local: ClassVar[bool] = False
    #: Relates numbers: some must vary, or everything is a multiple of everything.
    numeric: ClassVar[bool] = False
    #: Holds of no right result, even where that may consist of other random numbers.
    of_random: ClassVar[bool] = False
    #: Looks at whole results, not at their parts.
    whole: ClassVar[bool] = False

    def propose(self, pair: Pair) -> Iterator[Key]:
        """Keys under which the relation may hold, the likeliest first."""
        raise NotImplementedError

    def holds(self, key: Key, pair: Pair) -> bool:
        """Whether it holds of this pair."""
        return any(key == other for other in self.propose(pair))

    def prefer(self, keys: list[Key]) -> list[Key]:
        """Of keys that all hold, those that may be told."""
        return keys

    def rank_of(self, key: Key) -> float:
        """How good an explanation this key is."""
        return self.rank

    def say(self, key: Key, pair: Pair) -> Words:
        """The finding, with the numbers of this pair."""
        raise NotImplementedError


RELATIONS: Final[list[Relation]] = []


def relation(rule: type[Relation]) -> type[Relation]:
    """Register a rule."""
    RELATIONS.append(rule())
    return rule
