"""`grader sync`: keep another system's gradebook in step with ours."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli import arguments
from grader.cli.counted import counted
from grader.cli.db import open_book
from grader.readers import Phase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.course import Course
    from grader.exchange.nbgrader.sync import Synced, Wanted

sync = typer.Typer(
    name="sync", help="Keep another system's gradebook in step with ours.", no_args_is_help=True
)


def add_to(app: typer.Typer) -> None:
    """Add the group of subcommands."""
    app.add_typer(sync)


@sync.callback()
def _sync() -> None:
    """Keep another system's gradebook in step with ours."""


@sync.command()
def nbgrader(
    assignments: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ASSIGNMENT]...",
            autocompletion=arguments.assignments,
            help="Default: all that are published.",
        ),
    ] = None,
    into: Annotated[
        Path | None,
        typer.Option(help="The folder of nbgrader's course; default: this course's own."),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option(help="What nbgrader calls the assignment; default: ASSIGNMENT-graded."),
    ] = None,
    reports: Annotated[
        list[Path] | None,
        typer.Option(
            "--from",
            metavar="FILE",
            help="Instead of the gradebook, a file of reports as grader grade --json writes it; may be repeated.",
        ),
    ] = None,
    roster: arguments.Roster = None,
    draft: arguments.Draft = False,
    phase: Annotated[
        Phase, typer.Option(help="As of when students see what the notebooks show.")
    ] = Phase.BEFORE_DUE,
    dry_run: arguments.DryRun = False,
) -> int:
    """Bring nbgrader's gradebook and ours in step, so that formgrader and nbgrader's feedback show our grades.

    First what people gave in formgrader comes here: points, extra credit, comments. Then the grades that students were
    told go there, with a notebook for each student that formgrader shows.

    Example: grader sync nbgrader models_and_losses --dry-run
    """
    import gc

    from grader.course import Course
    from grader.errors import UsageError
    from grader.exchange.nbgrader.place import find_place
    from grader.exchange.nbgrader.sync import Wanted

    # A class is a million small objects, none of them garbage, and the process ends with them.
    gc.disable()
    course = Course.find()
    wanted = Wanted(find_place(into or course.root), name, draft, phase, dry_run)
    if name and len(reports or assignments or ()) != 1:
        raise UsageError("--name is for one assignment: say which")
    if reports and (assignments or draft):
        raise UsageError("--from takes the place of the gradebook: no ASSIGNMENT and no --draft")
    synced = (
        _from_files(course, reports, roster, wanted)
        if reports
        else _from_gradebook(course, assignments or (), wanted)
    )
    for each in synced:
        _show(each)
    if dry_run:
        print("nothing is written")
    return 0


def _from_files(
    course: "Course", files: "Sequence[Path]", roster: Path | None, wanted: "Wanted"
) -> "list[Synced]":
    from grader.exchange.grades import Points, from_files
    from grader.exchange.nbgrader.sync import write_grades
    from grader.exchange.people import read_people

    people = read_people(roster) if roster is not None else None
    return [
        write_grades(from_files(course, [file], people=people, points=Points.SO_FAR), wanted)
        for file in files
    ]


def _from_gradebook(
    course: "Course", assignments: "Sequence[str]", wanted: "Wanted"
) -> "list[Synced]":
    from grader.errors import UsageError
    from grader.exchange.nbgrader.sync import from_formgrader, to_nbgrader
    from grader.gradebook.ledger import Ledger

    with open_book() as book:
        with book.read() as connection:
            ledger = Ledger(connection, course)
            there = ledger.graded if wanted.draft else ledger.published
            names = assignments or [name for name in course.names if there(name)]
        if not names:
            raise UsageError(
                "no grade is published yet: grader publish ASSIGNMENT, or --draft",
                slug="not-published",
            )
        synced = []
        for name in names:
            brought = from_formgrader(course, book, name, wanted)
            made = to_nbgrader(course, book, name, wanted)
            if brought.made:
                told = f"students are told by: grader publish {name}"
                made.notes.insert(0, f"taken over from formgrader: {len(brought.made)}; {told}")
            made.notes += brought.notes
            synced.append(made)
    return synced


def _show(made: "Synced") -> None:
    from rich.console import Console

    from grader.cli.export import show

    print(f"{made.assignment} is {made.name} in nbgrader")
    show(Console(), made)
    print(f"{counted(made.notebooks, 'notebook')} written")
