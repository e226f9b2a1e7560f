"""`grader doctor`: what this machine gives, and what to install."""

import typer


def add_to(app: typer.Typer) -> None:
    """Add the subcommand."""
    app.command()(doctor)


def doctor() -> int:
    """Show which layers of confinement this machine gives, the versions in use, and what could be installed.

    Exit code 0 when `grader grade` can run here, 3 when it cannot.

    Example: grader doctor
    """
    from rich.console import Console

    from grader.doctor import examine
    from grader.feedback.terminal import print_examination

    examination = examine()
    print_examination(Console(), examination)
    return 0 if examination.layers.base else 3
