"""From a report and a policy to what one reader sees of it: a pure function."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from grader.feedback.catalogue import ORIGINAL, Catalogue, say_in
from grader.feedback.causes import Cause, causes
from grader.feedback.functions import function_rows
from grader.feedback.titles import title
from grader.feedback.view import (
    Certainty,
    Evidence,
    Example,
    Manual,
    Message,
    Sentence,
    View,
)
from grader.models import GROUPS, Finding, GradeReport, Outcome, Verdict
from grader.policy import Level, Rule, level_of, rules_for
from grader.readers import Audience, Phase

#: Hints and examples that one message shows, and tests.
MOST: Final = 3
MOST_TESTS: Final = 2
#: A submission may claim any line; more than this is no line of a module, and could carry what must stay hidden.
LAST_LINE: Final = 9999
#: What a warning of numpy becomes in tests that ask for none.
_WARNING: Final = "FloatingPointError"


@dataclass(frozen=True)
class Reading:
    """Who reads a report, when, and by which rules."""

    audience: Audience
    phase: Phase
    rules: tuple[Rule, ...] = ()
    #: In place of the report's own, for a preview.
    attempt: int | None = None


@dataclass(frozen=True)
class About:
    """What is known of an assignment besides a report."""

    name: str
    title: str
    #: The graded functions in the order of the assignment; others follow.
    functions: tuple[str, ...] = ()
    #: The source of hidden tests by id, for those to whom everything is told.
    sources: Mapping[str, str] = field(default_factory=dict)
    #: In which the author of the suite writes.
    language: str = ORIGINAL
    #: What students know parts by that people grade, by what staff call them.
    parts: Mapping[str, str] = field(default_factory=dict)


def view(report: GradeReport, about: About, reading: Reading, catalogue: Catalogue) -> View:
    """What this reader sees of the report now."""
    return _Composer(report, about, reading, catalogue).view()


class _Composer:
    def __init__(
        self, report: GradeReport, about: About, reading: Reading, catalogue: Catalogue
    ) -> None:
        self.report = report
        self.about = about
        self.reading = reading
        self.catalogue = catalogue
        attempt = reading.attempt or report.attempt or 1
        rules = rules_for(reading.rules, reading.audience, reading.phase, attempt)
        self.levels = [(o, level_of(rules, o)) for o in report.outcomes]
        nothing = Level.NOTHING
        self.told = [(o, level) for o, level in self.levels if level > nothing]
        self.counts = Counter((o.function, o.group) for o, _ in self.told)
        self.staff = reading.audience is not Audience.STUDENT

    def say(self, id: str, **params: object) -> Sentence:
        return Sentence(text=self.catalogue.say(id, **params), id=id)

    def english(self, text: str) -> Sentence:
        """A sentence of ours that did not come from the catalogue."""
        return Sentence(text=text, lang=self.lang)

    def authored(self, text: str) -> Sentence:
        """A sentence of whoever wrote the suite."""
        language = self.about.language
        return Sentence(text=text, lang=None if language == self.catalogue.language else language)

    @property
    def lang(self) -> str | None:
        return None if self.catalogue.language == ORIGINAL else ORIGINAL

    def view(self) -> View:
        report, reading = self.report, self.reading
        found = causes(self.told)
        anchors = {id(cause): f"cause-{number}" for number, cause in enumerate(found, 1)}
        messages = tuple(self.message(cause, found, anchors) for cause in found)
        everything = len(self.told) == len(self.levels)
        return View(
            assignment=self.about.name,
            title=self.about.title,
            student=report.student,
            attempt=reading.attempt or report.attempt,
            submitted=report.submitted,
            language=self.catalogue.language,
            audience=reading.audience,
            phase=reading.phase,
            score=report.score if everything else None,
            max_score=report.max_score,
            notices=tuple(self.notices(messages)),
            notes=report.load.notes,
            messages=messages,
            functions=tuple(
                function_rows(self.levels, self.about.functions, messages, self.catalogue)
            ),
            manual=tuple(
                Manual(item=self.part(item.item), points=item.points, max_points=item.max_points)
                for item in report.manual
            ),
            about=tuple(self.footer()),
        )

    def part(self, item: str) -> str:
        """A part that a person grades, as this reader knows it."""
        return item if self.staff else self.about.parts.get(item, item)

    # The beginning and the end

    def notices(self, messages: tuple[Message, ...]) -> Iterable[Sentence]:
        report = self.report
        if report.state == "missing":
            yield self.say("state.missing")
            return
        faults = [outcome.verdict for outcome in report.outcomes].count(Verdict.FAULT)
        told = any(message.what.id == "what.load" for message in messages)
        # What went wrong on our side is nothing for students; what is wrong in their file is.
        if report.load.error is not None and not told and (self.staff or report.state == "graded"):
            yield self.say("what.load")
            yield self.english(report.load.error)
        if report.state == "needs_review":
            yield self.say("state.review")
        if faults and not self.staff:
            yield self.say("state.faults", n=faults)
        count = len(self.told)
        verdicts = [outcome.verdict for outcome, _ in self.told]
        open_points = sum(item.max_points for item in report.manual if item.points is None)
        own = sum(message.what.id != "what.consequence" for message in messages)
        if own:
            yield self.say("state.causes", n=own)
        elif count and verdicts.count(Verdict.PASSED) == count:
            whole = count == len(report.outcomes)
            yield self.say("state.flawless" if whole else "state.clean", n=count)
        wrong = count - verdicts.count(Verdict.PASSED) - verdicts.count(Verdict.FAULT)
        silent = wrong - sum(m.tests for m in messages if m.what.id != "what.fault")
        if silent:
            yield self.say("state.silent", n=silent)
        if not count and report.outcomes:
            yield self.say("state.nothing_shown")
        elif count < len(report.outcomes):
            yield self.say("state.not_shown", n=len(report.outcomes) - count)
        if open_points:
            yield self.say("score.provisional", points=open_points)

    def footer(self) -> Iterable[Sentence]:
        report = self.report
        if not self.staff and any(o.visibility == "hidden" for o in report.outcomes):
            yield self.say("about.hidden")
        with_what = report.environment
        yield self.say("about.graded_with", python=with_what.python, numpy=with_what.numpy)
        if self.lang is not None:
            yield self.say("about.english")
        if self.staff:
            yield self.say("about.isolation", level=report.isolation)
            yield self.say("about.machine", machine=with_what.machine)
            yield self.say("about.seed", seed=report.seed)
            yield self.say("about.submission", digest=report.digests.submission)
            yield self.say("about.suite", digest=report.digests.suite)

    # Messages

    def message(self, cause: Cause, found: list[Cause], anchors: Mapping[int, str]) -> Message:
        outcomes = [outcome for outcome, _ in cause.failures]
        examples, pictures = self.examples(cause)
        # Nothing is lost, and nothing to be mended, while a person is going to look at it.
        ours = cause.sort == "fault" or (
            cause.sort == "load" and self.report.state == "needs_review"
        )
        what = self.what(cause)
        steps = () if ours else tuple(self.steps(cause))
        if (what.id or "").startswith("what.warned"):
            steps += (self.say("next.warned"),)
        certainty = None if cause.finding is None else _certainty(cause.finding.confidence)
        return Message(
            anchor=anchors[id(cause)],
            what=what,
            functions=cause.functions,
            kind=None if cause.finding is None else cause.finding.kind,
            tests=len(outcomes),
            lost=None if ours else cause.lost,
            where=self.where(cause),
            examples=examples,
            pictures=pictures,
            evidence=tuple(self.evidence(cause, beside=bool(examples), drawn=bool(pictures))),
            causes=tuple(self.likely(cause)),
            certainty=certainty,
            steps=steps,
            see=tuple(
                anchors[id(other)]
                for other in found
                if other.sort != "consequence"
                and {o.consequential_of for o in outcomes} & set(other.functions)
            ),
        )

    def what(self, cause: Cause) -> Sentence:
        functions = self.catalogue.listed([f"`{name}`" for name in cause.functions])
        first = cause.failures[0][0]
        match cause.sort:
            case "load" | "consequence" | "timeout" | "killed" | "refused" | "fault":
                other = f"`{first.consequential_of}`"
                n = len(cause.functions)
                return self.say(f"what.{cause.sort}", functions=functions, other=other, n=n)
            case "blocked":
                by = (first.blocked_by or "blocked").replace(" ", "_")
                return self.say(f"what.{by}", functions=functions, n=len(cause.functions))
            case "finding" if len(cause.functions) > 1:
                return self.say("what.several", functions=functions)
        leading = min((o for o, _ in cause.failures), key=lambda o: GROUPS.index(o.group))
        match leading.verdict:
            case Verdict.RAISED:
                return self.raised(functions, len(cause.functions), leading)
            case Verdict.FAILED:
                return self.say(f"what.failed_{leading.group}", functions=functions)
            case verdict:
                return self.say(f"what.{verdict.value}", functions=functions, n=1)

    def raised(self, functions: str, n: int, outcome: Outcome) -> Sentence:
        error = outcome.error
        if error is None or error.known is None:
            return self.say("what.raised_unknown", functions=functions, n=n)
        known = f"`{error.known}`"
        what = "what.warned" if error.known == _WARNING else "what.raised"
        if error.line is None or not 0 < error.line <= LAST_LINE:
            return self.say(f"{what}_somewhere", functions=functions, n=n, error=known)
        line = str(error.line)
        if error.cell is not None:
            line = self.catalogue.say("what.line_of_cell", line=line, cell=str(error.cell))
        return self.say(what, functions=functions, n=n, error=known, line=line)

    def where(self, cause: Cause) -> Sentence | None:
        """Which tests of the functions fail, by group."""
        if cause.sort in ("load", "blocked"):
            return None
        places = []
        ran = [outcome for outcome, _ in cause.failures if outcome.verdict is not Verdict.BLOCKED]
        for group in GROUPS:
            failing = sum(outcome.group == group for outcome in ran)
            if failing:
                total = sum(self.counts[function, group] for function in cause.functions)
                places.append(self.catalogue.say(f"tests.{group}", failing=failing, n=total))
        if not places:
            return None
        said = "evidence.where" if len(ran) == len(cause.failures) else "evidence.given_up"
        return self.say(said, places=self.catalogue.listed(places))

    def examples(self, cause: Cause) -> tuple[tuple[Example, ...], tuple[Any, ...]]:
        """Public examples, one of each function, and pictures of them."""
        examples: dict[str, Example] = {}
        pictures: dict[str, Any] = {}
        for outcome, _ in cause.failures if cause.finding is not None else ():
            for finding in outcome.findings:
                if cause.finding is None or finding.message != cause.finding.message:
                    continue
                example = _example(finding)
                if example is not None:
                    examples.setdefault(outcome.function, example)
                if finding.picture is not None:
                    pictures.setdefault(outcome.function, finding.picture)
        return tuple(examples.values())[:MOST], tuple(pictures.values())[:MOST]

    def evidence(self, cause: Cause, *, beside: bool, drawn: bool) -> Iterable[Evidence]:
        """What the tests saw: less where a public example, or a picture of one, is shown beside it."""
        if cause.sort == "load":
            yield Evidence(text=self.report.load.error or "", lang=self.lang)
            return
        if cause.sort == "consequence" and not self.staff:
            return
        shown: set[str] = set()
        for outcome, level in sorted(cause.failures, key=lambda f: GROUPS.index(f[0].group)):
            if cause.sort == "blocked":
                if outcome.blocked_by is not None:
                    return
            elif level < (Level.GAP if _is_gap(outcome) else Level.FULL):
                continue
            if outcome.message in shown or len(shown) >= MOST_TESTS - beside:
                continue
            shown.add(outcome.message)
            evidence = self.shown(outcome, level)
            yield evidence.model_copy(update={"picture": None}) if drawn else evidence

    def shown(self, outcome: Outcome, level: Level) -> Evidence:
        full = level is Level.FULL
        return Evidence(
            test=title(outcome.test) if full else None,
            text=outcome.message,
            lang=self.lang,
            frames=outcome.error.frames if outcome.error is not None and level >= Level.GAP else (),
            output=outcome.output if full else "",
            warnings=tuple(f"{w.category}: {w.message}" for w in outcome.warnings) if full else (),
            picture=outcome.picture if level >= Level.GAP else None,
            source=self.about.sources.get(outcome.test.partition("[")[0]) if full else None,
        )

    def likely(self, cause: Cause) -> Iterable[Sentence]:
        finding = cause.finding
        if finding is not None:
            yield self.told_by(finding)[0]

    def told_by(self, finding: Finding) -> tuple[Sentence, Sentence | None]:
        """What a finding says and advises, in the reader's language where that is known."""
        message, hint = say_in(finding.params, self.catalogue) or (finding.message, finding.hint)
        lang = self.lang if message == finding.message else None
        name = f"finding.{finding.kind}"
        said = Sentence(text=message, id=name, lang=lang)
        if hint is None:
            return said, None
        if finding.params.get("hint"):
            return said, self.authored(hint).model_copy(update={"id": name})
        return said, Sentence(text=hint, id=name, lang=lang)

    def steps(self, cause: Cause) -> Iterable[Sentence]:
        finding = cause.finding
        advice = None if finding is None else self.told_by(finding)[1]
        if advice is not None:
            yield advice
            if len(cause.functions) > 1:
                yield self.say("next.several")
            return
        outcomes = [outcome for outcome, _ in cause.failures]
        hints = dict.fromkeys(o.hint for o in outcomes if o.hint is not None)
        if cause.sort == "consequence":
            yield self.say("next.consequence", other=f"`{outcomes[0].consequential_of}`")
        elif hints:
            yield from map(self.authored, list(hints)[:MOST])
        elif cause.sort in ("failed", "finding"):
            group = min((o.group for o in outcomes), key=GROUPS.index)
            yield self.say(f"next.failed_{group}")
        elif cause.sort == "blocked":
            by = (outcomes[0].blocked_by or "blocked").replace(" ", "_")
            yield self.say(f"next.{by}")
            for name in cause.functions:
                if other := self.report.load.alike.get(name):
                    yield self.say("next.alike", function=f"`{name}`", other=f"`{other}`")
        else:
            yield self.say(f"next.{cause.sort}")


def _is_gap(outcome: Outcome) -> bool:
    """Whether the message tells of the submission's answer alone; other failed assertions show the test."""
    return outcome.compared or outcome.verdict is not Verdict.FAILED


def _certainty(confidence: float) -> Certainty:
    return "sure" if confidence >= 0.95 else "likely" if confidence >= 0.75 else "possible"


def _example(finding: Finding) -> Example | None:
    example = finding.params.get("example")
    if not isinstance(example, dict):
        return None
    parts = {part: example.get(part) for part in ("call", "got", "expected")}
    return (
        Example.model_validate(parts) if all(isinstance(p, str) for p in parts.values()) else None
    )
