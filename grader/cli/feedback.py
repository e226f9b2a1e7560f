"""`grader feedback` and `grader class-report`: what is made of graded reports."""

from pathlib import Path
from typing import Annotated

import typer

from grader.readers import Audience, Format, Phase

Reports = Annotated[
    Path, typer.Option("--from", help="A file of reports, as grader grade --json writes it.")
]
Language = Annotated[
    str | None, typer.Option("--language", help="Of the report; default: the course's.")
]


def add_to(app: typer.Typer) -> None:
    """Add the subcommands."""
    app.command()(feedback)
    app.command()(class_report)


def feedback(
    reports: Reports,
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

    Example: grader feedback --from reports.json --as student --phase after-due --out feedback/
    """
    from rich.console import Console

    from grader.course import Course
    from grader.errors import UsageError
    from grader.feedback.students import print_reports, views, write_reports

    course = Course.find()
    secret = course.secret() if unguessable else None
    if unguessable and (out is None or secret is None):
        raise UsageError("--unguessable needs --out, and the course's secret in .grader/secret")
    shown = views(
        course,
        reports,
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
        print(f"{count} reports in {out}")
    return 0


def class_report(
    reports: Reports,
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
    from grader.feedback.classpage import write_class_report

    course = Course.find()
    write_class_report(reports, out, json, language or course.manifest.language)
    for file in (out, json):
        if file is not None:
            print(f"Report: {file}")
    return 0
