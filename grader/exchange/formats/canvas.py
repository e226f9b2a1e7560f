"""The CSV of Canvas's gradebook: edits the file that Canvas exported, or makes one that it imports.

Canvas takes a file only with `Student` and `ID` first and `Section` as the last column about students, finds an
assignment by the number behind its title, and a student by ID, then SIS User ID, then SIS Login ID.
"""

import re

from grader.errors import UsageError
from grader.exchange.cells import rounded
from grader.exchange.export import Export, Format, Into, Patch, Request, new_scores
from grader.exchange.grades import Grades
from grader.exchange.tables import Cell, Table, csv_of

POINTS_POSSIBLE = "    Points Possible"
_TITLE = re.compile(r"\A(.*)\s\((\d+)\)\Z", re.DOTALL)
_COMPUTED = re.compile(
    r"(Current|Final) (Score|Points|Grade)|Override (Score|Grade)", re.IGNORECASE
)
_IDS = ("ID", "SIS User ID", "SIS Login ID", "Integration ID")


def make(grades: Grades, request: Request) -> Export:
    """The table."""
    return create(grades, request) if request.into is None else patch(grades, request)


def create(grades: Grades, request: Request) -> Export:
    """A table with the smallest set of columns that Canvas takes without guessing."""
    ids = _IDS[:3]
    blank: list[Cell] = [""] * 4
    limits = [rounded(sheet.max_score, request.places) for sheet in grades.sheets]
    rows: list[list[Cell]] = [
        ["Student", *ids, "Section", *(sheet.title for sheet in grades.sheets)],
        [POINTS_POSSIBLE, *blank, *limits],
    ]
    for student in grades.students:
        person = grades.person(student)
        login = {"SIS Login ID": "" if any(name in person.ids for name in ids) else student}
        row: list[Cell] = [person.name or student]
        row += [(login | dict(person.ids)).get(name, "") for name in ids]
        row.append(person.section)
        row += [sheet.score(student, request.places) for sheet in grades.sheets]
        rows.append(row)
    notes = ["Canvas proposes a new assignment for each column: patch its own export with --into"]
    return Export({FORMAT.file: csv_of(rows)}, new_scores(grades, request), notes)


def patch(grades: Grades, request: Request) -> Export:
    """The table that Canvas exported, with our scores in the columns of our assignments. Raises UsageError."""
    patching = Patch(grades, request)
    table = patching.table
    first = _first_assignment(table)
    titles = {at: _names(table.header[at]) for at in range(first, len(table.header))}
    columns = patching.columns(
        {at: names for at, names in titles.items() if not _COMPUTED.search(table.header[at])}
    )
    ids = [table.column(name) for name in _IDS]
    untouchable = {"EX": "excused", "N/A": "not assigned"}
    kept = dict.fromkeys(untouchable, 0)
    for row in range(1, len(table.rows)):
        if "Points Possible" in table.cell(row, 0):
            _refuse_read_only(table, row, [column for _, column in columns])
            continue
        if _says_nothing(table.rows[row]):
            continue
        student = patching.student(*(table.cell(row, at) for at in ids))
        for sheet, column in columns:
            score = None if student is None else sheet.score(student, request.places)
            there = table.cell(row, column).upper()
            if score is None or student is None:
                continue
            if there in kept:
                kept[there] += 1
            else:
                patching.put_score(row, column, student, score)
    for there, count in kept.items():
        if count:
            patching.export.notes.append(
                f"{count} left as they are: {untouchable[there]} in Canvas ({there})"
            )
    return patching.finish(FORMAT.file)


def _first_assignment(table: Table) -> int:
    """The column after the last about students. Raises UsageError where Canvas would refuse the file."""
    header = [title.strip() for title in table.header]
    # The names may lie in one column or in two.
    at = 2 if header[:2] == ["LastName", "FirstName"] else 1
    known = ("ID", "SIS User ID", "SIS Login ID", "Integration ID", "Root Account")
    if len(header) > 3 and (at == 2 or "Student" in header[0]) and header[at] == "ID":
        while header[at] in known and at < len(header) - 1:
            at += 1
        if "Section" in header[at]:
            return at + 1
    raise UsageError(
        f"{table.name} is no gradebook that Canvas exported: it begins with"
        f" {', '.join(header[:6])}, not with Student, ID, …, Section"
    )


def _names(title: str) -> tuple[str, ...]:
    """What a column may be called: its title as it stands, without the number, and the number."""
    found = _TITLE.match(title.strip())
    return (title.strip(), *found.groups()) if found else (title.strip(),)


def _refuse_read_only(table: Table, row: int, columns: list[int]) -> None:
    for column in columns:
        if "read only" in table.cell(row, column).casefold():
            raise UsageError(
                f"Canvas takes no scores for {table.header[column]!r}: it is read only there"
            )


def _says_nothing(row: list[str]) -> bool:
    cells = [cell.strip().casefold() for cell in row]
    return all(not cell or cell == "muted" or cell.startswith("manual posting") for cell in cells)


FORMAT = Format("canvas", "Canvas's gradebook CSV.", "canvas.csv", make, Into.MAY)
