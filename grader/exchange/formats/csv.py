"""One row a student, for spreadsheets: scores by assignment, then points by function."""

from collections import defaultdict
from decimal import Decimal

from grader.exchange.cells import exact, rounded
from grader.exchange.export import Export, Format, Request, new_scores
from grader.exchange.grades import Grades, Result, Sheet
from grader.exchange.tables import Cell, csv_of


def make(grades: Grades, request: Request) -> Export:
    """The table."""
    rows = table(grades, request)
    return Export({FORMAT.file: csv_of(rows)}, new_scores(grades, request))


def table(grades: Grades, request: Request) -> list[list[Cell]]:
    """Its rows, the titles first."""
    functions = {sheet.assignment: _functions(sheet) for sheet in grades.sheets}
    header: list[Cell] = ["student", "name", "email", "section"]
    for sheet in grades.sheets:
        header += [f"{sheet.assignment} {what}" for what in ("score", "max", "state")]
        header += [f"{sheet.assignment} {name}" for name in functions[sheet.assignment]]
    rows = [header]
    for student in grades.students:
        person = grades.person(student)
        row: list[Cell] = [student, person.name, person.email, person.section]
        for sheet in grades.sheets:
            result = sheet.results.get(student)
            row += _cells(result, functions[sheet.assignment], request.places)
        rows.append(row)
    return rows


def _functions(sheet: Sheet) -> list[str]:
    if sheet.source is not None:
        return list(sheet.source.functions)
    reports = (result.report for result in sheet.results.values() if result.report is not None)
    return list(dict.fromkeys(o.function for report in reports for o in report.outcomes))


def _cells(result: Result | None, functions: list[str], places: int) -> list[Cell]:
    if result is None:
        return [None, None, "", *(None for _ in functions)]
    state = result.report.state if result.report is not None else ""
    points: dict[str, list[float | None]] = defaultdict(list)
    for outcome in result.report.outcomes if result.report is not None else ():
        points[outcome.function].append(outcome.points)
    score = None if result.score is None else rounded(result.score, places)
    return [
        score,
        rounded(result.max_score, places),
        state,
        *(_total(points[name], places) for name in functions),
    ]


def _total(points: list[float | None], places: int) -> Decimal | None:
    """The points of a function; nothing where those of a test are not known, or nothing was graded."""
    known = [exact(one) for one in points if one is not None]
    return rounded(sum(known, Decimal(0)), places) if known and len(known) == len(points) else None


FORMAT = Format("csv", "One row a student, points by function.", "grades.csv", make)
