"""`grader similar`: staff look at submissions that are suspiciously alike."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli import arguments
from grader.cli.counted import counted
from grader.cli.db import open_book

if TYPE_CHECKING:
    from grader.course import Assignment, Course
    from grader.similar.page import Found

_SHOWN = 10


def add_to(app: typer.Typer) -> None:
    """Add the subcommand."""
    app.command()(similar)


def similar(
    assignment: arguments.Assignment,
    submissions: Annotated[
        Path | None,
        typer.Argument(
            help="A folder as grader grade reads it; default: the attempts that count in the gradebook."
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="The page; default: ASSIGNMENT-similar.html, beside you.")
    ] = None,
) -> int:
    """Show staff which submissions are suspiciously alike, side by side, without what the stub and everybody has.

    Example: grader similar models_and_losses submissions/
    """
    from grader.course import Course
    from grader.similar.page import find, write_page
    from grader.similar.sources import from_folder

    course = Course.find()
    chosen = course.assignment(assignment)
    if submissions is not None:
        found = find(chosen, from_folder(chosen, submissions))
    else:
        found = _in_gradebook(course, chosen)
    file = out or Path(f"{assignment}-similar.html")
    write_page(chosen, found, course.manifest.language, file)
    _show(found)
    print(f"{file}: for staff alone, with names and code")
    return 0


def _in_gradebook(course: "Course", assignment: "Assignment") -> "Found":
    from grader.similar.page import find
    from grader.similar.sources import from_gradebook

    with open_book() as book, book.read() as connection:
        return find(assignment, from_gradebook(connection, course, assignment))


def _show(found: "Found") -> None:
    from grader.feedback.escape import one_line

    compared, pairs = counted(found.count, "submission"), counted(len(found.pairs), "pair")
    print(f"{compared} compared, {pairs} to look at")
    for pair in found.pairs[:_SHOWN]:
        names = [
            ", ".join(one_line(name, 40) for name in (side.student, *others))
            for side, others in zip((pair.first, pair.second), pair.others, strict=True)
        ]
        print(f"{pair.share:5.0%}  {names[0]}  |  {names[1]}")
    if len(found.pairs) > _SHOWN:
        print(f"… and {len(found.pairs) - _SHOWN} more")
