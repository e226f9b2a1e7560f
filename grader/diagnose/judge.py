"""Weighs explanations: one is told only if it holds of every answer it speaks of, and of three wrong ones at least."""

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from grader.diagnose import relations as _relations  # registers them
from grader.diagnose import suspects as _suspects
from grader.diagnose.answers import Answer
from grader.diagnose.bench import Bench, Case
from grader.diagnose.evidence import Seen
from grader.diagnose.explanation import Explanation, of_suspect
from grader.diagnose.groups import groups
from grader.diagnose.pool import Pool, best, telling, witnesses
from grader.diagnose.relating import WITNESSES, related
from grader.diagnose.relation import RELATIONS, Relation
from grader.diagnose.suspect import LISTED, MAKERS, OF_RANDOM, Suspect
from grader.diagnose.timer import guarded

__all__ = ["Judge", "_relations", "_suspects"]

#: Explanations up to this rank are good enough not to look for one under some condition, or for a slip.
SURE: Final = 12.5
GOOD: Final = 17.0
#: What a condition adds to the rank.
CONDITIONED: Final = 1.5
#: Relations up to this rank are plain enough to stand beside a listed mistake.
PLAIN: Final = 13.9
#: Suspects of nearly the same rank are rivals; so many inputs are tried to tell them apart.
EQUAL: Final = 0.05
QUESTIONS: Final = 6
#: CPU seconds for one rule on one function, and for making all suspects of a tier.
RULE_TIME: Final = 0.25
MAKING_TIME: Final = 3.0
#: For trying all suspects of a tier on one function of one submission; what was computed is kept for the next.
TIER_TIME: Final = 0.6


