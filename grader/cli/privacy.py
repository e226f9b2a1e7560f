"""`grader privacy`: what is stored of one student, handed out or erased."""

from pathlib import Path
from typing import Annotated

import typer

from grader.cli import arguments
from grader.cli.counted import counted
from grader.cli.db import open_book

privacy = typer.Typer(
    name="privacy",
    help="Hand out, or erase, everything that is stored of one student.",
    no_args_is_help=True,
)

Student = Annotated[
    str, typer.Argument(metavar="STUDENT", help="A student, as submissions name them.")
]


def add_to(app: typer.Typer) -> None:
    """Add the group of subcommands."""
    app.add_typer(privacy)


@privacy.command()
def export(
    student: Student,
    out: Annotated[
        Path | None,
        typer.Option(help="The zip to write, readable by you alone; default: STUDENT.zip."),
    ] = None,
) -> int:
    """Write everything of one student into one zip: a record to read, and what was handed in.

    The record tells what hidden tests said. Mind what is still to be graded before you hand it out.

    Example: grader privacy export ann
    """
    from grader.feedback.files import file_name, write_private
    from grader.gradebook.personal import gather

    with open_book() as book, book.read() as connection:
        found = gather(connection, student)
    file = out or Path(f"{file_name(student)}.zip")
    write_private(file, found.as_zip())
    counts = {
        name: len(found.record[name]) for name in ("attempts", "reports", "decisions", "teams")
    }
    print(", ".join(f"{count} {name}" for name, count in counts.items()) + f" in {file}")
    return 0


@privacy.command()
def erase(
    student: Student,
    reason: Annotated[
        str,
        typer.Option(
            "--reason", callback=arguments.given, help="Why; it is kept, the student is not."
        ),
    ],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")] = False,
) -> int:
    """Erase everything of one student for good; the audit log stays valid. Copies made before are not touched.

    Example: grader privacy erase ann --reason "left, asked for it"
    """
    from grader.gradebook.erasure import erase as erase_student

    if not yes:
        typer.confirm(f"Erase everything of {student!r} for good?", abort=True)
    with open_book() as book:
        counts = erase_student(book, student, reason)
    rows = (counted(count, table.removesuffix("s")) for table, count in counts.items())
    print(", ".join(rows) + " erased")
    return 0
