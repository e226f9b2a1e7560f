"""`grader roster`: who is in the course, and in which team."""

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.db import open_book

roster = typer.Typer(
    name="roster", help="Who is in the course, and in which team.", no_args_is_help=True
)


def add_to(app: typer.Typer) -> None:
    """Add the group of subcommands."""
    app.add_typer(roster)


_File = Annotated[Path, typer.Argument(help="A CSV file.")]


@roster.command("import")
def import_(file: _File) -> int:
    """Put students on the roster, or change what it says of them; nobody is taken off it.

    The file is the gradebook that Canvas exports, Moodle's worksheet or list of participants, or a table with the
    columns id and, if you like, name, email and section; any other column is taken for the ids of another system.

    Example: grader roster import students.csv
    """
    from grader.exchange.rosters import read_roster
    from grader.gradebook.roster import import_students

    students = read_roster(file)
    with open_book(create=True) as book, book.write() as connection:
        new, changed = import_students(connection, students, f"imported from {file.name}")
    print(f"{new} new, {changed} changed, {len(students) - new - changed} as before")
    return 0


@roster.command()
def teams(
    file: _File,
    assignment: Annotated[
        str, typer.Option("--assignment", help="Teams of this assignment; default: of all.")
    ] = "",
) -> int:
    """Note who hands in together: the columns team and student. A team's submission has the team's name.

    Example: grader roster teams teams.csv
    """
    from grader.course import Course
    from grader.exchange.rosters import read_teams
    from grader.gradebook.roster import import_teams

    found = read_teams(file)
    if assignment:
        Course.find().assignment(assignment)
    with open_book(create=True) as book, book.write() as connection:
        changed = import_teams(connection, found, assignment, f"imported from {file.name}")
    print(f"{changed} new or changed, {len(found) - changed} as before")
    return 0
