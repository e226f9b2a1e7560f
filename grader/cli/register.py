"""Gathers the subcommands of all modules into one application."""

from collections.abc import Sequence
from importlib import import_module
from typing import Annotated

import typer

from grader import __version__
from grader.cli.help import Command, Group

#: The modules of subcommands by who needs them, in the order in which they come into use.
_PANELS = {
    "Students": ("check", "submit"),
    "Grading": ("intake", "grade", "manual", "feedback", "similar", "export", "sync"),
    "Decisions and appeals": ("publish", "decide", "verify", "roster"),
    "Course authors": ("authoring", "validate", "package"),
    "Looking after it": ("explain", "doctor", "redteam", "db", "privacy"),
}


def application(words: Sequence[str] = ()) -> typer.Typer:
    """The command line with every subcommand, or with no more than `words` need.

    A module that is named as the first word holds the command of that name; the others need not be loaded then.
    """
    known = {module for modules in _PANELS.values() for module in modules}
    only = next((word for word in words[:1] if word in known), None)
    app = typer.Typer(
        name="grader",
        help="Grade numerical exercises: tests and student code never share a process.",
        cls=Group,
        no_args_is_help=True,
        # Options of its own that nobody gave: typer would ask pydantic whether they are valid.
        add_completion=only is None,
        add_help_option=only is None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_grader)
    for panel, modules in _PANELS.items():
        for module in modules:
            if only in (None, module):
                _add(app, module, panel)
    return app


def _add(app: typer.Typer, module: str, panel: str) -> None:
    commands, groups = len(app.registered_commands), len(app.registered_groups)
    import_module(f"grader.cli.{module}").add_to(app)
    for command in app.registered_commands[commands:]:
        command.rich_help_panel, command.cls = panel, Command
    for group in app.registered_groups[groups:]:
        group.rich_help_panel, group.cls = panel, Group
        for command in group.typer_instance.registered_commands if group.typer_instance else ():
            command.cls = Command


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"grading-descent {__version__}")
        raise typer.Exit


def _grader(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Grade numerical exercises: tests and student code never share a process."""
