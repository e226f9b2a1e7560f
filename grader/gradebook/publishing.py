"""What students are told: a grade is published once a person has seen what changes, and stays until then."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from grader.course import Course
from grader.errors import UsageError
from grader.gradebook.decisions import Decision, Published, decide
from grader.gradebook.derivation import Grade
from grader.gradebook.ledger import Ledger, read_report
from grader.models import GradeReport


@dataclass(frozen=True)
class Move:
    """What publishing would change for one student."""

    student: str
    before: Published | None
    after: Grade

    @property
    def difference(self) -> float | None:
        """The points that are gained; None for who had no grade."""
        return None if self.before is None else round(self.after.points - self.before.points, 2)

    @property
    def why(self) -> tuple[str, ...]:
        """The lines of the derivation that are new."""
        known = set(self.before.lines) if self.before is not None else set()
        return tuple(line for line in self.after.lines if line not in known)


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
            moves.append(Move(student, told.get(student), grade))
    return Preview(moves, withheld, unchanged)


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
        report = read_report(connection, grade.report)
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
