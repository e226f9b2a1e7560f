"""How each function did, as far as it is told."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from grader.feedback.catalogue import Catalogue
from grader.feedback.titles import title
from grader.feedback.view import FunctionRow, Message, Passed, Sentence, State, TestRow
from grader.models import GROUPS, Outcome, Verdict
from grader.policy import Level


def function_rows(
    levels: Sequence[tuple[Outcome, Level]],
    order: Sequence[str],
    messages: Sequence[Message],
    catalogue: Catalogue,
) -> Iterable[FunctionRow]:
    """A row for each function that has tests, in this order; others follow."""
    graded: dict[str, list[tuple[Outcome, Level]]] = defaultdict(list)
    for outcome, level in levels:
        graded[outcome.function].append((outcome, level))
    # Members of an enumeration are slow to look up before Python 3.12, and this is done for each test of a class.
    nothing, full = Level.NOTHING, Level.FULL
    for name in dict.fromkeys((*(name for name in order if name in graded), *graded)):
        mine = graded[name]
        told = [outcome for outcome, level in mine if level > nothing]
        known = [points for outcome in told if (points := outcome.points) is not None]
        yield FunctionRow(
            name=name,
            state=_state(told, complete=len(told) == len(mine)),
            points=sum(known) if len(known) == len(mine) else None,
            max_points=sum([outcome.max_points for outcome, _ in mine]),
            groups=tuple(_groups(told)),
            note=_note(told, catalogue) if 0 in known else None,
            anchors=tuple(message.anchor for message in messages if name in message.functions),
            tests=tuple([_row(outcome) for outcome, level in mine if level is full]),
        )


def _row(outcome: Outcome) -> TestRow:
    return TestRow(
        test=title(outcome.test),
        group=outcome.group,
        verdict=outcome.verdict.value,
        points=outcome.points,
        max_points=outcome.max_points,
        cpu=outcome.cpu,
    )


def _state(told: Sequence[Outcome], *, complete: bool) -> State:
    verdicts = [outcome.verdict for outcome in told]
    if verdicts.count(Verdict.PASSED) == len(verdicts):
        return "right" if told and complete else "unknown"
    if Verdict.FAULT in verdicts:
        return "review"
    wrong = (outcome for outcome in told if outcome.verdict is not Verdict.PASSED)
    if all(outcome.consequential_of is not None for outcome in wrong):
        return "excused"
    if set(verdicts) == {Verdict.BLOCKED}:
        return "blocked"
    return "partly" if any(outcome.points for outcome in told) else "wrong"


def _groups(told: Sequence[Outcome]) -> Iterable[Passed]:
    passed = Verdict.PASSED
    of_all = [outcome.group for outcome in told]
    of_passed = [outcome.group for outcome in told if outcome.verdict is passed]
    for group in GROUPS:
        if group in of_all:
            yield Passed(group=group, passed=of_passed.count(group), total=of_all.count(group))


def _note(told: Sequence[Outcome], catalogue: Catalogue) -> Sentence | None:
    gated = any(o.points == 0 and o.max_points and o.verdict is Verdict.PASSED for o in told)
    gate = "function.gated"
    return Sentence(text=catalogue.say(gate), id=gate) if gated else None
