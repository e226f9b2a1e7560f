"""One row a test of each student, for staff: verdict, points and what explains them."""

from functools import lru_cache

from grader.exchange.cells import exact, rounded
from grader.exchange.export import Export, Format, Request, new_scores
from grader.exchange.grades import Grades
from grader.exchange.tables import csv_of
from grader.models import Verdict

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
    rows = [csv_of([HEADER])]
    for sheet in grades.sheets:
        for student, result in sheet.results.items():
            who = csv_of([(sheet.assignment, student)]).rstrip()
            for one in result.report.outcomes if result.report is not None else ():
                told = _told(
                    one.function,
                    one.group,
                    one.test,
                    one.visibility,
                    one.verdict,
                    one.points,
                    one.max_points,
                    one.consequential_of,
                    " ".join([finding.kind for finding in one.findings]),
                    request.places,
                )
                rows.append(b"%b,%b" % (who, told))
    return Export({FORMAT.file: b"".join(rows)}, new_scores(grades, request))


# A class has the same few outcomes of each test.
@lru_cache(1 << 14)
def _told(
    function: str,
    group: str,
    test: str,
    visibility: str,
    verdict: Verdict,
    points: float | None,
    max_points: float,
    consequential_of: str | None,
    findings: str,
    places: int,
) -> bytes:
    """A row without its first two cells."""
    shown = (
        None if number is None else rounded(exact(number), places)
        for number in (points, max_points)
    )
    return csv_of(
        [
            (
                function,
                group,
                test,
                visibility,
                verdict.value,
                *shown,
                consequential_of or "",
                findings,
            )
        ]
    )


FORMAT = Format("tests-csv", "One row a test of each student; for staff.", "tests.csv", make)
