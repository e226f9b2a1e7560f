"""`grader build`, `grader init` and `grader release`: what authors do before students see anything."""

import sys
from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from grader.cli import arguments


def add_to(app: typer.Typer) -> None:
    """Add the subcommands."""
    for command in (init, build, release):
        app.command()(command)


def build(
    assignments: arguments.Assignments = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; name what is stale, exit 1 if any.")
    ] = False,
) -> int:
    """Make assignments/ (for students) and solutions/ from source/, and verify that nothing leaks.

    Example: grader build models_and_losses
    """
    from grader.authoring.build import build as build_course
    from grader.course import Course

    course = Course.find()
    report = build_course(course, assignments or None, check=check)
    for warning in report.warnings:
        print(f"grader: warning: {warning}", file=sys.stderr)
    for file in report.stale if check else report.set_aside:
        print(f"{'stale' if check else 'set aside'}: {file.relative_to(course.root)}")
    print(f"{'checked' if check else 'built'}: {', '.join(report.built)}")
    return 1 if check and report.stale else 0


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or an empty folder.")],
) -> int:
    """Make a new course with one small assignment that builds, validates and grades as it is.

    Example: grader init my-course
    """
    from grader.authoring.template import init as make_course

    files = make_course(folder)
    print(f"{len(files)} files in {folder}; read {folder / 'README.md'}, or start with:")
    print(f"  cd {quote(str(folder))}\n  grader build\n  grader validate")
    return 0


def release(
    target: Annotated[Path, typer.Argument(metavar="DIR", help="The public place.")],
    assignments: arguments.Assignments = None,
) -> int:
    """Copy the student files, and nothing else, into a public place; replace only what it put there.

    Example: grader release ../public models_and_losses
    """
    from grader.authoring.release import release as release_course
    from grader.course import Course

    report = release_course(Course.find(), target, assignments or None)
    for word, files in (("written", report.written), ("removed", report.removed)):
        for file in files:
            print(f"{word}: {file}")
    print(f"{target} is up to date: {len(report.written)} written, {len(report.removed)} removed")
    return 0
