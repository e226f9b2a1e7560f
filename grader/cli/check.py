"""`grader check`: students run the public tests against their own work."""

from typing import Annotated

import typer


def add_to(app: typer.Typer) -> None:
    """Add the subcommand."""
    app.command()(check)


def check(
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH] [FUNCTION]...",
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

    # What is loaded stays: the collector need not look through it again and again.
    gc.disable()
    from rich.console import Console

    from grader.feedback.catalogue import catalogue
    from grader.feedback.terminal import print_checked
    from grader.selfcheck import check_once, check_watching, split_arguments

    gc.freeze()
    gc.enable()
    console, words = Console(), catalogue(language)
    folder, functions = split_arguments(what or [])
    if watch:
        check_watching(folder, functions, lambda checked: print_checked(console, checked, words))
        return 0
    checked = check_once(folder, functions)
    print_checked(console, checked, words)
    return 0 if checked.all_passed else 1
