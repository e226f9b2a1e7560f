"""What staff see of a whole class: one frozen value, made of a file of reports by a pure function."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final, Literal

import numpy as np
from pydantic import ConfigDict, Field

from grader.feedback.items import discrimination, facility, quartiles, upper_lower
from grader.models import Finding, Frozen, GradeReport, Group, Outcome, ReportFile, Verdict

#: Bars of the histogram.
BINS: Final = 20
#: Rows of the lists of slow tests.
SLOWEST: Final = 10
#: The finding by which grading tells that a test ended otherwise the second time.
UNSTABLE: Final = "state-kept-between-calls"

#: Parameters of a finding that say what it is; others say how it shows in one submission.
_TELLING: Final = ("text", "mistake", "input", "argument", "error")

Basis = Literal["finding", "blocked", "error", "tests"]


class Distribution(Frozen):
    """The scores of the submissions that were graded."""

    count: int
    mean: float
    deviation: float = Field(description="The population's standard deviation.")
    lowest: float
    lower_quartile: float
    median: float
    upper_quartile: float
    highest: float
    #: How many submissions lie in each of equally wide intervals from 0 to the maximum.
    histogram: tuple[int, ...]


class Item(Frozen):
    """How a test or a function did as a measure."""

    name: str
    function: str
    group: Group | None = None
    max_points: float
    count: int = Field(description="Submissions in which it was judged.")
    full: int = Field(description="Those with all of its points.")
    facility: float | None
    discrimination: float | None
    upper_lower: float | None


class Shared(Frozen):
    """One cause in one function, and who has it."""

    function: str | None = Field(description="Null where it concerns all of them.")
    basis: Basis = Field(description="By what these submissions are alike.")
    kind: str | None = None
    text: str = Field(description="The finding; why nothing ran; or the type of the error.")
    params: dict[str, Any] = Field(description="Those of one such finding.")
    tests: tuple[str, ...] = Field(description="The tests that fail, where they are what is alike.")
    students: tuple[str, ...]
    of: int
    points: float = Field(description="What it cost the class.")


class Review(Frozen):
    """A submission at which a person must look."""

    student: str
    error: str | None
    tests: tuple[str, ...]


class Slow(Frozen):
    """The CPU seconds of a test."""

    test: str
    median: float
    longest: float
    student: str
    timeouts: int


class Unstable(Frozen):
    """A test that ended otherwise when it ran again, in a fresh process."""

    test: str
    students: tuple[str, ...]


class ClassView(Frozen):
    """A class and one assignment."""

    schema_: Literal[1] = Field(default=1, alias="schema")
    assignment: str
    max_score: float
    graded: int
    needs_review: int
    missing: int
    provisional: int
    distribution: Distribution | None
    functions: tuple[Item, ...]
    tests: tuple[Item, ...]
    causes: tuple[Shared, ...]
    review: tuple[Review, ...]
    slowest: tuple[Slow, ...]
    unstable: tuple[Unstable, ...]

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def class_view(file: ReportFile) -> ClassView:
    """What there is to see of all reports in a file."""
    reports = file.reports
    judged = [report for report in reports if report.outcomes]
    states = Counter(report.state for report in reports)
    return ClassView(
        assignment=file.assignment,
        max_score=max((report.max_score for report in reports), default=0.0),
        graded=states["graded"],
        needs_review=states["needs_review"],
        missing=states["missing"],
        provisional=sum(report.provisional for report in reports),
        distribution=_distribution([report for report in reports if report.state == "graded"]),
        functions=tuple(_items(judged, by_function=True)),
        tests=tuple(_items(judged, by_function=False)),
        causes=tuple(_causes(judged)),
        review=tuple(_review(report) for report in reports if report.state == "needs_review"),
        slowest=tuple(_slowest(judged)),
        unstable=tuple(_unstable(judged)),
    )


def _distribution(graded: Sequence[GradeReport]) -> Distribution | None:
    if not graded:
        return None
    scores = np.array([report.score for report in graded])
    top = max(report.max_score for report in graded) or 1.0
    lower, median, upper = quartiles(scores.tolist())
    counts, _ = np.histogram(scores, bins=BINS, range=(0.0, top))
    return Distribution(
        count=len(graded),
        mean=float(scores.mean()),
        deviation=float(scores.std()),
        lowest=float(scores.min()),
        lower_quartile=lower,
        median=median,
        upper_quartile=upper,
        highest=float(scores.max()),
        histogram=tuple(int(count) for count in counts),
    )


def _items(judged: Sequence[GradeReport], *, by_function: bool) -> Iterable[Item]:
    """The items in the order of the suite; a submission in which an item was not judged does not count for it."""
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    known: dict[str, tuple[Outcome, float]] = {}
    for report in judged:
        mine: dict[str, list[Outcome]] = defaultdict(list)
        for outcome in report.outcomes:
            mine[outcome.function if by_function else outcome.test].append(outcome)
        for name, outcomes in mine.items():
            known.setdefault(name, (outcomes[0], sum(o.max_points for o in outcomes)))
            if all(outcome.points is not None for outcome in outcomes):
                points[name].append((sum(o.points or 0.0 for o in outcomes), report.score))
    for name, (first, top) in known.items():
        if not top:
            # A test without points measures nothing.
            continue
        pairs = np.array(points[name], dtype=float).reshape(-1, 2)
        item, total = pairs[:, 0], pairs[:, 1]
        shares = item / top
        yield Item(
            name=name,
            function=first.function,
            group=None if by_function else first.group,
            max_points=top,
            count=len(item),
            full=int((item == top).sum()),
            facility=facility(shares) if len(item) else None,
            discrimination=discrimination(item, total),
            upper_lower=upper_lower(shares, total),
        )


class _Tally:
    """One cause in one function while it is counted."""

    def __init__(self) -> None:
        self.text = ""
        self.students: dict[str, None] = {}
        self.points = 0.0
        self.first: list[Outcome] = []


def _causes(judged: Sequence[GradeReport]) -> Iterable[Shared]:
    """What went wrong in each function, that which most students share first."""
    found: dict[tuple[str | None, Basis, object], _Tally] = defaultdict(_Tally)
    total: Counter[str] = Counter()
    for report in judged:
        failing: dict[str, list[Outcome]] = defaultdict(list)
        for outcome in report.outcomes:
            if _is_own(outcome):
                failing[outcome.function].append(outcome)
        total.update({outcome.function for outcome in report.outcomes})
        for name, outcomes in failing.items():
            for basis, key, text, those in _alike(outcomes):
                function = None if key == "load" else name
                tally = found[function, basis, key]
                tally.text = tally.text or text
                tally.students[report.student] = None
                tally.points += sum(o.max_points - (o.points or 0.0) for o in those)
                tally.first = tally.first or those
    for (function, basis, _), tally in sorted(found.items(), key=lambda entry: _rank(*entry)):
        finding = _best(tally.first[0]) if basis == "finding" else None
        yield Shared(
            function=function,
            basis=basis,
            kind=None if finding is None else finding.kind,
            params={} if finding is None else finding.params,
            text=tally.text,
            tests=tuple(o.test for o in tally.first) if basis == "tests" else (),
            students=tuple(tally.students),
            of=len(judged) if function is None else total[function],
            points=tally.points,
        )


def _rank(key: tuple[str | None, Basis, object], tally: _Tally) -> tuple[bool, int, float]:
    """What students did wrong comes before what they did not do."""
    not_done = key[1] == "blocked" and key[2] != "timeouts"
    return not_done, -len(tally.students), -tally.points


def _is_own(outcome: Outcome) -> bool:
    """Whether the submission failed here, and by no other function's fault."""
    excused = (Verdict.PASSED, Verdict.FAULT)
    return outcome.verdict not in excused and outcome.consequential_of is None


