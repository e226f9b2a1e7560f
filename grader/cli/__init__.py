"""The command `grader`: each subcommand parses, calls one library function, prints, and returns an exit code."""

import io
import sys
from typing import Annotated

import typer

from grader import __version__
from grader.errors import GraderError

INTERRUPTED = 130

app = typer.Typer(
    name="grader",
    help="Grade numerical exercises: tests and student code never share a process.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"grading-descent {__version__}")
        raise typer.Exit


@app.callback()
def _grader(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Grade numerical exercises: tests and student code never share a process."""


def main() -> None:
    """Run the command; the only place where errors become sentences and exit codes."""
    for stream in (sys.stdout, sys.stderr):
        # What a submission says may hold any character, and a file or an old terminal only some.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    from grader.cli import register

    if not app.registered_commands:
        register.everything(app)
    try:
        code = app(standalone_mode=False)
    except GraderError as error:
        print(f"grader: {error}\n  more: grader explain {error.slug}", file=sys.stderr)
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except Exception as error:
        show = getattr(error, "show", None)
        if show is None:
            raise
        # A usage error of the command line; it knows how to show itself.
        show()
        sys.exit(2)
    if code == INTERRUPTED:
        # Newer versions of typer catch an interrupt and return this.
        print("grader: interrupted", file=sys.stderr)
    sys.exit(code if isinstance(code, int) else 0)
