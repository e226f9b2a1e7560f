"""`grader validate`: whether an assignment is fair, before students see it."""

from pathlib import Path
from typing import Annotated

import typer

from grader.cli import arguments


def add_to(app: typer.Typer) -> None:
    """Add the subcommand."""
    app.command()(validate)


def validate(
    assignments: arguments.Assignments = None,
    jobs: arguments.Jobs = arguments.CORES,
    json: Annotated[
        Path | None, typer.Option("--json", help="Write everything that was found to this file.")
    ] = None,
    save: Annotated[
        bool,
        typer.Option("--save", help="Keep each result beside its hidden suite, to be committed."),
    ] = False,
    toml: Annotated[
        bool,
        typer.Option(
            "--toml", help="Print surviving mutants as entries for equivalent.toml, and no more."
        ),
    ] = False,
) -> int:
    """Prove assignments fair: right work earns all, the stub nothing, every mistake and mutant is caught.

    The columns: mistakes caught; other right ways with full marks; mutants caught, and mutants equal to the
    reference; whether float32 is told apart; what share of the tolerance another order of adding up uses; by how
    many tolerances the least visible mistake misses. Exit code 1 when something is not as it should be.

    Example: grader validate models_and_losses
    """
    from rich.console import Console

    from grader.authoring.validate import validate as validate_one
    from grader.authoring.validation import as_json
    from grader.authoring.validation import save as keep
    from grader.cli.validation import following, print_validation
    from grader.course import Course
    from grader.feedback.files import write_private
    from grader.wholefile import require_place

    course = Course.find()
    if json is not None:
        require_place(json)
    found = []
    for name in assignments or course.names:
        assignment = course.assignment(name)
        with following(Console(stderr=True), name) as watch:
            timed = validate_one(assignment, jobs=jobs, watch=watch)
        found.append(timed)
        if save:
            keep(assignment, timed.validation)
        if toml:
            for survivor in timed.validation.survivors:
                print(f"{survivor.entry}\n")
        else:
            print_validation(Console(), timed)
    if json is not None:
        write_private(json, as_json(found))
    return 0 if all(timed.validation.good for timed in found) else 1
