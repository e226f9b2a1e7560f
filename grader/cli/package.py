"""`grader package`: what grades an assignment, for machines of others."""

from pathlib import Path
from typing import Annotated

import typer

from grader.cli import arguments

package = typer.Typer(
    name="package", help="Pack an assignment for graders of others.", no_args_is_help=True
)


def add_to(app: typer.Typer) -> None:
    """Add the group of subcommands."""
    app.add_typer(package)


@package.callback()
def _package() -> None:
    """Pack an assignment for graders of others."""


@package.command()
def gradescope(
    assignment: arguments.Assignment,
    out: Annotated[
        Path | None, typer.Option(help="Default: ASSIGNMENT-gradescope.zip, beside you.")
    ] = None,
) -> int:
    """Make the autograder zip that is uploaded to Gradescope; it holds the hidden suite, so keep it from students.

    Example: grader package gradescope models_and_losses
    """
    from grader.course import Course
    from grader.elsewhere.gradescope import build
    from grader.feedback.files import write_private

    course = Course.find()
    file = out or Path(f"{assignment}-gradescope.zip")
    write_private(file, build(course, course.assignment(assignment)))
    print(f"{file}: upload it as the autograder; students must not have it")
    return 0


@package.command()
def github(
    assignment: arguments.Assignment,
    out: Annotated[
        Path | None, typer.Option(help="A folder; default: ASSIGNMENT-github, beside you.")
    ] = None,
) -> int:
    """Make the kit for GitHub Classroom: a workflow for students' repositories, and what a private one must hold.

    Example: grader package github models_and_losses
    """
    from grader.course import Course
    from grader.elsewhere.github import write_kit

    course = Course.find()
    folder = out or Path(f"{assignment}-github")
    write_kit(course, course.assignment(assignment), folder)
    print(f"{folder}: its README.md says where each part belongs; students must not have grading/")
    return 0
