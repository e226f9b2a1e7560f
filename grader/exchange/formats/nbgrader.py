"""The table that `nbgrader export` writes, with the quotes that it leaves out."""

from decimal import Decimal

from grader.exchange.cells import rounded
from grader.exchange.export import Export, Format, Request, new_scores
from grader.exchange.grades import Grades
from grader.exchange.tables import Cell, csv_of

HEADER = (
    "assignment",
    "duedate",
    "timestamp",
    "student_id",
    "last_name",
    "first_name",
    "email",
    "raw_score",
    "late_submission_penalty",
    "score",
    "max_score",
)


def make(grades: Grades, request: Request) -> Export:
    """The table: a row for each assignment and student; as there, who handed nothing in has 0 points."""
    rows: list[tuple[Cell, ...]] = [HEADER]
    for sheet in grades.sheets:
        for student in grades.students:
            person, result = grades.person(student), sheet.results.get(student)
            last, first = person.last_and_first
            report = result.report if result is not None else None
            raw: Cell = rounded(Decimal(0), request.places)
            score, late = raw, raw
            if result is not None and result.score is not None:
                score = rounded(result.score, request.places)
                late = rounded(result.late, request.places)
                raw = rounded(result.score + result.late, request.places)
            elif report is not None and report.state != "missing":
                raw = score = None
            rows.append(
                (
                    sheet.assignment,
                    sheet.due,
                    "" if result is None else result.submitted,
                    student,
                    last,
                    first,
                    person.email,
                    raw,
                    late,
                    score,
                    rounded(sheet.max_score, request.places),
                )
            )
    return Export({FORMAT.file: csv_of(rows)}, new_scores(grades, request))


FORMAT = Format("nbgrader", "The table of nbgrader export, quoted.", "nbgrader.csv", make)
