"""One function of one submission: its answers on fresh inputs, what explains them, and which tests that explains."""

import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from typing import Any, Final

from grader.diagnose import behaviours as _behaviours  # registers them
from grader.diagnose import traits as _traits
from grader.diagnose.answers import Answer
from grader.diagnose.ask import Asker, Spent
from grader.diagnose.behaviours.errors import in_line
from grader.diagnose.bench import SQUARE, Case, Undrawable
from grader.diagnose.cause import BESIDE, Cause
from grader.diagnose.evidence import Seen
from grader.diagnose.explanation import BEHAVIOURS, Explanation, of_suspect
from grader.diagnose.judge import GOOD, RULE_TIME, Judge
from grader.diagnose.record import Failure, Recalled, recall
from grader.diagnose.relating import WITNESSES
from grader.diagnose.relation import Words
from grader.diagnose.sentences import inner
from grader.diagnose.special import Special, Symptom, same_elsewhere, symptom, words
from grader.diagnose.suspect import LISTED
from grader.diagnose.timer import guarded
from grader.diagnose.trait import give, traits_of
from grader.domains import Size
from grader.models import Finding

__all__ = ["Examination", "_behaviours", "_traits"]

log = logging.getLogger(__name__)

#: Ordinary inputs that are tried until enough answers are wrong.
MOST: Final = 48
#: Small inputs on which an explanation must hold, too, and how many of them.
CHECKS: Final = (
    Size(2, 2, 2, integers=True),
    Size(5, 2, 3),
    Size(3, 4, 2, integers=True),
    Size(4, 3, 2),
)
CHECKED: Final = 8
#: What numpy says where shapes do not fit together.
_UNFIT: Final = re.compile("shape|broadcast|dimension|align|size|length|boolean index")
#: How often another explanation is looked for when one does not hold there.
ROUNDS: Final = 3
#: Findings for one function.
FINDINGS: Final = 4
#: What calls do besides returning; it competes with nothing.
EFFECTS: Final = (*BESIDE, "too-many-calls", "ignored-generator")
#: Symptoms that a wrong way to calculate explains.
CALCULATED: Final = ("value", "non-finite", "unexpected-error")

AskReference = Callable[[str, tuple[Any, ...], Mapping[str, str] | None], Answer]


