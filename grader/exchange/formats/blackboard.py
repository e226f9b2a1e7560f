"""Blackboard's "Work Offline" table: edits the file that Blackboard made, since a column counts by its number alone."""

import re

from grader.errors import UsageError
from grader.exchange.export import Export, Format, Into, Patch, Request
from grader.exchange.grades import Grades

_TITLE = re.compile(r"\A(.*?)\s*\[Total Pts: [^\]]*\]\s*(?:Score\s*)?\|(\d+)\Z", re.DOTALL)


def make(grades: Grades, request: Request) -> Export:
    """The table with our scores in the columns of our assignments. Raises UsageError."""
    patching = Patch(grades, request)
    table = patching.table
    if table.column("Username") is None:
        raise UsageError(f"{table.name} is no table of Blackboard's: no column Username")
    titles = {at: _TITLE.match(title.strip()) for at, title in enumerate(table.header)}
    columns = patching.columns({at: found.groups() for at, found in titles.items() if found})
    ids = [table.column(title) for title in ("Username", "Student ID")]
    for row in range(1, len(table.rows)):
        student = patching.student(*(table.cell(row, at) for at in ids))
        for sheet, column in columns:
            score = None if student is None else sheet.score(student, request.places)
            if student is not None and score is not None:
                patching.put_score(row, column, student, score)
    return patching.finish(FORMAT.file)


FORMAT = Format(
    "blackboard", "Blackboard's table to work offline.", "blackboard.csv", make, Into.MUST
)
