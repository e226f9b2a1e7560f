"""Writes grades in a format of another system: prepared in memory, shown as changes, then written as a whole."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from grader.errors import UsageError
from grader.exchange.cells import guarded, number_in, rounded
from grader.exchange.grades import Grades, Sheet
from grader.exchange.tables import Table
from grader.feedback.files import write_private
from grader.readers import Phase


class Into(StrEnum):
    """What a format does with a file that the other system exported."""

    NO = "no"
    #: It edits that file, or makes one of its own.
    MAY = "may"
    #: It does nothing without.
    MUST = "must"
    #: It takes from there whom the other system knows, and makes something else.
    READS = "reads"


@dataclass(frozen=True)
class Change:
    """One cell that becomes another."""

    student: str
    column: str
    before: str
    after: str


@dataclass(frozen=True)
class Request:
    """How an export is wanted."""

    #: When it is made; in formats that say so.
    at: datetime
    #: The file that the other system exported, to be edited.
    into: Path | None = None
    #: The column of the assignment in that file, where its title does not tell.
    column: str | None = None
    places: int = 2
    #: The address of the column in the other system, where the format wants one.
    address: str | None = None
    #: As of when students see what the format shows them.
    phase: Phase = Phase.BEFORE_DUE

    def table(self) -> Table:
        """The other system's file. Raises UsageError where it cannot be read."""
        return Table(self.into_bytes(), str(self.into))

    def into_bytes(self) -> bytes:
        """The bytes of the other system's file. Raises UsageError where it cannot be read."""
        assert self.into is not None
        try:
            return self.into.read_bytes()
        except OSError as error:
            raise UsageError(f"cannot read {self.into}: {error.strerror}") from error


@dataclass
class Export:
    """What would be written: files by name, and how they differ from what is there."""

    files: dict[str, bytes] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unchanged: int = 0


@dataclass(frozen=True)
class Format:
    """A format that grades can be exported to; each module of `formats` holds one as FORMAT."""

    name: str
    about: str
    #: The name of its file, or of the folder where it makes a file a student.
    file: str
    make: Callable[[Grades, Request], Export]
    #: Whether it takes a file that the other system exported.
    into: Into = Into.NO
    folder: bool = False


def export(form: Format, grades: Grades, request: Request) -> Export:
    """Prepare an export; nothing is written. Raises UsageError."""
    if request.into is not None and form.into is Into.NO:
        raise UsageError(f"{form.name} is no format that edits a file: leave out --into")
    if request.into is None and form.into in (Into.MUST, Into.READS):
        raise UsageError(f"{form.name} needs the file that the other system exported: --into FILE")
    made = form.make(grades, request)
    made.notes += held_back(grades.sheets)
    return made


def held_back(sheets: Iterable[Sheet]) -> list[str]:
    """How many results have no score, and why."""
    results = (result for sheet in sheets for result in sheet.results.values())
    why = Counter(result.remark for result in results if result.score is None)
    return [f"{count} without a score: {remark}" for remark, count in why.items()]


def write(made: Export, form: Format, out: Path) -> list[Path]:
    """Write what was prepared: one file, or a folder of them; each appears whole or not at all. Raises StoreError."""
    if not form.folder:
        (data,) = made.files.values()
        write_private(out, data)
        return [out]
    written = [out / name for name in made.files]
    for name, data in made.files.items():
        write_private(out / name, data)
    return written


def only_sheet(grades: Grades, form: str) -> Sheet:
    """The one assignment of an export that holds no more. Raises UsageError."""
    if len(grades.sheets) != 1:
        raise UsageError(f"{form} holds one assignment: name one file with --from")
    return grades.sheets[0]


def new_scores(grades: Grades, request: Request) -> list[Change]:
    """The changes of an export into a system of which we have no file: everything is new."""
    return [
        Change(result.student, sheet.title, "", str(rounded(result.score, request.places)))
        for sheet in grades.sheets
        for result in sheet.results.values()
        if result.score is not None
    ]


