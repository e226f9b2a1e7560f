"""The reports of the gradebook: what students were told, or what they would be told now, and what people said."""

from collections.abc import Mapping

from sqlalchemy import Connection

from grader.course import Course
from grader.errors import UsageError
from grader.feedback.students import Told
from grader.gradebook.comments import comments
from grader.gradebook.decisions import Published
from grader.gradebook.ledger import Ledger
from grader.gradebook.publishing import drafted, standing_reports
from grader.models import ReportFile


def from_gradebook(
    connection: Connection, course: Course, assignment: str | None = None, *, draft: bool = False
) -> Told:
    """The reports of an assignment, or of the only one that has any. Raises UsageError."""
    ledger = Ledger(connection, course)
    there = ledger.graded if draft else ledger.published
    names = [name for name in course.names if there(name)]
    if assignment is not None:
        names = [name for name in names if name == course.assignment(assignment).name]
    if not names:
        what = f"no grade of {assignment} is" if assignment else "no grade is"
        if draft:
            raise UsageError(
                f"{what} there: grader grade ASSIGNMENT FOLDER, or name a file with --from",
                slug="not-published",
            )
        raise UsageError(
            f"{what} published: grader publish ASSIGNMENT, --draft, or name a file with --from",
            slug="not-published",
        )
    if len(names) > 1:
        raise UsageError(f"say which with --assignment: {', '.join(names)}")
    (name,) = names
    found = tuple(standing_reports(connection, course, name, draft=draft))
    said: dict[str, list[str]] = {}
    attempts = {report.student: report.attempt for report in found}
    for (student, item), text in sorted(comments(connection, ledger, name, attempts).items()):
        said.setdefault(student, []).append(f"{item}: {text}" if item else text)
    told: Mapping[str, Published] = drafted(ledger, name) if draft else ledger.published(name)
    return Told(
        ReportFile(assignment=name, reports=found),
        {student: tuple(texts) for student, texts in said.items()},
        {student: (grade.points, grade.max_points) for student, grade in told.items()},
    )
