"""How a grade follows from what is stored, line by line; pure, so that anybody can check it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from fractions import Fraction
from typing import Literal

from grader.gradebook import rules
from grader.gradebook.decisions import EXTRA_CREDIT, Decided
from grader.gradebook.rules import exact
from grader.manifests import AssignmentEntry, Late
from grader.models import Outcome, Verdict

State = Literal["graded", "needs_review", "missing"]


@dataclass(frozen=True)
class ReportFact:
    """What a grade needs of a report."""

    id: int
    state: State
    score: float
    max_score: float
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True)
class AttemptFact:
    """One attempt and the report that stands for it."""

    number: int
    submitted: datetime | None
    source: str
    report: ReportFact | None
    #: Whether a notebook came with it, for people to grade.
    notebook: bool = False


@dataclass(frozen=True)
class Facts:
    """Everything that the grade of one student in one assignment follows from."""

    entry: AssignmentEntry
    late: Late
    attempts: Sequence[AttemptFact]
    #: Items that a person grades, and their points.
    rubric: Mapping[str, float] = field(default_factory=dict)
    #: The automatic points of the assignment, for who handed nothing in.
    max_score: float = 0.0
    extension: Decided | None = None
    override: Decided | None = None
    choice: Decided | None = None
    manual: Sequence[Decided] = ()
    waivers: Sequence[Decided] = ()
    #: The team that handed in, where it was one.
    team: str = ""


@dataclass(frozen=True)
class Grade:
    """A derived grade."""

    points: float
    max_points: float
    state: State
    provisional: bool
    attempt: int | None
    report: int | None
    lines: tuple[str, ...]
    #: Days taken from the bank of late days.
    banked: int = 0
    #: Of these points, what people gave by hand, by item, and what being late took off.
    manual: Mapping[str, float] = field(default_factory=dict)
    late: float = 0.0
    #: Being late could have cost points, but nobody knows when it was handed in.
    untimed: bool = False


@dataclass(frozen=True)
class _Candidate:
    """What an attempt would be worth."""

    fact: AttemptFact
    points: Fraction
    max_points: Fraction
    state: State
    provisional: bool
    banked: int
    manual: Mapping[str, float]
    late: Fraction
    lines: tuple[str, ...]


def derive(facts: Facts, bank: int = 0) -> Grade:
    """The grade of one student in one assignment, with so many late days left in the bank."""
    lines = [f"handed in by the team {facts.team}"] if facts.team else []
    tries = [
        rules.Try(each.submitted, each.report is not None and each.report.state == "needs_review")
        for each in facts.attempts
    ]
    chosen = None if facts.choice is None else facts.choice.body.attempt
    counted = []
    for each, admitted in zip(
        facts.attempts, rules.admitted(facts.entry.limit, tries), strict=True
    ):
        if not admitted and each.number != chosen:
            lines.append(f"attempt {each.number} does not count: too many within a short time")
        elif each.report is None:
            lines.append(f"attempt {each.number} is not graded yet")
        else:
            counted.append(_worth(facts, each, each.report, bank))
    best = _choose(facts, counted, lines)
    if best is None:
        manual = sum(map(exact, facts.rubric.values()), Fraction(0))
        best_max = exact(facts.max_score) + manual
        lines.append("nothing was handed in that counts: 0")
        grade = Grade(0.0, rules.rounded(best_max), "missing", False, None, None, ())
    else:
        lines += best.lines
        assert best.fact.report is not None
        grade = Grade(
            rules.rounded(best.points),
            rules.rounded(best.max_points),
            best.state,
            best.provisional,
            best.fact.number,
            best.fact.report.id,
            (),
            best.banked,
            best.manual,
            # So that both add up to the points before, rounded as they are.
            round(rules.rounded(best.points + best.late) - rules.rounded(best.points), 2),
            facts.late.costs(facts.entry.due) and best.fact.submitted is None,
        )
    points, state, late = grade.points, grade.state, grade.late
    if facts.override is not None:
        if facts.override.body.points is None:
            lines.append(f"what was set by hand is taken back ({facts.override.told})")
        else:
            points, state, late = facts.override.body.points, "graded", 0.0
            lines.append(f"set to {points:g} by hand ({facts.override.told})")
    lines.append(f"grade: {points:g} of {grade.max_points:g}")
    return replace(grade, points=points, state=state, late=late, lines=tuple(lines))


def _choose(facts: Facts, counted: Sequence[_Candidate], lines: list[str]) -> _Candidate | None:
    """The attempt that counts; `lines` gets the reason."""
    if facts.choice is not None and facts.choice.body.attempt is None:
        lines.append(f"the rule chooses again ({facts.choice.told})")
    elif facts.choice is not None:
        wanted = facts.choice.body.attempt
        for each in counted:
            if each.fact.number == wanted:
                lines.append(f"attempt {wanted} was chosen ({facts.choice.told})")
                return each
        lines.append(f"attempt {wanted} was chosen and is none that counts ({facts.choice.told})")
    if not counted:
        return None
    if facts.entry.attempts == "best":
        # Of equals the one that people can grade, and the earliest.
        best = max(counted, key=lambda each: (each.points, each.fact.notebook, -each.fact.number))
        lines += [
            f"attempt {each.fact.number} may be worth more: a person must look at it"
            for each in counted
            if each.state == "needs_review" and each is not best
        ]
    else:
        best = counted[-1]
    rule = f"the {facts.entry.attempts} of {len(counted)}" if len(counted) > 1 else "the only one"
    lines.append(f"attempt {best.fact.number} counts, {rule}")
    return best


def _worth(facts: Facts, attempt: AttemptFact, report: ReportFact, bank: int) -> _Candidate:
    lines: list[str] = []
    by_hand = {
        each.body.item: each
        for each in facts.manual
        if each.body.attempt == attempt.number and each.body.points is not None
    }
    score, top, state = _automatic(facts, report, by_hand, lines)
    for item, most in facts.rubric.items():
        top += exact(most)
        given = by_hand.get(item)
        if given is None:
            lines.append(f"{item}: not graded yet, of {most:g}")
        else:
            score += exact(given.body.points)
            lines.append(f"{item}: {given.body.points:g} of {most:g} ({given.told})")
    extra = by_hand.get(EXTRA_CREDIT)
    if extra is not None:
        score += exact(extra.body.points)
        lines.append(f"{EXTRA_CREDIT}: {extra.body.points:g} ({extra.told})")
    graded = {outcome.function for outcome in report.outcomes} | {*facts.rubric, EXTRA_CREDIT}
    for item, given in by_hand.items():
        if item not in graded:
            lines.append(
                f"{item}: {given.body.points:g} not counted, as nothing of that name is graded ({given.told})"
            )
    loss, banked = _lateness(facts, attempt, score, bank, lines)
    provisional = len(set(by_hand) & set(facts.rubric)) < len(facts.rubric)
    manual = {item: given.body.points for item, given in by_hand.items()}
    return _Candidate(
        attempt, score - loss, top, state, provisional, banked, manual, loss, tuple(lines)
    )


def _automatic(
    facts: Facts, report: ReportFact, by_hand: Mapping[str, Decided], lines: list[str]
) -> tuple[Fraction, Fraction, State]:
    """Points, maximum and state of the hidden tests, after waivers and what people gave functions in their place."""
    score, top = exact(report.score), exact(report.max_score)
    lines.append(f"hidden tests: {report.score:g} of {report.max_score:g}")
    waived = {}
    for each in facts.waivers:
        if each.body.gives == "as graded":
            lines.append(f"{each.body.test} counts as graded again ({each.told})")
        else:
            waived[each.body.test] = each
    # Other groups count once a value test does.
    worthy = {
        outcome.function
        for outcome in report.outcomes
        if outcome.group == "value"
        and (waiver := waived.get(outcome.test)) is not None
        and waiver.body.gives == "points"
    }
    faults = 0
    of_tests: dict[str, Fraction] = {}
    for outcome in report.outcomes:
        waiver = waived.get(outcome.test)
        points, most = exact(outcome.points or 0.0), exact(outcome.max_points)
        counted = points
        if waiver is None:
            # What a person judged needs no second look.
            faults += outcome.verdict is Verdict.FAULT and outcome.function not in by_hand
            passed = outcome.verdict is Verdict.PASSED or outcome.consequential_of is not None
            if passed and points < most and outcome.function in worthy:
                score, counted = score + most - points, most
                lines.append(
                    f"{outcome.test} counts with a value test that is waived, +{float(most - points):g}"
                )
        elif waiver.body.gives == "points":
            score, counted = score + most - points, most
            lines.append(f"{outcome.test} is waived, +{float(most - points):g} ({waiver.told})")
        else:
            score, top, counted = score - points, top - most, Fraction(0)
            lines.append(
                f"{outcome.test} leaves the maximum, −{float(points):g} of −{float(most):g} ({waiver.told})"
            )
        of_tests[outcome.function] = of_tests.get(outcome.function, Fraction(0)) + counted
    for function, tested in of_tests.items():
        given = by_hand.get(function)
        if given is not None:
            score += exact(given.body.points) - tested
            lines.append(
                f"{function}: {given.body.points:g} instead of {float(tested):g} ({given.told})"
            )
    was_fault = any(outcome.verdict is Verdict.FAULT for outcome in report.outcomes)
    state = "graded" if was_fault and not faults else report.state
    if state == "needs_review":
        lines.append("a person must look at this before it is published")
    return score, top, state


def _lateness(
    facts: Facts, attempt: AttemptFact, score: Fraction, bank: int, lines: list[str]
) -> tuple[Fraction, int]:
    """The points that being late costs, and the days taken from the bank."""
    due = facts.entry.due
    if due is None or facts.late.rule == "none":
        return Fraction(0), 0
    if facts.extension is not None:
        due = facts.extension.body.due
        lines.append(f"due {due.isoformat()}, an extension ({facts.extension.told})")
    else:
        lines.append(f"due {due.isoformat()}")
    if attempt.submitted is None:
        lines.append("nobody knows when it was handed in, so nothing is taken off")
        return Fraction(0), 0
    days = rules.days_late(due, attempt.submitted, facts.late.grace)
    when = f"handed in {attempt.submitted.isoformat()} ({attempt.source})"
    if not days:
        lines.append(f"{when}: in time")
        return Fraction(0), 0
    banked = rules.spent(facts.late, days, bank)
    share = rules.penalty(facts.late, days, banked)
    loss = score * share
    paid = f", {banked} of them from the bank" if banked else ""
    lines.append(
        f"{when}: {days} {'day' if days == 1 else 'days'} late{paid}, "
        f"−{float(share * 100):g} % of {float(score):g} = −{rules.rounded(loss):g}"
    )
    return loss, banked
