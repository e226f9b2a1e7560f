"""Gathers the subcommands of all modules into one application."""

import typer

from grader.cli import (
    authoring,
    check,
    db,
    decide,
    doctor,
    export,
    feedback,
    grade,
    intake,
    manual,
    package,
    publish,
    redteam,
    roster,
    submit,
    validate,
    verify,
)

_MODULES = (
    check,
    submit,
    intake,
    grade,
    publish,
    decide,
    manual,
    roster,
    feedback,
    export,
    package,
    doctor,
    redteam,
    authoring,
    validate,
    verify,
    db,
)


def everything(app: typer.Typer) -> None:
    """Add every subcommand to the application."""
    for module in _MODULES:
        module.add_to(app)
