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
from grader.gradebook.ledger import Ledger
from grader.gradebook.publishing import drafted, standing_reports


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
        told = drafted(ledger, name) if draft else ledger.published(name)
        if not told:
            if wanted:
                raise UsageError(
                    f"no grade of {name} is published: grader publish {name}", slug="not-published"
                )
            continue
        reports = {
            report.student: report
            for report in standing_reports(connection, course, name, draft=draft)
        }
        most = max((exact(grade.max_points) for grade in told.values()), default=Decimal(0))
        results = {
            student: Result(
                student,
                exact(told[student].points) if student in told else None,
                exact(told[student].max_points) if student in told else most,
                "" if student in told else "not published",
                reports.get(student),
                {item: exact(points) for item, points in told[student].manual.items()}
                if student in told
                else {},
                exact(told[student].late) if student in told else Decimal(0),
            )
            for student in sorted({*told, *people})
        }
        sheets.append(
            Sheet(name, source.manifest.title, most, results, source, due_of(course, name))
        )
    if not sheets:
        raise UsageError(
            "no grade is published yet: grader publish ASSIGNMENT, or name a file with --from",
            slug="not-published",
        )
    return Grades(tuple(sheets), people, course.manifest.language)
