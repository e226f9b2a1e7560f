"""The command `grader`: each subcommand parses, calls one library function, prints, and returns an exit code."""

import io
import sys
from typing import NoReturn

from grader.errors import GraderError

INTERRUPTED = 130


def main() -> None:
    """Run the command; the only place where errors become sentences and exit codes."""
    for stream in (sys.stdout, sys.stderr):
        # What a submission says may hold any character, and a file or an old terminal only some.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    from typer import Abort

    from grader.cli.register import application

    try:
        code = application(sys.argv[1:])(standalone_mode=False)
    except GraderError as error:
        _fail(error)
    except ModuleNotFoundError as error:
        from grader.extras import lacking

        told = lacking(error)
        if told is None:
            raise
        _fail(told)
    except (KeyboardInterrupt, Abort):
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


def _fail(error: GraderError) -> NoReturn:
    print(f"grader: {error}\n  more: grader explain {error.slug}", file=sys.stderr)
    sys.exit(error.exit_code)
