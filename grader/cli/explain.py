"""`grader explain`: what an error, a verdict, a finding, a level or a tolerance means."""

from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli import arguments

if TYPE_CHECKING:
    from rich.console import Console

    from grader.explanations import Explanation


def add_to(app: typer.Typer) -> None:
    """Add the subcommand."""
    app.command()(explain)


def explain(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SLUG]",
            autocompletion=arguments.slugs,
            help="As messages and reports show it; default: list all.",
        ),
    ] = None,
) -> int:
    """Say what an error, a verdict, a finding, a level of feedback or a tolerance means, and what to do.

    Example: grader explain suite-points
    """
    from rich.console import Console
    from rich.padding import Padding

    from grader.explanations import SECTIONS, explanations, find

    console = Console(highlight=False, markup=False)
    if words:
        for each in find(" ".join(words)):
            _print(console, each)
        return 0
    for section in SECTIONS:
        console.print(f"{section}:", style="bold")
        names = [each.slug for each in explanations() if each.section == section]
        console.print(Padding(", ".join(names), (0, 0, 0, 2)))
    return 0


def _print(console: "Console", each: "Explanation") -> None:
    from rich.padding import Padding

    console.print(f"{each.slug}: {each.title}", style="bold")
    console.print(each.text)
    for message, hint in each.said:
        console.print(Padding(f"“{message}” {hint}".strip(), (0, 0, 0, 2)))
