"""Brightspace's grade table: edits the file that Brightspace exported, or makes one that it imports."""

import re

from grader.exchange.export import Export, Format, Into, Patch, Request, new_scores
from grader.exchange.grades import Grades
from grader.exchange.tables import Cell, csv_of

_TITLE = re.compile(r"\A(.*?) Points Grade(?: <.*>)?\Z", re.DOTALL)
_END = "End-of-Line Indicator"


def make(grades: Grades, request: Request) -> Export:
    """The table."""
    return create(grades, request) if request.into is None else patch(grades, request)


def create(grades: Grades, request: Request) -> Export:
    """A table with a row a student and the end of each line marked, as Brightspace wants it."""
    header: list[Cell] = ["OrgDefinedId", "Username"]
    rows = [[*header, *(f"{sheet.title} Points Grade" for sheet in grades.sheets), _END]]
    for student in grades.students:
        person = grades.person(student)
        row: list[Cell] = [
            person.ids.get("OrgDefinedId", ""),
            person.ids.get("Username", student),
        ]
        row += [sheet.score(student, request.places) for sheet in grades.sheets]
        rows.append([*row, "#"])
    return Export({FORMAT.file: csv_of(rows)}, new_scores(grades, request))


def patch(grades: Grades, request: Request) -> Export:
    """The table that Brightspace exported, with our scores in the columns of our assignments. Raises UsageError."""
    patching = Patch(grades, request)
    table = patching.table
    titles = {at: _TITLE.match(title.strip()) for at, title in enumerate(table.header)}
    columns = patching.columns({at: found.groups() for at, found in titles.items() if found})
    ids = [table.column(title) for title in ("OrgDefinedId", "Username", "Email")]
    for row in range(1, len(table.rows)):
        # A mark before an id keeps spreadsheets from taking it for a number.
        student = patching.student(*(table.cell(row, at).lstrip("#") for at in ids))
        for sheet, column in columns:
            score = None if student is None else sheet.score(student, request.places)
            if student is not None and score is not None:
                patching.put_score(row, column, student, score)
    return patching.finish(FORMAT.file)


FORMAT = Format("brightspace", "Brightspace's grade table.", "brightspace.csv", make, Into.MAY)
