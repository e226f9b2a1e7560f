"""Reads who the students are: from Canvas's gradebook, Moodle's worksheet or list of participants, or any CSV."""

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from grader.errors import UsageError
from grader.exchange.grades import Person
from grader.exchange.tables import Table

_CANVAS = ("SIS Login ID", "SIS User ID", "ID")
_NAMES = ("name", "full name", "student", "student name")
_FIRST, _LAST = ("first name", "firstname"), ("last name", "lastname", "surname")
_EMAIL = ("email", "email address", "e-mail")
_SECTION = ("section", "sections", "groups", "group")
#: Which column is the student's own id, the first that there is.
_STUDENT = (
    "student",
    "student_id",
    "id",
    "username",
    "sis login id",
    "login id",
    "sid",
    "orgdefinedid",
)
_PARTICIPANT = re.compile(r"^\D+(\d+)$")


def read_people(file: Path) -> dict[str, Person]:
    """A roster by student. Raises UsageError where no column tells who a student is."""
    try:
        table = Table(file.read_bytes(), str(file))
    except OSError as error:
        raise UsageError(f"cannot read {file}: {error.strerror}") from error
    canvas = "Student" in table.header[0] and table.column("ID") is not None
    keys = _CANVAS if canvas else (*_STUDENT, *_EMAIL, "identifier")
    columns = [at for at in map(table.column, keys) if at is not None]
    if not columns:
        raise UsageError(
            f"{file} is no roster: no column says who a student is ({', '.join(keys)})"
        )
    found: dict[str, Person] = {}
    for row in range(1, len(table.rows)):
        first = table.cell(row, 0)
        if canvas and ("Points Possible" in first or first == "Student, Test"):
            continue
        student = next(filter(None, (_composed(table.cell(row, at)) for at in columns)), "")
        if not student:
            continue
        if student in found:
            raise UsageError(f"{file}, row {row + 1}: {student!r} stands there twice")
        found[student] = _person(student, _cells(table, row), canvas)
    if not found:
        raise UsageError(f"{file} lists nobody")
    return found


def _cells(table: Table, row: int) -> dict[str, str]:
    return {title.strip(): _composed(table.cell(row, at)) for at, title in enumerate(table.header)}


def _composed(text: str) -> str:
    """Text as folders of submissions have it: some systems take letters and their accents apart."""
    return unicodedata.normalize("NFC", text)


def _person(student: str, cells: Mapping[str, str], canvas: bool) -> Person:
    lower = {title.casefold(): text for title, text in cells.items()}

    def first_of(titles: tuple[str, ...]) -> str:
        return next((lower[title] for title in titles if lower.get(title)), "")

    names = ", ".join(filter(None, (first_of(_LAST), first_of(_FIRST))))
    name = lower.get("student", "") if canvas else first_of(_NAMES[:2]) or names
    ids = {
        title: text
        for title, text in cells.items()
        if text
        and (
            title in _CANVAS
            or re.search(r"\b(id|sid|username|identifier|login)\b", title, re.IGNORECASE)
        )
    }
    participant = _PARTICIPANT.match(lower.get("identifier", ""))
    if participant:
        ids["Participant"] = participant.group(1)
    return Person(student, name, first_of(_EMAIL), first_of(_SECTION), ids)
