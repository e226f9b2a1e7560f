"""Grades again what is stored, with the suite and the seed of then, to see whether the same comes out.

A verification is a batch over what the gradebook holds; no folder of submissions and no course secret is needed.
"""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection, select

from grader.batch import grade
from grader.bundles import lay_out, unpack
from grader.course import Assignment, Course
from grader.errors import StoreError, UsageError
from grader.gradebook import objects
from grader.gradebook.attempts import handed_in
from grader.gradebook.connection import Gradebook
from grader.gradebook.ledger import Ledger, read_report
from grader.gradebook.tables import reports
from grader.models import Graded, GradeReport, Submission
from grader.orders import Plan


@dataclass(frozen=True)
class Verified:
    """What grading a stored submission again found: what differs, a sentence each."""

    student: str
    assignment: str
    differences: tuple[str, ...]


@dataclass(frozen=True)
class Stored:
    """A stored report, the digest of the bundle that graded it, and the submission as it was then."""

    report: GradeReport
    bundle: str
    submission: Submission


def recall(connection: Connection, report: int) -> Stored:
    """What a stored report was made from. Raises StoreError when the gradebook lacks it."""
    row = connection.execute(
        select(reports.c.student, reports.c.digest, reports.c.bundle).where(reports.c.id == report)
    ).one()
    found = read_report(connection, report)
    submission = Submission(row.student, {})
    if found.state != "missing":
        submission = handed_in(connection, row.student, row.digest)
    return Stored(found, row.bundle, replace(submission, seed=found.seed))


@contextmanager
def laid_out(book: Gradebook, bundle: str) -> Iterator[Assignment]:
    """A stored suite with all that it needs, in a folder that goes away. Raises StoreError."""
    with book.read() as connection:
        files = unpack(objects.get(connection, bundle))
    with tempfile.TemporaryDirectory(prefix="grader-") as folder:
        try:
            yield lay_out(files, Path(folder))
        except OSError as error:
            raise StoreError(f"cannot lay out a stored suite: {error.strerror}") from error


def verify(
    book: Gradebook,
    course: Course,
    assignments: Sequence[str],
    students: Sequence[str],
    told: Callable[[Verified], None],
    *,
    jobs: int = 1,
) -> None:
    """Grade again the attempts that count: in these assignments, of these students or (none named) of all.

    Raises UsageError when nothing is stored of them.
    """
    for assignment in assignments:
        with book.read() as connection:
            groups = _groups(connection, course, assignment, students)
        if not groups and students:
            raise UsageError(
                f"the gradebook has no report of {', '.join(students)} in {assignment}",
                slug="unknown-student",
            )
        for (bundle, isolation), ids in sorted(groups.items()):
            with laid_out(book, bundle) as place:
                plan = Plan(place, None, isolation == "base")
                _verify_some(book, plan, ids, told, jobs)


def _groups(
    connection: Connection, course: Course, assignment: str, students: Sequence[str]
) -> Mapping[tuple[str, str], list[int]]:
    """The reports behind the present grades, by the bundle and the isolation under which they were made."""
    ledger = Ledger(connection, course)
    groups: dict[tuple[str, str], list[int]] = {}
    seen: set[int] = set()
    for student, each in ledger.grades(assignment):
        # Members of a team share one.
        if each.report is None or each.report in seen or (students and student not in students):
            continue
        seen.add(each.report)
        stored = recall(connection, each.report)
        groups.setdefault((stored.bundle, stored.report.isolation), []).append(each.report)
    return groups


def _verify_some(
    book: Gradebook,
    plan: Plan,
    ids: Sequence[int],
    told: Callable[[Verified], None],
    jobs: int,
) -> None:
    before: dict[str, GradeReport] = {}

    def submissions() -> Iterator[Submission]:
        for report in ids:
            with book.read() as connection:
                stored = recall(connection, report)
            before[stored.submission.student] = stored.report
            yield stored.submission

    def announce(graded: Graded) -> None:
        again = GradeReport.model_validate_json(graded.text)
        found = differences(before.pop(graded.student), again)
        told(Verified(graded.student, plan.assignment.name, found))

    grade(plan, submissions(), announce, jobs=min(jobs, len(ids)))


def differences(before: GradeReport, after: GradeReport) -> tuple[str, ...]:
    """How a report that was made again differs from the one that is stored, as far as a grade can depend on it."""
    found = []
    for name in ("state", "score", "max_score", "digests"):
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            found.append(f"{name} was {old}, is {new}")
    then = {outcome.test: outcome for outcome in before.outcomes}
    now = {outcome.test: outcome for outcome in after.outcomes}
    for test in dict.fromkeys([*then, *now]):
        one, other = then.get(test), now.get(test)
        if one is None or other is None:
            found.append(f"{test} was {'not ' if one is None else ''}there before")
        elif (one.verdict, one.points) != (other.verdict, other.points):
            found.append(
                f"{test} was {one.verdict} with {one.points} points, is {other.verdict} with {other.points}"
            )
    made, here = before.environment, after.environment
    if found and (made.python, made.numpy) != (here.python, here.numpy):
        found.append(
            f"it was graded with Python {made.python} and numpy {made.numpy}, now with {here.python} and {here.numpy}"
        )
    return tuple(found)
