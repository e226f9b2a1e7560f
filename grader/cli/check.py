"""`grader check`: students run the public tests against their own work."""

from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli import arguments

if TYPE_CHECKING:
    from grader.models import Checked


def add_to(app: typer.Typer) -> None:
    """Add the subcommand."""
    app.command()(check)


def check(
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH] [FUNCTION]...",
            autocompletion=arguments.functions,
            help="Your assignment folder or module (default: here), and functions to check.",
        ),
    ] = None,
    watch: Annotated[
        bool, typer.Option("--watch", "-w", help="Check again whenever a file changes.")
    ] = False,
    language: Annotated[
        str, typer.Option("--language", envvar="GRADER_LANGUAGE", help="Of what is printed.")
    ] = "en",
) -> int:
    """Run the public tests on your own work, in about a second.

    Example: grader check models_and_losses.py softmax
    """
    import gc
    from contextlib import suppress

    # What is loaded stays: the collector need not look through it again and again.
    gc.disable()
    from rich.console import Console

    from grader.feedback.catalogue import catalogue
    from grader.feedback.terminal import patient, print_checked, print_watching
    from grader.selfcheck import check_once, check_watching, split_arguments

    gc.freeze()
    gc.enable()
    console, words = Console(), catalogue(language)
    folder, functions = split_arguments(what or [])
    if watch:

        def show(checked: "Checked") -> None:
            # What is wrong now stands alone; where there is no screen, nothing is lost.
            console.clear()
            print_checked(console, checked, words)
            print_watching(console, words)

        # Being interrupted is how it is meant to end.
        with suppress(KeyboardInterrupt):
            check_watching(folder, functions, show, lambda: patient(console, words))
        return 0
    with patient(console, words):
        checked = check_once(folder, functions)
    print_checked(console, checked, words)
    return 0 if checked.all_passed else 1
