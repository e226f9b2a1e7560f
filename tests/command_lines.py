"""The command lines of the grader: which there are, and whether a line is one of them."""

import shlex
from collections.abc import Iterator
from typing import Any

from typer.main import get_command

from grader.cli.register import application

ROOT: Any = get_command(application())


def leaves(
    command: Any = ROOT, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command that does something itself, by the words that call it."""
    inner = getattr(command, "commands", {})
    if not inner:
        yield path, command
    for name, each in inner.items():
        yield from leaves(each, (*path, name))


def parse(line: str) -> tuple[str, ...]:
    """The words that name the command of a line; raises what the command line raises where it is none."""
    program, *words = shlex.split(line)
    assert program == "grader", line
    command, context, path = ROOT, None, []
    while hasattr(command, "commands"):
        path.append(words.pop(0) if words else "")
        assert path[-1] in command.commands, f"no such command: {line}"
        command = command.commands[path[-1]]
        context = command.make_context(path[-1], list(words), parent=context)
    return tuple(path)