class Judge:
    """The rules, the suspects about one function, and the search for the best of them."""

    def __init__(self, bench: Bench, rules: Sequence[Relation] | None = None) -> None:
        self.bench = bench
        rules = RELATIONS if rules is None else rules
        self.rules = [rule for rule in rules if bench.comparable or rule.of_random]
        self.pool = Pool(bench)
        self._made: dict[int, list[Suspect]] = {}
        self._witnesses: dict[Suspect, list[Case]] = {}

    def suspects(self, tier: int) -> list[Suspect]:
        """The suspects of a tier, made once; a maker that fails or takes long makes none."""
        if tier not in self._made:
            made: list[Suspect] = []
            # Where random numbers may be drawn otherwise, most other functions are right, too.
            for maker in MAKERS[tier] if self.bench.comparable else OF_RANDOM[tier]:
                with guarded(maker.__name__, self.bench.function, MAKING_TIME):
                    made.extend(maker(self.bench))
            self._made[tier] = sorted(made, key=lambda one: one.rank)
        return self._made[tier]

    def explain(self, answers: Sequence[Seen]) -> Explanation | None:
        """The best explanation of the wrong ones among these answers, or None."""
        best: Explanation | None = None
        for tier in sorted(MAKERS):
            for condition, applies, chosen in groups(answers):
                wrong = [seen for seen in chosen if seen.wrong]
                if len(wrong) < WITNESSES:
                    continue
                extra = CONDITIONED if condition else 0.0
                limit = math.inf if best is None else best.rank - extra
                for found in self._candidates(tier, chosen, wrong, limit):
                    rank = found.rank + extra
                    if best is None or rank < best.rank:
                        best = replace(found, rank=rank, condition=condition, applies=applies)
                if best is not None and best.rank <= SURE:
                    return best
            if best is not None and best.rank <= GOOD:
                return best
        return best

    def listed(self, answers: Sequence[Seen]) -> Iterator[Suspect]:
        """The listed mistakes that hold of all these answers."""
        for suspect in self.suspects(1):
            if suspect.words.text == LISTED:
                with guarded(suspect.meaning, self.bench.function, RULE_TIME):
                    if all(suspect.holds(seen) for seen in answers):
                        yield suspect

    def same_beside(self, answers: Sequence[Seen]) -> Suspect | None:
        """The listed mistake that returns the same and does the same besides, which the reference does not."""
        for suspect in self.listed(answers):
            if _same_beside(suspect, answers):
                pairs = [(suspect.answer(seen.case), seen.case.wanted) for seen in answers]
                if any(
                    one.changed or one.aliased or one.calls != other.calls for one, other in pairs
                ):
                    return suspect
        return None

    def related(self, answers: Sequence[Seen]) -> Explanation | None:
        """The simplest relation that holds of all these answers, if one of those with a plain name does."""
        wrong = [seen for seen in answers if seen.wrong]
        if any(not seen.got.returned for seen in wrong):
            return None
        found: list[Explanation] = []
        for rule in self.rules:
            if rule.rank <= PLAIN:
                with guarded(rule.name, self.bench.function, RULE_TIME):
                    found.extend(related(rule, answers, wrong))
        plain = [one for one in found if one.rank <= PLAIN]
        return min(plain, key=lambda one: one.rank, default=None)

    def winner(
        self, explanation: Explanation, answers: Sequence[Seen], ask: Callable[[Case], Answer]
    ) -> Explanation:
        """The one of equally good suspects that explains other answers too; each costs a call or more."""
        if explanation.suspect is None or explanation.condition:
            return explanation
        rivals = [
            suspect
            for suspect in self.suspects(1 if explanation.rank < GOOD else 2)
            if abs(suspect.rank - explanation.rank) < EQUAL
            and all(suspect.holds(seen) for seen in answers)
        ]
        rivals = _by_meaning(_alike(rivals, answers))
        asked: list[Seen] = []
        for _ in range(QUESTIONS):
            if len(rivals) < 2:
                break
            case = telling(self.pool, self.bench, rivals)
            if case is None:
                break
            asked.append(Seen(self.bench, case, ask(case)))
            rivals = best(rivals, asked)
        return of_suspect(rivals[0]) if rivals else explanation

    def witnesses(self, suspect: Suspect) -> list[Case]:
        """Inputs beyond the ordinary on which a suspect is wrong, found once."""
        if suspect not in self._witnesses:
            self._witnesses[suspect] = []
            with guarded(suspect.meaning, self.bench.function, MAKING_TIME):
                found = witnesses(self.pool, self.bench, suspect, WITNESSES + 1)
                self._witnesses[suspect] = found
        return self._witnesses[suspect]

    def _candidates(
        self, tier: int, chosen: Sequence[Seen], wrong: Sequence[Seen], limit: float
    ) -> Iterator[Explanation]:
        """What holds of all these answers and has a smaller rank than `limit`, and than those before it."""
        ordered = [*wrong, *(seen for seen in chosen if not seen.wrong)]
        end = time.process_time() + TIER_TIME
        for suspect in self.suspects(tier):
            if suspect.rank >= limit or time.process_time() > end:
                break
            with guarded(suspect.meaning, self.bench.function, RULE_TIME):
                if all(suspect.holds(seen) for seen in ordered):
                    yield of_suspect(suspect)
                    limit = suspect.rank
        if tier != 1 or any(not seen.got.returned for seen in wrong):
            return
        for rule in self.rules:
            if rule.rank - 1 < limit:
                with guarded(rule.name, self.bench.function, RULE_TIME):
                    yield from related(rule, chosen, wrong)


def _alike(rivals: list[Suspect], answers: Sequence[Seen]) -> list[Suspect]:
    """Those that also change, share and call what the student's function does, if there are any."""
    return [rival for rival in rivals if rival.watched and _same_beside(rival, answers)] or rivals


def _same_beside(suspect: Suspect, answers: Sequence[Seen]) -> bool:
    return all(
        (answer.changed, answer.aliased, answer.calls)
        == (seen.got.changed, seen.got.aliased, seen.got.calls)
        for seen in answers
        for answer in [suspect.answer(seen.case)]
    )


def _by_meaning(rivals: list[Suspect]) -> list[Suspect]:
    return list({rival.meaning: rival for rival in reversed(rivals)}.values())[::-1]