def title_matches(wanted: str | None, sheet: Sheet, *names: str) -> bool:
    """Whether a column with one of these names is the assignment's: the one that was asked for, or of its title."""
    targets = (
        {wanted.casefold()} if wanted else {sheet.title.casefold(), sheet.assignment.casefold()}
    )
    return any(name.strip().casefold() in targets for name in names)


class Patch:
    """Puts scores into a table of another system, and notes what that changes."""

    def __init__(self, grades: Grades, request: Request) -> None:
        self.grades = grades
        self.request = request
        self.table = request.table()
        self.export = Export()
        self._met: set[str] = set()
        self._strangers: list[str] = []
        # A table whose own numbers have a comma before the fraction gets no others.
        cells = (cell for row in self.table.rows[1:] for cell in row)
        self.comma = self.table.delimiter != "," and any(
            re.fullmatch(r"\s*-?[\d.]*\d,\d+\s*", cell) for cell in cells
        )

    def columns(self, titles: Mapping[int, Iterable[str]]) -> list[tuple[Sheet, int]]:
        """Each assignment with the column that is its own, out of columns with their names. Raises UsageError."""
        found = []
        wanted = self.request.column
        if wanted and len(self.grades.sheets) > 1:
            raise UsageError("--column names the column of one assignment: use one --from")
        for sheet in self.grades.sheets:
            columns = [at for at, names in titles.items() if title_matches(wanted, sheet, *names)]
            if len(columns) != 1:
                there = ", ".join(repr(next(iter(names), "")) for names in titles.values())
                what = "no column" if not columns else "several columns"
                raise UsageError(
                    f"{self.table.name} has {what} {wanted or sheet.title!r}: choose with --column"
                    f" among {there or 'none'}"
                )
            found.append((sheet, columns[0]))
        return found

    def student(self, *ids: str) -> str | None:
        """Whose row it is, by the ids in it; a row that is nobody's is remembered for the notes."""
        student = self.grades.student(*filter(None, ids))
        if student is None:
            # A number says nothing to a person.
            known = sorted(filter(None, ids), key=str.isdecimal)
            self._strangers.append(known[0] if known else "?")
        else:
            self._met.add(student)
        return student

    def put_score(self, row: int, column: int, student: str, score: Decimal) -> bool:
        """Write a score where another number stands; whether it did."""
        before = self.table.cell(row, column)
        there = number_in(before)
        if there is not None and rounded(there, self.request.places) == score:
            self.export.unchanged += 1
            return False
        text = str(score).replace(".", ",") if self.comma else str(score)
        self.put(row, column, student, text)
        return True

    def put(self, row: int, column: int, student: str, text: str) -> None:
        """Write a cell, and note the change."""
        change = Change(student, self.table.header[column], self.table.cell(row, column), text)
        self.export.changes.append(change)
        self.table.put(row, column, text)

    def put_text(self, row: int, column: int, student: str, text: str) -> None:
        """Write a cell of text, which no spreadsheet runs."""
        text = guarded(text)
        if self.table.cell(row, column) != text.strip():
            self.put(row, column, student, text)

    def finish(self, file: str) -> Export:
        """The edited table under this name, with notes of who is in one place and not in the other."""
        graded = {student for sheet in self.grades.sheets for student in sheet.results}
        absent = sorted(graded - self._met)
        if absent:
            self.export.notes.append(f"{len(absent)} graded but not in the file: {_some(absent)}")
        if self._strangers:
            self.export.notes.append(
                f"{len(self._strangers)} in the file but not graded: {_some(self._strangers)}"
            )
        self.export.files[file] = self.table.to_bytes()
        return self.export


def _some(names: list[str]) -> str:
    shown = ", ".join(guarded(name)[:60] for name in names[:5])
    return shown + (", …" if len(names) > 5 else "")
