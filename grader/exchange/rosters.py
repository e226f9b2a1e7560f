"""Reads rosters and teams from CSV files, as spreadsheets and other systems write them."""

from collections import defaultdict
from pathlib import Path

from grader.errors import UsageError
from grader.exchange.people import read_people
from grader.exchange.spreadsheet import rows_by
from grader.exchange.tables import Table
from grader.gradebook.decisions import Student, Team

_KNOWN = ("name", "email", "section")


def read_roster(file: Path) -> dict[str, Student]:
    """A roster: Canvas's gradebook, Moodle's worksheet or participants, or a table of our own. Raises UsageError.

    Ours has the columns id, name, email and section, and one for each other system that has its own ids.
    """
    if "id" not in _titles(file):
        return {
            student: Student(
                name=person.name, email=person.email, section=person.section, ids=dict(person.ids)
            )
            for student, person in read_people(file).items()
        }
    return {
        student: Student(
            **{name: row.get(name, "") for name in _KNOWN},
            ids={
                name: value for name, value in row.items() if name not in ("id", *_KNOWN) and value
            },
        )
        for student, row in rows_by(file, "id").items()
    }


def _titles(file: Path) -> list[str]:
    try:
        return Table(file.read_bytes(), str(file)).header
    except OSError as error:
        raise UsageError(f"cannot read {file}: {error.strerror}") from error


def read_teams(file: Path) -> dict[str, Team]:
    """Teams: the columns team and student, a row for each member. Raises UsageError for who is in two of them."""
    members: dict[str, list[str]] = defaultdict(list)
    for student, row in rows_by(file, "student", "team").items():
        if not row["team"]:
            raise UsageError(f"{file}: {student!r} is in no team")
        members[row["team"]].append(student)
    return {team: Team(members=tuple(names)) for team, names in members.items()}
