"""`grader import`: submissions come from other systems."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli import arguments
from grader.cli.counted import counted

if TYPE_CHECKING:
    from grader.exchange.intake.collect import Collected

_SHOWN = 10

import_ = typer.Typer(
    name="import", help="Bring in what other systems hand over.", no_args_is_help=True
)


def add_to(app: typer.Typer) -> None:
    """Add the group of subcommands."""
    app.add_typer(import_)


@import_.command()
def submissions(
    source: Annotated[Path, typer.Argument(help="A zip, a folder, or one notebook or module.")],
    assignment: Annotated[
        str, typer.Option(autocompletion=arguments.assignments, help="Whose files to look for.")
    ],
    form: Annotated[
        str,
        typer.Option(
            "--format",
            autocompletion=arguments.layouts,
            help="canvas, moodle, gradescope, nbgrader, inbox, github, folders; default: what fits best.",
        ),
    ] = "auto",
    out: Annotated[Path, typer.Option(help="A new folder, which grader grade reads.")] = Path(
        "submissions"
    ),
    roster: Annotated[
        Path | None,
        typer.Option(help="Who the students are: Canvas's or Moodle's table, or any CSV."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "-n", help="Report; write nothing.")
    ] = False,
) -> int:
    """Collect submissions out of a system's download, whatever its names are, and report what was guessed.

    Example: grader import submissions canvas-submissions.zip --assignment models_and_losses
    """
    from grader.course import Course
    from grader.exchange.intake.collect import collect
    from grader.exchange.people import read_people

    chosen = Course.find().assignment(assignment)
    people = read_people(roster) if roster is not None else None
    result = collect(source, chosen, layout=form, people=people, out=None if dry_run else out)
    _show(result)
    found = counted(len(result.found), "submission")
    print("nothing is written" if dry_run else f"{found} in {out}")
    return 0


def _show(result: "Collected") -> None:
    from grader.feedback.escape import one_line

    expected = "" if result.expected is None else f"expected {result.expected}, "
    print(f"{expected}found {len(result.found)}, {counted(len(result.ignored), 'file')} ignored")
    for title, lines in (
        ("guessed", result.guessed),
        ("late", result.late),
        ("missing", result.missing),
        ("ignored", result.ignored),
    ):
        for line in lines[:_SHOWN]:
            print(f"{title}: {one_line(line, 160)}")
        if len(lines) > _SHOWN:
            print(f"{title}: … and {len(lines) - _SHOWN} more")
