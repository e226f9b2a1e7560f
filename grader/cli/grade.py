"""`grader grade`: a TA grades a folder of submissions with the hidden suite."""

import os
from pathlib import Path
from typing import Annotated

import typer


def add_to(app: typer.Typer) -> None:
    """Add the subcommand."""
    app.command()(grade)


def grade(
    assignment: Annotated[str, typer.Argument(help="Name of the assignment, as in course.toml.")],
    submissions: Annotated[
        Path,
        typer.Argument(
            help="Folder with one entry a student: STUDENT/MODULE.py, STUDENT.py, or STUDENT/ASSIGNMENT/…"
        ),
    ],
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", min=1, help="Processes; default: one for each core.")
    ] = os.cpu_count() or 1,
    json: Annotated[
        Path | None,
        typer.Option("--json", help="Write the reports of all submissions to this file."),
    ] = None,
    unconfined: Annotated[
        bool,
        typer.Option(
            "--unconfined",
            help="Grade without a sandbox. Student code can then read and change your files.",
        ),
    ] = False,
) -> int:
    """Grade a folder of submissions with the hidden suite, in the sandbox.

    Example: grader grade models_and_losses submissions/ --json reports.json
    """
    from rich.console import Console

    from grader.batch import grade_folder
    from grader.cli.progress import Progress
    from grader.course import Course

    course = Course.find()
    with Progress(Console(stderr=True)) as progress:
        batch = grade_folder(
            course, course.assignment(assignment), submissions, jobs, json, not unconfined, progress
        )
    progress.finish(Console(), batch, json)
    return 1 if batch.needs_review else 0
