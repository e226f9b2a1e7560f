"""One row a test of each student, for staff: verdict, points and what explains them."""

from grader.exchange.cells import exact, rounded
from grader.exchange.export import Export, Format, Request, new_scores
from grader.exchange.grades import Grades
from grader.exchange.tables import Cell, csv_of

HEADER = (
    "assignment",
    "student",
    "function",
    "group",
    "test",
    "visibility",
    "verdict",
    "points",
    "max_points",
    "consequential_of",
    "findings",
)


def make(grades: Grades, request: Request) -> Export:
    """The table."""
    rows: list[tuple[Cell, ...]] = [HEADER]
    for sheet in grades.sheets:
        for student, result in sheet.results.items():
            for one in result.report.outcomes if result.report is not None else ():
                points = None if one.points is None else rounded(exact(one.points), request.places)
                rows.append(
                    (
                        sheet.assignment,
                        student,
                        one.function,
                        one.group,
                        one.test,
                        one.visibility,
                        one.verdict.value,
                        points,
                        rounded(exact(one.max_points), request.places),
                        one.consequential_of or "",
                        " ".join(finding.kind for finding in one.findings),
                    )
                )
    return Export({FORMAT.file: csv_of(rows)}, new_scores(grades, request))


FORMAT = Format("tests-csv", "One row a test of each student; for staff.", "tests.csv", make)
