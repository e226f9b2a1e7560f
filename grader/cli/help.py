"""The pages of help: plain text in a pipe, a little colour in a terminal.

Typer would draw them with rich, whose imports cost more than everything else that `grader --help` does.
"""

import os
import re
import shutil
import textwrap
from collections.abc import Iterator
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

_NARROWEST, _WIDEST = 60, 100
#: What stands left of an explanation; longer ones have a line of their own.
_LONGEST = 28
_OPTION = re.compile(r"(?<!\S)--?[a-z][\w-]*")

_Rows = list[tuple[str, str]]


class Command(TyperCommand):
    """A command whose page of help is ours."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """What its command line is made of."""
        return [self.options_metavar or "", *map(_usage, _parameters(self, ctx, "argument"))]

    def get_help(self, ctx: Any) -> str:
        """The page."""
        return "\n".join(_page(self, ctx))


class Group(TyperGroup):
    """A command with commands of its own, whose page of help is ours."""

    def get_help(self, ctx: Any) -> str:
        """The page."""
        return "\n".join(_page(self, ctx))


def _page(command: Any, ctx: Any) -> Iterator[str]:
    width = max(_NARROWEST, min(shutil.get_terminal_size().columns, _WIDEST))
    yield from _wrapped(
        " ".join(["Usage:", ctx.command_path, *command.collect_usage_pieces(ctx)]), width
    )
    for paragraph in (command.help or "").split("\n\n"):
        text = " ".join(paragraph.split())
        yield ""
        # An example is there to be copied.
        yield from [text] if text.startswith("Example: ") else _wrapped(text, width)
    for sections in (_commands(command), _told(command, ctx)):
        names = [name for rows in sections.values() for name, _ in rows]
        column = max((len(name) for name in names if len(name) <= _LONGEST), default=0) + 4
        for title, rows in sections.items():
            yield f"\n{_styled(f'{title}:', bold=True)}"
            for name, told in rows:
                yield from _row(name, told, column, width)


def _row(name: str, told: str, column: int, width: int) -> Iterator[str]:
    coloured = _OPTION.sub(lambda found: _styled(found[0], fg="cyan"), name)
    begin = f"  {coloured if name.startswith('-') else _styled(name, fg='cyan')}"
    lines = _wrapped(told, width - column)
    if lines and len(name) <= column - 4:
        begin += " " * (column - 2 - len(name)) + lines.pop(0)
    yield begin
    yield from (" " * column + line for line in lines)


def _commands(command: Any) -> dict[str, _Rows]:
    """The commands of a group by who needs them, and the first sentence of each."""
    panels: dict[str, _Rows] = {}
    for name, each in getattr(command, "commands", {}).items():
        first = (each.help or "").partition("\n\n")[0]
        panels.setdefault(each.rich_help_panel or "Commands", []).append((name, first))
    return panels


def _told(command: Any, ctx: Any) -> dict[str, _Rows]:
    """The arguments and options of a command, and what is told of each."""
    arguments, options = (
        [(each, *each.get_help_record(ctx)) for each in _parameters(command, ctx, kind)]
        for kind in ("argument", "option")
    )
    sections = {
        "Arguments": [(_placeholder(each), told) for each, _, told in arguments],
        "Options": [(name, told) for _, name, told in options],
    }
    return {title: rows for title, rows in sections.items() if rows}


def _parameters(command: Any, ctx: Any, kind: str) -> list[Any]:
    return [
        each for each in command.get_params(ctx) if each.param_type_name == kind and not each.hidden
    ]


def _placeholder(argument: Any) -> str:
    return str(argument.metavar or argument.name.upper())


def _usage(argument: Any) -> str:
    name = _placeholder(argument)
    return name if argument.required or name.startswith("[") else f"[{name}]"


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_on_hyphens=False, break_long_words=False)


def _styled(text: str, **style: Any) -> str:
    """Text in colour, which typer takes out again where the output is no terminal."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return text
    return typer.style(text, **style)
