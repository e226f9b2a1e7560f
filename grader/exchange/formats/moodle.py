"""Moodle's offline grading worksheet: edits the file that Moodle made, whose titles are in the site's language.

Moodle takes a row only where the grade differs, lies between 0 and the maximum, is not locked, and where the cell
`Last modified (grade)` is as it was exported, so that one is never touched.
"""

import html
import re

from grader.errors import UsageError
from grader.exchange.cells import number_in
from grader.exchange.export import Export, Format, Into, Patch, Request, only_sheet
from grader.exchange.grades import Grades
from grader.exchange.shown import summary, viewer
from grader.exchange.tables import Table

_IDENTIFIER = re.compile(r"^\D+(\d+)$")
_PERSON = ("Email address", "Username", "ID number")


def make(grades: Grades, request: Request) -> Export:
    """The worksheet with grades, and with causes where nobody wrote a comment. Raises UsageError."""
    sheet = only_sheet(grades, FORMAT.name)
    patching = Patch(grades, request)
    table = patching.table
    identifier, grade = identifiers(table), _grades(table, request.column or "Grade")
    maximum, locked = table.column("Maximum Grade"), table.column("Grade can be changed")
    comments = table.column("Feedback comments")
    see = viewer(grades, sheet, request.phase) if comments is not None else None
    skipped = dict.fromkeys(("locked in Moodle", "below zero", "above the maximum there"), 0)
    for row in range(1, len(table.rows)):
        student = patching.student(*ids(table, row, identifier))
        score = None if student is None else sheet.score(student, request.places)
        if student is None or score is None:
            continue
        limit = table.cell(row, maximum)
        if maximum is not None and number_in(limit) is None:
            raise UsageError(f"{table.name} is graded by a scale ({limit[:40]}), not by points")
        if table.cell(row, locked).casefold() == "no":
            skipped["locked in Moodle"] += 1
        elif score < 0:
            skipped["below zero"] += 1
        elif maximum is not None and score > (number_in(limit) or 0):
            skipped["above the maximum there"] += 1
        else:
            patching.put_score(row, grade, student, score)
            shown = see(sheet.results[student]) if see is not None else None
            if shown is not None and comments is not None and not table.cell(row, comments):
                text = html.escape(summary(shown), quote=False).replace("\n", "<br>")
                patching.put_text(row, comments, student, text)
    patching.export.notes += [f"{count} skipped: {why}" for why, count in skipped.items() if count]
    return patching.finish(FORMAT.file)


def identifiers(table: Table) -> int:
    """The column of the participants' identifiers. Raises UsageError where there is none."""
    column = table.column("Identifier")
    if column is None and len(table.rows) > 1:
        # In another language it is still the first, and ends in a number everywhere.
        first = [table.cell(row, 0) for row in range(1, len(table.rows))]
        column = 0 if all(map(_IDENTIFIER.match, first)) else None
    if column is None:
        raise UsageError(f"{table.name} is no grading worksheet of Moodle: no column Identifier")
    return column


def _grades(table: Table, title: str) -> int:
    column = table.column(title)
    if column is None:
        raise UsageError(
            f"{table.name} has no column {title!r}: in another language, name it with --column"
        )
    return column


def ids(table: Table, row: int, identifier: int) -> tuple[str, ...]:
    """What identifies the participant of a row: the text, its number, then what Moodle says of the person."""
    text = table.cell(row, identifier)
    found = _IDENTIFIER.match(text)
    person = (table.cell(row, table.column(title)) for title in _PERSON)
    return (text, *(found.groups() if found else ()), *person)


FORMAT = Format("moodle", "Moodle's grading worksheet.", "moodle.csv", make, Into.MUST)
