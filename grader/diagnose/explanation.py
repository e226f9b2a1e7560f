"""An explanation: what may be told of wrong answers, and of which answers it is true."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from grader.diagnose.evidence import Seen
from grader.diagnose.relation import Words
from grader.diagnose.suspect import Suspect


@dataclass(frozen=True, eq=False)
class Explanation:
    """An explanation that holds of all answers that were seen, or of all under its condition."""

    #: The kind of finding that it leads to.
    kind: str
    #: Smaller ones are better explanations.
    rank: float
    holds: Callable[[Seen], bool]
    words: Callable[[Seen], Words]
    #: A text that begins the sentence, such as "with loss = 'absolute'"; None if it always holds.
    condition: dict[str, Any] | None = None
    applies: Callable[[Seen], bool] = lambda seen: True
    suspect: Suspect | None = None
    #: It speaks of wrong results; else of what calls do besides, right or wrong.
    of_results: bool = True

    def explains(self, seen: Seen) -> bool:
        """Whether it is what is wrong with this answer."""
        if self.of_results and not seen.wrong:
            return False
        return self.applies(seen) and self.holds(seen)


def of_suspect(suspect: Suspect) -> Explanation:
    """That the student's function computes what this one does."""
    return Explanation(
        suspect.words.kind,
        suspect.rank,
        suspect.holds,
        lambda seen: suspect.words,
        suspect=suspect,
    )


def behaves(words: Words, rank: float, holds: Callable[[Seen], bool]) -> Explanation:
    """What calls do besides returning, or how they end, if the sentence is the same for all of them."""
    return Explanation(words.kind, rank, holds, lambda seen: words, of_results=False)


#: Looks at answers on ordinary inputs for what needs no right result beside it: how calls end, what else they do.
Finder: TypeAlias = Callable[[Sequence[Seen]], Iterator[Explanation]]

BEHAVIOURS: Final[list[Finder]] = []


def behaviour(finder: Finder) -> Finder:
    """Register a finder."""
    BEHAVIOURS.append(finder)
    return finder
