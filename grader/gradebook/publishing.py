"""What students are told: a grade is published once a person has seen what changes, and stays until then."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from grader.course import Course
from grader.errors import UsageError
from grader.gradebook.decisions import Decision, Published, decide
from grader.gradebook.derivation import Grade
from grader.gradebook.ledger import Ledger, read_report
from grader.models import GradeReport, Outcome


@dataclass(frozen=True)
class Move:
    """What publishing would change for one student."""

    student: str
    before: Published | None
    after: Grade
    #: Which tests came out otherwise than in the report that was published.
    tests: tuple[str, ...] = ()

    @property
    def difference(self) -> float | None:
        """The points that are gained; None for who had no grade."""
        return None if self.before is None else round(self.after.points - self.before.points, 2)

    @property
    def differs(self) -> bool:
        """Whether points that were published, or what they are out of, become other ones."""
        then, now = self.before, self.after
        return then is not None and (then.points, then.max_points) != (now.points, now.max_points)

    @property
    def why(self) -> tuple[str, ...]:
        """The lines of the derivation that are new, and the tests behind them."""
        known = set(self.before.lines) if self.before is not None else set()
        return (*(line for line in self.after.lines if line not in known), *self.tests)


@dataclass(frozen=True)
class Effect:
    """What a decision would do to one student's grade, published or not."""

    student: str
    before: Grade
    after: Grade


def effects(before: Ledger, after: Ledger, assignment: str) -> list[Effect]:
    """Whose grade differs between two views of the gradebook."""
    old = dict(before.grades(assignment))
    return [
        Effect(student, old[student], grade)
        for student, grade in after.grades(assignment)
        if (grade.points, grade.max_points, grade.state)
        != (old[student].points, old[student].max_points, old[student].state)
    ]


@dataclass(frozen=True)
class Preview:
    """What publishing an assignment would do."""

    moves: Sequence[Move]
    #: Students whose grade a person must look at first.
    withheld: Sequence[str]
    unchanged: int


def preview(ledger: Ledger, assignment: str) -> Preview:
    """What would be told that students were not told yet."""
    told = ledger.published(assignment)
    moves, withheld, unchanged = [], [], 0
    for student, grade in ledger.grades(assignment):
        if grade.state == "needs_review":
            withheld.append(student)
        elif told.get(student) == _published(grade):
            unchanged += 1
        else:
            moves.append(_move(ledger, student, told.get(student), grade))
    return Preview(moves, withheld, unchanged)


def _move(ledger: Ledger, student: str, before: Published | None, after: Grade) -> Move:
    move = Move(student, before, after)
    if before is None or not move.differs or before.report == after.report:
        return move
    then, now = ledger.outcomes(before.report), ledger.outcomes(after.report)
    return Move(student, before, after, tuple(_other_ends(then, now)))


def _other_ends(before: Sequence[Outcome], after: Sequence[Outcome]) -> Iterator[str]:
    """How tests came out otherwise, a line each."""
    then = {outcome.test: outcome for outcome in before}
    now = {outcome.test: outcome for outcome in after}
    for test in dict.fromkeys([*then, *now]):
        was, ended = _end(then.get(test)), _end(now.get(test))
        if was != ended:
            yield f"{test}: {was} → {ended}"


def _end(outcome: Outcome | None) -> str:
    if outcome is None:
        return "not there"
    points = "no points yet" if outcome.points is None else f"{outcome.points:g}"
    return f"{outcome.verdict}, {points} of {outcome.max_points:g}"


def _published(grade: Grade) -> Published:
    return Published(
        attempt=grade.attempt,
        report=grade.report,
        points=grade.points,
        max_points=grade.max_points,
        provisional=grade.provisional,
        manual=dict(grade.manual),
        late=grade.late,
        lines=grade.lines,
    )


def drafted(ledger: Ledger, assignment: str) -> dict[str, Published]:
    """What students would be told now, but for grades that a person must look at first."""
    return {
        student: _published(grade)
        for student, grade in ledger.grades(assignment)
        if grade.state != "needs_review"
    }


def publish(
    connection: Connection, course: Course, assignment: str, shown: Preview, why: str
) -> None:
    """Tell students what was previewed, in a writer's transaction. Raises UsageError where that is not so any more."""
    if preview(Ledger(connection, course), assignment) != shown:
        raise UsageError("grades changed while you were looking; nothing is published: look again")
    decide(
        connection,
        (Decision(_published(move.after), why, assignment, move.student) for move in shown.moves),
    )


def standing_reports(
    connection: Connection, course: Course, assignment: str, *, draft: bool = False
) -> Iterator[GradeReport]:
    """The report behind each student's published grade, under the student's name; with `draft` behind the present one.

    What lies after grading (feedback, exports) reads these, so that nobody is told what was not published.
    """
    ledger = Ledger(connection, course)
    grades: dict[str, Published] = ledger.published(assignment)
    if draft:
        grades = {student: _published(grade) for student, grade in ledger.grades(assignment)}
    for student, grade in sorted(grades.items()):
        if grade.report is None:
            continue
        facts = ledger.facts(student, assignment)
        times = {each.number: each.submitted for each in facts.attempts}
        when = times.get(grade.attempt or 0)
        try:
            report = read_report(connection, grade.report)
        except UsageError:
            # It was erased with the team that handed it in.
            continue
        yield report.model_copy(
            update={
                "student": student,
                "attempt": grade.attempt,
                "submitted": None if when is None else when.isoformat(),
                "provisional": grade.provisional,
                "manual": tuple(
                    item.model_copy(update={"points": grade.manual.get(item.item)})
                    for item in report.manual
                ),
            }
        )
