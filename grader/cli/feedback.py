"""`grader feedback` and `grader class-report`: what is made of graded reports."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli import arguments
from grader.cli.counted import counted
from grader.cli.db import open_book
from grader.readers import Audience, Format, Phase

if TYPE_CHECKING:
    from grader.course import Course
    from grader.feedback.students import Told

_FILE = "A file of reports, as grader grade --json writes it."
_Which = Annotated[
    str | None,
    typer.Option(
        "--assignment",
        autocompletion=arguments.assignments,
        help="Of the gradebook, this; default: the only one that is there.",
    ),
]
Language = Annotated[
    str | None, typer.Option("--language", help="Of the report; default: the course's.")
]


def add_to(app: typer.Typer) -> None:
    """Add the subcommands."""
    app.command()(feedback)
    app.command()(class_report)


def feedback(
    reports: Annotated[
        Path | None,
        typer.Option("--from", help=f"{_FILE} Default: what is published in the gradebook."),
    ] = None,
    assignment: _Which = None,
    draft: arguments.Draft = False,
    audience: Annotated[Audience, typer.Option("--as", help="Who reads.")] = Audience.STUDENT,
    phase: Annotated[Phase, typer.Option(help="When they read.")] = Phase.BEFORE_DUE,
    attempt: Annotated[
        int | None, typer.Option(min=1, help="As if it were this attempt; default: the report's.")
    ] = None,
    student: Annotated[
        list[str] | None,
        typer.Option("--student", "-s", metavar="ID", help="Only this one; may be repeated."),
    ] = None,
    form: Annotated[
        Format | None, typer.Option("--format", help="Default: terminal, or html with --out.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for a file a student, readable by you alone.")
    ] = None,
    unguessable: Annotated[
        bool,
        typer.Option(
            "--unguessable",
            help="Name the files as nobody can guess, to publish them; names.json says whose is which.",
        ),
    ] = False,
    language: Language = None,
) -> int:
    """Show reports as a student, a TA or staff may see them: the course's policy decides what is told.

    The gradebook's reports come with the grade that was published, where that is another than the tests', and with
    the comments that people left.

    Example: grader feedback --from reports.json --as student --phase after-due --out feedback/
    """
    from rich.console import Console

    from grader.course import Course
    from grader.errors import UsageError
    from grader.feedback.files import read_reports
    from grader.feedback.students import Told, print_reports, views, write_reports

    course = Course.find()
    secret = course.secret() if unguessable else None
    if unguessable and (out is None or secret is None):
        raise UsageError("--unguessable needs --out, and the course's secret in .grader/secret")
    if reports is not None and (assignment is not None or draft):
        raise UsageError("--from takes the place of the gradebook: no --assignment and no --draft")
    told = _kept(course, assignment, draft) if reports is None else Told(read_reports(reports))
    shown = views(
        course,
        told,
        audience=audience,
        phase=phase,
        attempt=attempt,
        students=student or (),
        language=language,
    )
    if out is None:
        print_reports(Console(), shown, form)
    else:
        count = write_reports(shown, form, out, secret)
        print(f"{counted(count, 'report')} in {out}")
    return 0


def _kept(course: "Course", assignment: str | None, draft: bool) -> "Told":
    from grader.feedback.published import from_gradebook

    with open_book() as book, book.read() as connection:
        return from_gradebook(connection, course, assignment, draft=draft)


def class_report(
    reports: Annotated[
        Path | None,
        typer.Option("--from", help=f"{_FILE} Default: what the gradebook holds now."),
    ] = None,
    assignment: _Which = None,
    out: Annotated[Path | None, typer.Option(help="The page to write.")] = None,
    json: Annotated[
        Path | None, typer.Option("--json", help="Write the same as JSON to this file.")
    ] = None,
    language: Language = None,
) -> int:
    """Show staff how a class did: scores, hard and misleading tests, shared mistakes, submissions to review.

    Example: grader class-report --from reports.json --out class.html
    """
    from grader.course import Course
    from grader.errors import UsageError
    from grader.feedback.classpage import write_class_report
    from grader.feedback.files import read_reports

    if reports is not None and assignment is not None:
        raise UsageError("--from takes the place of the gradebook: no --assignment")
    course = Course.find()
    # Staff see what a person must look at, too, which is published to nobody.
    held = _kept(course, assignment, True).reports if reports is None else read_reports(reports)
    write_class_report(held, out, json, language or course.manifest.language)
    for file in (out, json):
        if file is not None:
            print(f"Report: {file}")
    return 0
