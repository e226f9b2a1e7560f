"""`grader export`: grades leave for another system."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli import arguments
from grader.cli.counted import counted, named
from grader.cli.db import open_book
from grader.exchange import registry
from grader.readers import Phase

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from grader.course import Course
    from grader.exchange.export import Export
    from grader.exchange.grades import Grades
    from grader.exchange.nbgrader.sync import Synced

_SHOWN = 20


def add_to(app: typer.Typer) -> None:
    """Add the subcommand."""
    app.command()(export)


def export(
    to: Annotated[
        str,
        typer.Option(
            autocompletion=arguments.formats,
            help=f"The format: {', '.join(registry.OURS)}, or a plug-in's.",
        ),
    ],
    reports: Annotated[
        list[Path] | None,
        typer.Option(
            "--from",
            metavar="FILE",
            help="A file of reports, as grader grade --json writes it; may be repeated. Default: what is published.",
        ),
    ] = None,
    assignment: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            autocompletion=arguments.assignments,
            help="Of what is published, this alone; may be repeated. Default: all.",
        ),
    ] = None,
    draft: arguments.Draft = False,
    roster: arguments.Roster = None,
    into: Annotated[
        Path | None,
        typer.Option(help="The file that the other system exported; a copy of it is edited."),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Where to write; default: beside you.")] = None,
    dry_run: arguments.DryRun = False,
    column: Annotated[
        str | None, typer.Option(help="The assignment's column in that file: its title or number.")
    ] = None,
    phase: Annotated[
        Phase, typer.Option(help="As of when students see what the format shows them.")
    ] = Phase.BEFORE_DUE,
    address: Annotated[str | None, typer.Option(help="The line item's address (lti-ags).")] = None,
    places: Annotated[int, typer.Option(min=0, max=6, help="Digits behind the point.")] = 2,
    everything: Annotated[
        bool, typer.Option("--with-manual", help="Count the parts that people graded, too.")
    ] = False,
    missing_as_zero: Annotated[
        bool, typer.Option("--missing-as-zero", help="Write 0 for who handed nothing in.")
    ] = False,
) -> int:
    """Write grades in the format of another system; with --into, edit the file that it exported itself.

    Example: grader export --to canvas --from reports.json --into canvas-export.csv --dry-run
    """
    import gc
    from datetime import UTC, datetime

    from rich.console import Console

    from grader.course import Course
    from grader.errors import UsageError
    from grader.exchange.export import Request, write
    from grader.exchange.export import export as prepare
    from grader.exchange.grades import Points, from_files
    from grader.exchange.people import read_people

    # A class is a million small objects, none of them garbage, and the process ends with them.
    gc.disable()
    form = registry.find(to)
    course = Course.find()
    if reports and (assignment or draft):
        raise UsageError("--from takes the place of the gradebook: no --assignment and no --draft")
    if reports:
        grades = from_files(
            course,
            reports,
            people=read_people(roster) if roster is not None else None,
            points=Points.ALL if everything else Points.AUTOMATIC,
            missing_as_zero=missing_as_zero,
        )
    else:
        grades = _from_gradebook(course, assignment or (), draft)
    request = Request(datetime.now(UTC), into, column, places, address, phase)
    made = prepare(form, grades, request)
    show(Console(), made)
    if reports:
        _compare(course, grades)
    if dry_run:
        print("nothing is written")
    else:
        written = write(made, form, out or Path(form.file))
        print(
            f"{written[0]}" if len(written) == 1 else f"{len(written)} files in {out or form.file}"
        )
    return 0


def _from_gradebook(course: "Course", assignments: "Iterable[str]", draft: bool) -> "Grades":
    from grader.exchange.published import from_gradebook

    with open_book() as book, book.read() as connection:
        return from_gradebook(connection, course, assignments, draft=draft)


def _compare(course: "Course", grades: "Grades") -> None:
    """Tell whose grades in a file are not what was published: decisions of people are in the gradebook alone."""
    from grader.cli.db import open_book
    from grader.errors import MissingExtraError, StoreError

    try:
        with open_book() as book, book.read() as connection:
            from grader.exchange.published import differing

            others = differing(connection, course, grades)
    except (MissingExtraError, StoreError):
        # A file of reports needs no gradebook.
        return
    if others:
        are = "score is" if len(others) == 1 else "scores are"
        print(
            f"note: {len(others)} {are} not what was published: {named(others)}; "
            "without --from, what was published is exported"
        )


def show(console: "Console", made: "Export | Synced") -> None:
    """Print what changes."""
    from rich.table import Table
    from rich.text import Text

    from grader.feedback.escape import one_line

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for title in ("student", "column", "was", "becomes"):
        table.add_column(title, justify="left" if title in ("student", "column") else "right")
    for change in made.changes[:_SHOWN]:
        cells = (change.student, change.column, change.before or "–", change.after)
        table.add_row(*(Text(one_line(cell, 40)) for cell in cells))
    if made.changes:
        console.print(table)
    if len(made.changes) > _SHOWN:
        print(f"… and {len(made.changes) - _SHOWN} more")
    same = f", {made.unchanged} unchanged" if made.unchanged else ""
    print(f"{counted(len(made.changes), 'change')}{same}")
    for note in made.notes:
        print(f"note: {one_line(note, 200)}")
