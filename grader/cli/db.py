"""`grader db`: look after the gradebook."""

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.gradebook.connection import Gradebook

db = typer.Typer(
    name="db",
    help="Look after the gradebook: check it, copy it, bring it up to date.",
    no_args_is_help=True,
)


def add_to(app: typer.Typer) -> None:
    """Add the group of subcommands."""
    app.add_typer(db)


@contextmanager
def open_book(*, create: bool = False) -> "Iterator[Gradebook]":
    """The gradebook of the course here, for as long as it is needed. Raises StoreError where there is none, unless it
    may be made.
    """
    from grader.course import Course
    from grader.gradebook.schema import open_gradebook

    book = open_gradebook(Course.find().gradebook, create=create)
    try:
        yield book
    finally:
        book.close()


@db.command()
def check() -> int:
    """Look for damage: the file, the audit log, every row it vouches for, every stored submission.

    Exit code 0 when everything is whole, 4 when not.

    Example: grader db check
    """
    from grader.errors import StoreError
    from grader.gradebook.maintenance import check as check_book

    with open_book() as book:
        found = check_book(book)
    for line in found:
        print(line)
    if not found:
        print(f"{book.name} is whole")
    return StoreError.exit_code if found else 0


@db.command()
def upgrade() -> int:
    """Bring a gradebook of an older version up to this one; a file is copied first.

    Example: grader db upgrade
    """
    from grader.course import Course
    from grader.gradebook.maintenance import upgrade as upgrade_book

    before, after, copy = upgrade_book(Course.find().gradebook)
    print(
        f"schema {before} is up to date" if before == after else f"schema {before} is now {after}"
    )
    if copy is not None:
        print(f"the gradebook as it was before: {copy}")
    return 0


@db.command()
def backup(
    file: Annotated[Path, typer.Argument(help="A new file; it is a gradebook itself.")],
) -> int:
    """Copy the gradebook, as it is at this moment, into one file; grading may go on meanwhile.

    Example: grader db backup gradebook-2030-05-01.db
    """
    from grader.gradebook.maintenance import backup as backup_book

    with open_book() as book:
        backup_book(book, file)
    print(f"{book.name} is copied to {file}")
    return 0
