"""`grader redteam`: the published attacks, tried on this machine."""

import os
from pathlib import Path
from typing import Annotated

import typer


def add_to(app: typer.Typer) -> None:
    """Add the subcommand."""
    app.command()(redteam)


def redteam(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME]...",
            help="A family, or an attack as family/name; default: all.",
            show_default=False,
        ),
    ] = None,
    plain: Annotated[
        bool,
        typer.Option(
            "--plain",
            help="Also run what is harmless, unconfined, against a plain pytest grader, to compare.",
        ),
    ] = False,
    oldest: Annotated[
        bool, typer.Option("--oldest", help="Use of landlock only what its first version gave.")
    ] = False,
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", min=1, help="Arenas at once; default: one for each core.")
    ] = os.cpu_count() or 1,
    json: Annotated[
        Path | None, typer.Option("--json", help="Write what became of each attack to this file.")
    ] = None,
) -> int:
    """Try the published attacks on the grader of this machine, and say which it withstood.

    Exit code 1 when one did not end as it must, 3 where student code cannot be confined.

    Example: grader redteam escaping forging/patches_numpy
    """
    from rich.console import Console
    from rich.progress import Progress

    from grader.doctor import require_confinement
    from grader.feedback.files import write_private
    from grader.redteam.corpus import chosen
    from grader.redteam.outcome import print_outcome, try_all
    from grader.wholefile import require_place

    attempts = chosen(names or [])
    require_confinement()
    if json is not None:
        require_place(json)
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("attacks", total=len(attempts))
        outcome = try_all(
            attempts,
            jobs=jobs,
            abi_cap=1 if oldest else None,
            plain=plain,
            announce=lambda: progress.advance(task),
        )
    print_outcome(Console(), outcome)
    if json is not None:
        write_private(json, outcome.as_json())
    return 0 if outcome.held else 1
