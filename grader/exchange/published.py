"""What is exported from the gradebook: the grades that students were told, and nothing that was not published.

Where staff look at it themselves, it may be a draft of what would be published.
"""

from collections.abc import Iterable
from decimal import Decimal

from sqlalchemy import Connection

from grader.course import Course
from grader.errors import UsageError
from grader.exchange.cells import exact
from grader.exchange.grades import Grades, Person, Result, Sheet, due_of
from grader.gradebook.decisions import Published
from grader.gradebook.ledger import Ledger
from grader.gradebook.publishing import drafted, standing_reports
from grader.models import GradeReport


def from_gradebook(
    connection: Connection, course: Course, assignments: Iterable[str], *, draft: bool = False
) -> Grades:
    """The published grades of these assignments, or of all that have any, and the roster. Raises UsageError."""
    ledger = Ledger(connection, course)
    people = {
        student: Person(student, body.name, body.email, body.section, body.ids)
        for student, body in ledger.roster.items()
    }
    wanted = list(assignments)
    sheets = []
    for name in wanted or course.names:
        source = course.assignment(name)
        there = ledger.graded(name) if draft else ledger.published(name)
        if not there:
            if wanted:
                raise UsageError(
                    f"no grade of {name} is {'there' if draft else f'published: grader publish {name}'}",
                    slug="not-published",
                )
            continue
        told = drafted(ledger, name) if draft else ledger.published(name)
        reports = {
            report.student: report
            for report in standing_reports(connection, course, name, draft=draft)
        }
        most = max((exact(grade.max_points) for grade in told.values()), default=Decimal(0))
        results = {
            student: _result(student, told.get(student), most, reports.get(student))
            for student in sorted({*told, *people})
        }
        sheets.append(
            Sheet(name, source.manifest.title, most, results, source, due_of(course, name))
        )
    if not sheets:
        raise UsageError(
            "no grade is published yet: grader publish ASSIGNMENT, --draft, or name a file with --from",
            slug="not-published",
        )
    return Grades(tuple(sheets), people, course.manifest.language)


def differing(connection: Connection, course: Course, grades: Grades) -> list[str]:
    """The students to whom another grade was published than these say, in order."""
    ledger = Ledger(connection, course)
    return sorted(
        {
            student
            for sheet in grades.sheets
            if sheet.source is not None
            for student, told in ledger.published(sheet.assignment).items()
            if student in sheet.results
            and (score := sheet.results[student].score) is not None
            and score != exact(told.points)
        }
    )


def _result(
    student: str, told: Published | None, most: Decimal, report: GradeReport | None
) -> Result:
    if told is None:
        return Result(student, None, most, "not published", report)
    return Result(
        student,
        exact(told.points),
        exact(told.max_points),
        "",
        report,
        {item: exact(points) for item, points in told.manual.items()},
        exact(told.late),
        "" if report is None else report.submitted or "",
    )