class Examination:
    """The search for what explains the failing tests of one function."""

    def __init__(self, judge: Judge, asker: Asker, ask_reference: AskReference) -> None:
        self._judge = judge
        self._bench = judge.bench
        self._asker = asker
        self._ask_reference = ask_reference
        self._seen: list[Seen] = []
        self._special: dict[Any, Cause | None] = {}
        self._elsewhere: list[Cause] | None = None
        #: What explains the failing tests, in their order.
        self.causes: list[Cause] = []
        self._findings: dict[str, tuple[Finding, ...]] = {}

    def run(self, failures: Sequence[Failure]) -> None:
        """Find what explains the failures, then an example for each finding."""
        self._seen = self._observe()
        main = self._main()
        effects = [self._effect(one) for one in self._behaviours() if one.kind in EFFECTS]
        if main is not None and main.explanation.rank > GOOD:
            # Who draws nothing at random needs no other explanation for other numbers.
            main = next((one for one in effects if one.kind == "ignored-generator"), main)
        for failure in failures:
            cause = self._cause_of(failure, main, effects)
            if cause is not None:
                if cause not in self.causes:
                    self.causes.append(cause)
                cause.tests.append(failure.test)
        for cause in self.causes[:FINDINGS]:
            finding = cause.finding(self._bench, self._ask)
            for test in cause.tests:
                self._findings[test] = (*self._findings.get(test, ()), finding)

    def findings(self) -> dict[str, tuple[Finding, ...]]:
        """What is told about each test."""
        return self._findings

    def _ask(self, case: Case) -> Answer:
        return self._asker.answer(self._bench.function, case.args, case.errstate)

    def _draw(self, number: int, size: Size) -> tuple[Any, ...] | None:
        return self._bench.draw("example", number, size)

    def _observe(self) -> list[Seen]:
        """Answers on ordinary inputs: enough of them, and more where few are wrong."""
        seen: list[Seen] = []
        enough = self._bench.enough
        for number in range(MOST):
            wrong = sum(one.wrong for one in seen)
            if number >= enough and (
                wrong >= self._bench.enough_wrong or (not wrong and number >= 2 * enough)
            ):
                break
            case = self._bench.ordinary(number)
            if not case.wanted.lost:
                try:
                    seen.append(Seen(self._bench, case, self._ask(case)))
                except Spent:
                    break
        return seen

    def _main(self) -> Cause | None:
        """What explains the wrong answers on ordinary inputs."""
        seen = self._seen
        if sum(one.wrong for one in seen) < WITNESSES:
            return None
        explanation = self._explanation()
        wrong = [one for one in seen if one.wrong]
        endings = (
            found
            for found in self._behaviours()
            if found.kind not in EFFECTS
            # An error on some inputs is worth telling; else all that is wrong must be wrong in this way.
            and (found.kind == "unexpected-error" or all(map(found.holds, wrong)))
        )
        ending = min(endings, key=lambda found: found.rank, default=None)
        if explanation is not None and (ending is None or explanation.rank <= ending.rank):
            listed = explanation.suspect
            if listed is None or listed.words.text != LISTED or explanation.condition is not None:
                return Cause(explanation, seen, self._draw)
            plain = self._judge.related(seen)
            return Cause(plain or explanation, seen, self._draw, listed=listed)
        if ending is not None and all(_unfit(one) for one in seen if ending.holds(one)):
            ending = self._square() or ending
        return None if ending is None else Cause(ending, seen, self._draw)

    def _explanation(self) -> Explanation | None:
        """What holds of all answers so far, and of those to a few small inputs."""
        answers = list(self._seen)
        for _ in range(ROUNDS):
            found = self._judge.explain(answers)
            if found is None:
                return None
            if found.suspect is not None:
                found = self._judge.winner(found, answers, self._ask)
            against = [one for one in self._small if not _agrees(found, one)]
            against += self._against(found)
            if not against:
                return found
            answers += against
        return None

    def _against(self, found: Explanation) -> list[Seen]:
        """Answers to inputs on which a suspect is known to be wrong, where the student does not do the same."""
        if found.suspect is None or found.suspect.words.text == LISTED or found.condition:
            return []
        cases = self._judge.witnesses(found.suspect)
        asked = [Seen(self._bench, case, self._ask(case)) for case in cases]
        return [one for one in asked if not found.holds(one)]

    @cached_property
    def _small(self) -> list[Seen]:
        """Answers on small inputs."""
        seen = []
        for number in range(CHECKED):
            size = CHECKS[number % len(CHECKS)]
            with suppress(Undrawable, Spent):
                case = self._bench.drawn("check", number, size)
                if not case.wanted.lost:
                    seen.append(Seen(self._bench, case, self._ask(case)))
        return seen

    def _square(self) -> Explanation | None:
        """Whether the errors go away where all sizes are equal."""
        seen = []
        for number in range(4):
            case = self._bench.drawn("square", number, SQUARE)
            if case.wanted.returned:
                seen.append(Seen(self._bench, case, self._ask(case)))
        if len(seen) < WITNESSES or any(not one.got.returned for one in seen):
            return None
        wrong = [one for one in seen if one.wrong]
        explanation = self._judge.explain(seen) if len(wrong) >= WITNESSES else None
        then = inner("then-wrong" if wrong else "nothing")
        if explanation is not None:
            said = explanation.words(wrong[0])
            then = inner("then", said={"text": said.text, **said.params})
        return Explanation(
            "shapes-do-not-fit",
            20.0,
            lambda one: one.wrong and one.got.raised is not None,
            lambda one: Words(
                "shapes-do-not-fit", {"place": in_line(one.got.raised), "then": then}
            ),
        )

    def _behaviours(self) -> Iterator[Explanation]:
        for finder in BEHAVIOURS:
            with guarded(finder.__name__, self._bench.function, RULE_TIME):
                for found in finder(self._seen):
                    if sum(map(found.holds, self._seen)) >= WITNESSES:
                        yield found

    def _cause_of(
        self, failure: Failure, main: Cause | None, effects: Sequence[Cause]
    ) -> Cause | None:
        """What explains one failing test: what its calls did, from the last one back."""
        calls = list(recall(failure, self._bench, self._ask_reference))
        for recalled in calls:
            for effect in effects:
                if _touched(recalled, effect):
                    return effect
        unread = any(recalled.seen is None for recalled in calls)
        readable = [recalled.seen for recalled in calls if recalled.seen is not None]
        found = [(seen, symptom(seen)) for seen in readable]
        calculated = any(one is not None and one.name in CALCULATED for _, one in found)
        usual = failure.group in ("value", "property")
        if main is not None and (calculated or (unread and (usual or self._certain(main)))):
            return main
        wrong_anyway = sum(seen.wrong for seen in self._seen) >= WITNESSES
        for number, (seen, one) in enumerate(found):
            # What is wrong on any input is not the doing of a special one.
            if one is not None and wrong_anyway and one.name in ("value", "non-finite", "type"):
                continue
            # How an error is worded, and what type a result has, matters to the last call at most.
            if one is not None and (number == 0 or one.name not in ("unclear-error", "type")):
                special = self._on_special_inputs(seen, one)
                if special is not None:
                    return special
        if main is not None:
            return main if usual else None
        counted = [one for one in effects if one.kind not in BESIDE]
        return next(iter([*self._listed_elsewhere(), *(counted if unread else [])]), None)

    def _certain(self, main: Cause) -> bool:
        """Whether a test whose calls cannot be read again surely fails for this reason."""
        return main.listed is not None or all(seen.wrong for seen in self._seen)

    def _effect(self, found: Explanation) -> Cause:
        """What calls do besides returning, with the hint of a listed mistake that does the same."""
        return Cause(found, self._seen, self._draw, listed=self._judge.same_beside(self._seen))

    def _on_special_inputs(self, seen: Seen, found: Symptom) -> Cause | None:
        """The cause of a failure on a special input; looked for once for each kind of input and failure."""
        traits = sorted(
            traits_of(seen.case.args, self._bench.profiles), key=lambda one: one[0].rank
        )
        options: list[Any] = list(traits)
        if found.name not in ("value", "non-finite"):
            options.append((None, None, 0))
        for trait, profile, index in options:
            key = (trait and trait.name, index, found.name, str(seen.case.errstate))
            if key not in self._special:
                special = same_elsewhere(
                    self._bench,
                    self._ask,
                    self._ordinarily,
                    (trait, profile, index),
                    found,
                    seen.case.errstate,
                    WITNESSES,
                )
                self._special[key] = None if special is None else self._cause_special(special)
            if self._special[key] is not None:
                return self._special[key]
        return None

    def _ordinarily(self, number: int) -> bool:
        """Whether the student is right on the ordinary input of that number."""
        case = self._bench.ordinary(number)
        for seen in self._seen:
            if seen.case is case:
                return not seen.wrong
        return not Seen(self._bench, case, self._ask(case)).wrong

    def _cause_special(self, special: Special) -> Cause:
        def fits(one: Seen) -> bool:
            found = symptom(one)
            return found is not None and found.name == special.symptom.name

        def draw(number: int, size: Size) -> tuple[Any, ...] | None:
            args = self._bench.draw("example", number, size)
            if args is None or special.trait is None or special.profile is None:
                return args
            rng = self._bench.rng("example with a trait", number)
            return give(special.trait, special.profile, special.index, args, rng)

        everything = [*special.seen, *(one for one in self._seen if one.case.errstate is None)]
        explanation = Explanation(
            words(special, special.seen[0]).kind,
            0.0,
            fits,
            lambda one: words(special, one),
            of_results=False,
        )
        return Cause(
            explanation,
            special.seen,
            draw,
            special.seen[0].case.errstate,
            next(self._judge.listed(everything), None),
        )

    def _listed_elsewhere(self) -> list[Cause]:
        """Listed mistakes that are right on ordinary inputs, as the student is, and wrong where the student is."""
        if self._elsewhere is None:
            self._elsewhere = []
            for suspect in self._judge.listed(self._seen):
                cases = self._judge.witnesses(suspect)
                if len(cases) < WITNESSES:
                    continue
                seen = [Seen(self._bench, case, self._ask(case)) for case in cases]
                if all(one.wrong and suspect.holds(one) for one in seen):
                    found = of_suspect(suspect)
                    self._elsewhere.append(Cause(found, seen, self._draw, listed=suspect))
                    break
        return self._elsewhere


def _unfit(seen: Seen) -> bool:
    """Whether an answer is an error about shapes."""
    raised = seen.got.raised
    return (
        raised is not None
        and raised.type in ("ValueError", "IndexError")
        and _UNFIT.search(raised.message) is not None
    )


def _agrees(found: Explanation, seen: Seen) -> bool:
    """Whether an answer is as the explanation has it: explained where it is wrong."""
    return not seen.wrong or not found.applies(seen) or found.holds(seen)


def _touched(recalled: Recalled, effect: Cause) -> bool:
    return (effect.kind == "changes-argument" and bool(recalled.got.changed)) or (
        effect.kind == "shares-memory" and bool(recalled.got.aliased)
    )
