"""A suspect: another function that the student's may have computed. It predicts every answer, so it can be tested."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import numpy as np

from grader.diagnose.answers import Answer, numbers
from grader.diagnose.bench import Bench, Case
from grader.diagnose.evidence import Seen
from grader.diagnose.perform import perform
from grader.diagnose.relation import Words


@dataclass(eq=False)
class Suspect:
    """A function in place of the right one, and what to say if it explains the answers.

    Smaller ranks are better explanations; suspects with the same words are one.
    """

    words: Words
    rank: float
    function: Callable[..., Any]
    #: Whether what it changes, shares and warns of is part of the prediction, and an exception that it raises, too.
    watched: bool = False
    _answers: dict[Case, Answer] = field(default_factory=dict)

    @property
    def meaning(self) -> str:
        """What it says, as a text."""
        return f"{self.words.text} {self.words.params}"

    def answer(self, case: Case) -> Answer:
        """What it predicts for a case; computed once for those that are kept."""
        found = self._answers.get(case)
        if found is None:
            # Listed mistakes have their own ways with lists.
            args = case.args if self.watched else tuple(map(_as_array, case.args))
            found = perform(self.function, args, case.errstate, watch=self.watched)
            if case.kept:
                self._answers[case] = found
        return found

    def holds(self, seen: Seen) -> bool:
        """Whether the student's answer is what it predicts, and no nearer to the right one."""
        predicted = self.answer(seen.case)
        if predicted.lost or (predicted.raised and not self.watched):
            return False
        if not seen.bench.close.predicts(predicted, seen.got):
            return False
        return seen.wrong == seen.bench.close.wrong(predicted, seen.case.wanted)


def _as_array(value: Any) -> Any:
    if isinstance(value, list):
        made = numbers(value)
        if made is not None:
            return made if np.mod(made, 1).any() or not _whole(value) else np.array(value)
    return value


def _whole(value: Any) -> bool:
    return all(map(_whole, value)) if isinstance(value, list) else isinstance(value, int)


#: What the suspects that the assignment lists say.
LISTED: Final = "known-mistake"

#: Makes the suspects of one sort for a function.
Maker: TypeAlias = Callable[[Bench], Iterator[Suspect]]

#: By tier: those of a later one are only tried where all of the earlier ones fail.
MAKERS: Final[dict[int, list[Maker]]] = {1: [], 2: []}
#: Those of them whose suspects are wrong even where another right answer may hold other random numbers.
OF_RANDOM: Final[dict[int, list[Maker]]] = {1: [], 2: []}


def suspects(tier: int, *, of_random: bool = False) -> Callable[[Maker], Maker]:
    """Register a maker."""

    def declare(maker: Maker) -> Maker:
        MAKERS[tier].append(maker)
        if of_random:
            OF_RANDOM[tier].append(maker)
        return maker

    return declare
