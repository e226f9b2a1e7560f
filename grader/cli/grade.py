"""`grader grade`: a TA grades a folder of submissions with the hidden suite."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli import INTERRUPTED, arguments
from grader.cli.counted import named

if TYPE_CHECKING:
    from datetime import datetime

    from grader.course import Course
    from grader.gradebook.connection import Gradebook
    from grader.orders import Again, Batch, Request


def add_to(app: typer.Typer) -> None:
    """Add the subcommand."""
    app.command()(grade)


def grade(
    assignment: arguments.Assignment,
    submissions: Annotated[
        Path | None,
        typer.Argument(
            help="Folder with one entry a student: STUDENT/MODULE.py, STUDENT.py, or STUDENT/ASSIGNMENT/…"
        ),
    ] = None,
    jobs: arguments.Jobs = arguments.CORES,
    cluster: Annotated[
        str | None,
        typer.Option(
            "--cluster",
            help="Grade on a Dask cluster: tcp://HOST:PORT, or local:N for N processes.",
        ),
    ] = None,
    json: Annotated[
        Path | None,
        typer.Option("--json", help="Write the reports of all submissions to this file."),
    ] = None,
    submitted_at: Annotated[
        str | None,
        typer.Option("--submitted-at", help="When all of these were handed in, with time zone."),
    ] = None,
    submitted: Annotated[
        Path | None,
        typer.Option("--submitted", help="CSV file of times: the columns student and submitted."),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="STUDENT", help="This student alone; may be repeated."),
    ] = None,
    force: Annotated[
        bool,
        typer.Option("--force", help="Grade what is unchanged again, too."),
    ] = False,
    failed: Annotated[
        bool, typer.Option("--failed", help="Grade again, too, what needs review.")
    ] = False,
    changed: Annotated[
        bool,
        typer.Option(
            "--changed", help="Grade only new and changed submissions, even if the suite changed."
        ),
    ] = False,
    stored: Annotated[
        bool,
        typer.Option(
            "--stored",
            help="Grade what the gradebook holds, not a folder: the attempts that count, or may.",
        ),
    ] = False,
    no_db: Annotated[
        bool, typer.Option("--no-db", help="Grade everything, and keep nothing in the gradebook.")
    ] = False,
    unconfined: Annotated[
        bool,
        typer.Option(
            "--unconfined",
            help="Grade without a sandbox. Student code can then read and change your files.",
        ),
    ] = False,
) -> int:
    """Grade a folder of submissions with the hidden suite, in the sandbox.

    Reports go to the gradebook, each as soon as it is made; what is there and unchanged is not graded again. So a
    batch that was stopped, whatever stopped it, goes on with the same command. After a change of the suite, --stored
    grades the attempts that count also where they are not the newest; then see who moves: grader publish.

    Example: grader grade models_and_losses submissions/ --json reports.json
    """
    from rich.console import Console

    from grader.batch import grade_folder, grade_stored
    from grader.cli.progress import Progress
    from grader.course import Course
    from grader.errors import UsageError
    from grader.orders import Request

    again = _again(force=force, failed=failed, changed=changed)
    if stored and (submissions or json or submitted or submitted_at or no_db):
        raise UsageError(
            "--stored goes with no folder, --json, --submitted, --submitted-at or --no-db"
        )
    if not stored and submissions is None:
        raise UsageError("name a folder of submissions, or grade what is there: --stored")
    course = Course.find()
    chosen = course.assignment(assignment)
    times = _times(submitted, submitted_at)
    students = tuple(only or ())
    request = Request(submissions, jobs, json, not unconfined, cluster, students, again, times)
    book = None if no_db else _open(course, needed=stored)
    progress = Progress(Console(stderr=True))
    try:
        with progress:
            if stored and book is not None:
                batch, strangers = grade_stored(course, chosen, request, progress, book), []
            else:
                batch = grade_folder(course, chosen, request, progress, book)
                strangers = [] if book is None else _strangers(book, course, batch)
    except KeyboardInterrupt:
        print(
            f"grader: stopped after {progress.done} of {progress.total}; {_kept(request, book)}",
            file=sys.stderr,
        )
        # Not returned: that it was interrupted would be said twice.
        sys.exit(INTERRUPTED)
    finally:
        if book is not None:
            book.close()
    progress.finish(Console(), batch, json)
    if strangers:
        print(f"note: not on the roster: {named(strangers)}", file=sys.stderr)
    return 1 if batch.needs_review else 0


def _again(*, force: bool, failed: bool, changed: bool) -> "Again":
    """What is graded although it was. Raises UsageError where that is asked for in two ways."""
    from grader.errors import UsageError
    from grader.orders import Again

    ways = ((Again.ALL, force), (Again.FAILED, failed), (Again.CHANGED, changed))
    asked = [again for again, wanted in ways if wanted]
    if len(asked) > 1:
        raise UsageError("--force, --failed and --changed exclude one another")
    return asked[0] if asked else Again.STALE


def _times(submitted: Path | None, submitted_at: str | None) -> "dict[str, datetime]":
    """When students handed in, as a table and, for all others, one option say."""
    from grader.exchange.times import parse_time, read_times

    times = read_times(submitted) if submitted is not None else {}
    if submitted_at is not None:
        times[""] = parse_time(submitted_at, "--submitted-at")
    return times


def _kept(request: "Request", book: "Gradebook | None") -> str:
    """What becomes of a batch that was stopped."""
    from grader.orders import Again

    if book is None:
        return "nothing is kept without a gradebook"
    if request.again is Again.ALL and request.only:
        return "these are kept; the same command begins again"
    return "the same command goes on"


def _open(course: "Course", *, needed: bool) -> "Gradebook | None":
    """The gradebook, or None where its packages are missing. One that is needed must be there: raises otherwise."""
    from grader import gradebook
    from grader.errors import MissingExtraError

    if not gradebook.installed():
        missing = MissingExtraError("staff", "keeping reports in a gradebook")
        if needed:
            raise missing
        print(f"note: {missing}", file=sys.stderr)
        return None
    from grader.gradebook.schema import open_gradebook

    book = open_gradebook(course.gradebook, create=not needed)
    if book.notice:
        print(f"note: {book.notice}", file=sys.stderr)
    return book


def _strangers(book: "Gradebook", course: "Course", batch: "Batch") -> list[str]:
    """Who was graded and is not on the roster: perhaps under a name with a slip in it."""
    from grader.gradebook.ledger import Ledger

    with book.read() as connection:
        return Ledger(connection, course).strangers(sorted(row[0] for row in batch.rows))
