"""Reads rosters and teams from CSV files, as spreadsheets and other systems write them."""

from collections import defaultdict
from pathlib import Path

from grader.exchange.spreadsheet import read_table, rows_by
from grader.gradebook.decisions import Student, Team

_KNOWN = ("name", "email", "section")


def read_roster(file: Path) -> dict[str, Student]:
    """A roster: the columns id, name, email and section, and one for each other system that has its own ids."""
    return {
        student: Student(
            **{name: row.get(name, "") for name in _KNOWN},
            ids={
                name: value for name, value in row.items() if name not in ("id", *_KNOWN) and value
            },
        )
        for student, row in rows_by(file, "id").items()
    }


def read_teams(file: Path) -> dict[str, Team]:
    """Teams: the columns team and student, a row for each member."""
    members: dict[str, list[str]] = defaultdict(list)
    for row in read_table(file, "team", "student"):
        members[row["team"]].append(row["student"])
    return {team: Team(members=tuple(names)) for team, names in members.items()}
