"""The command `grader`: each subcommand parses, calls one library function, prints, and returns an exit code."""

import sys

import typer

from grader.errors import GraderError

app = typer.Typer(
    name="grader",
    help="Grade numerical exercises: tests and student code never share a process.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run the command; the only place where errors become sentences and exit codes."""
    from grader.cli import register

    register.everything(app)
    try:
        code = app(standalone_mode=False)
    except GraderError as error:
        print(f"grader: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except typer.Abort:
        sys.exit(130)
    sys.exit(code if isinstance(code, int) else 0)
