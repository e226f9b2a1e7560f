"""Arguments that several commands take, worded once, and what a shell can complete an argument to."""

import os
from pathlib import Path
from typing import Annotated

import typer


def assignments(begun: str) -> list[str]:
    """The assignments of the course here whose names begin so; none where there is no course."""
    from grader.course import Course
    from grader.errors import GraderError

    try:
        names = Course.find().names
    except GraderError:
        return []
    return [name for name in names if name.startswith(begun)]


Assignment = Annotated[
    str,
    typer.Argument(autocompletion=assignments, help="Name of the assignment, as in course.toml."),
]
Assignments = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[ASSIGNMENT]...",
        autocompletion=assignments,
        help="Default: all of the course.",
    ),
]
Student = Annotated[
    str, typer.Argument(metavar="STUDENT", help="A student or a team, as submissions name it.")
]


def given(reason: str) -> str:
    """A reason that says something. Raises UsageError."""
    from grader.errors import UsageError

    if not reason.strip():
        raise UsageError("say why: a decision is kept with its reason")
    return reason


Reason = Annotated[
    str, typer.Option("--reason", callback=given, help="Why; it is kept with the decision.")
]
Roster = Annotated[
    Path | None,
    typer.Option(help="With --from, who the students are: Canvas's or Moodle's table, any CSV."),
]
Jobs = Annotated[
    int, typer.Option("--jobs", "-j", min=1, help="Processes; default: one for each core.")
]
CORES = os.cpu_count() or 1
DryRun = Annotated[
    bool, typer.Option("--dry-run", "-n", help="Show what would change; write nothing.")
]
Draft = Annotated[bool, typer.Option("--draft", help="What would be published now, not what was.")]


def functions(begun: str) -> list[str]:
    """The graded functions of the assignment here whose names begin so; none where there is no assignment."""
    from grader.course import governing_manifest
    from grader.errors import GraderError
    from grader.manifests import read_manifest

    file = governing_manifest(Path.cwd())
    try:
        graded = read_manifest(file).functions if file else ()
    except GraderError:
        return []
    return [function.name for function in graded if function.name.startswith(begun)]


def layouts(begun: str) -> list[str]:
    """The layouts of submissions whose names begin so."""
    from grader.exchange.intake.layouts import LAYOUTS

    return [name for name in LAYOUTS if name.startswith(begun)]


def formats(begun: str) -> list[str]:
    """The formats of exports whose names begin so."""
    from grader.exchange import registry

    return [name for name in registry.OURS if name.startswith(begun)]


def slugs(begun: str) -> list[str]:
    """What can be explained and begins so."""
    from grader.explanations import explanations

    return [each.slug for each in explanations() if each.slug.startswith(begun)]