def _alike(outcomes: Sequence[Outcome]) -> Iterable[tuple[Basis, object, str, list[Outcome]]]:
    """The failures of one function in one submission, by what other submissions can be alike in."""
    late = [o for o in outcomes if o.verdict is Verdict.TIMEOUT or o.blocked_by == "timeouts"]
    if late:
        yield "blocked", "timeouts", "timeouts", late
        outcomes = [outcome for outcome in outcomes if outcome not in late]
    blocked = [outcome for outcome in outcomes if outcome.verdict is Verdict.BLOCKED]
    if blocked:
        why = blocked[0].blocked_by or "blocked"
        yield "blocked", why, why, blocked
    explained: dict[object, list[Outcome]] = defaultdict(list)
    rest = []
    for outcome in outcomes:
        if outcome.verdict is Verdict.BLOCKED:
            continue
        if outcome.findings:
            explained[_signature(_best(outcome))].append(outcome)
        else:
            rest.append(outcome)
    for key, those in explained.items():
        yield "finding", key, _best(those[0]).message, those
    raised = [outcome for outcome in rest if outcome.verdict is Verdict.RAISED]
    if raised and len(raised) == len(rest):
        known = (raised[0].error.known if raised[0].error else None) or "Exception"
        yield "error", known, known, raised
    elif rest:
        yield "tests", tuple(outcome.test for outcome in rest), "", rest


def _best(outcome: Outcome) -> Finding:
    return max(outcome.findings, key=lambda finding: finding.confidence)


def _signature(finding: Finding) -> tuple[object, ...]:
    """What findings of one cause share, whatever the numbers of their examples are."""
    words = {name: value for name, value in finding.params.items() if isinstance(value, str)}
    telling = {name: words[name] for name in _TELLING if name in words} or words
    return finding.kind, *sorted(telling.items())


def _review(report: GradeReport) -> Review:
    faults = tuple(o.test for o in report.outcomes if o.verdict is Verdict.FAULT)
    return Review(student=report.student, error=report.load.error, tests=faults)


def _slowest(judged: Sequence[GradeReport]) -> Iterable[Slow]:
    times: dict[str, list[tuple[float, str, bool]]] = defaultdict(list)
    for report in judged:
        for outcome in report.outcomes:
            if outcome.verdict is not Verdict.BLOCKED:
                timeout = outcome.verdict is Verdict.TIMEOUT
                times[outcome.test].append((outcome.cpu, report.student, timeout))
    rows = []
    for test, runs in times.items():
        longest, student, _ = max(runs)
        median = float(np.median([cpu for cpu, _, _ in runs]))
        timeouts = sum(late for _, _, late in runs)
        rows.append(
            Slow(test=test, median=median, longest=longest, student=student, timeouts=timeouts)
        )
    return sorted(rows, key=lambda row: -row.longest)[:SLOWEST]


def _unstable(judged: Sequence[GradeReport]) -> Iterable[Unstable]:
    found: dict[str, list[str]] = defaultdict(list)
    for report in judged:
        for outcome in report.outcomes:
            if any(f.kind == UNSTABLE and "counted" in f.params for f in outcome.findings):
                found[outcome.test].append(report.student)
    ranked = sorted(found.items(), key=lambda entry: -len(entry[1]))
    return [Unstable(test=test, students=tuple(students)) for test, students in ranked]
