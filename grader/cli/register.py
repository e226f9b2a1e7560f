"""Gathers the subcommands of all modules into one application."""

import typer

from grader.cli import (
    authoring,
    check,
    db,
    decide,
    doctor,
    explain,
    export,
    feedback,
    grade,
    intake,
    manual,
    package,
    privacy,
    publish,
    redteam,
    roster,
    similar,
    submit,
    sync,
    validate,
    verify,
)

#: The subcommands by who needs them, in the order in which they come into use.
_PANELS = {
    "Students": (check, submit),
    "Grading": (intake, grade, manual, feedback, similar, export, sync),
    "Decisions and appeals": (publish, decide, verify, roster),
    "Course authors": (authoring, validate, package),
    "Looking after it": (explain, doctor, redteam, db, privacy),
}


def everything(app: typer.Typer) -> None:
    """Add every subcommand to the application."""
    for panel, modules in _PANELS.items():
        for module in modules:
            commands, groups = len(app.registered_commands), len(app.registered_groups)
            module.add_to(app)
            for command in app.registered_commands[commands:]:
                command.rich_help_panel = panel
            for group in app.registered_groups[groups:]:
                group.rich_help_panel = panel
