"""Reads the commands of a Markdown page, and what the page says that they print.

    ```console          each line after `$ ` is typed into one shell that lasts for the page; what follows is its
    $ grader build      output, in which a line `…` stands for any lines
    built: averages
    ```

    ```sh               each line is typed, and must succeed; what it prints is not shown
    grader build
    ```

A comment can do what readers need not see:

    <!-- scene                     commands to be run there, one a line
    <!-- file: PATH -->            the next block is written to that file
    <!-- body in: PATH -->         the next block is a function; its body replaces that of its namesake in the file
    <!-- run instead: COMMAND -->  for the one command of the next block, which costs too much or needs another machine
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

ELLIPSIS = "…"
_FENCE = re.compile(r"(?P<fence>```+)(?P<language>[\w{}-]*)")
_COMMENT = re.compile(r"<!-- (scene|file|body in|run instead)(?:: ?(.*?))?(?: -->)?")


@dataclass(frozen=True)
class Step:
    """What happens on a page: a command that readers see, some that they do not, or a block that goes into a file."""

    kind: Literal["command", "silent", "scene", "file", "body"]
    #: The line of the page on which it stands, or below which its output does; counted from 0.
    line: int
    text: str
    path: str = ""
    printed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """A fenced block of code."""

    language: str
    line: int
    lines: tuple[str, ...]


def blocks(lines: list[str]) -> Iterator[Block]:
    """The fenced blocks of a page."""
    number = 0
    while number < len(lines):
        opened = _FENCE.fullmatch(lines[number].strip())
        number += 1
        if opened is None:
            continue
        start = number
        while lines[number].strip() != opened["fence"]:
            number += 1
        yield Block(opened["language"], start, tuple(lines[start:number]))
        number += 1


def steps(text: str) -> list[Step]:
    """What happens on a page, in its order."""
    lines = text.splitlines()
    fenced = {block.line - 1: block for block in blocks(lines)}
    found: list[Step] = []
    told = path = ""
    number = 0
    while number < len(lines):
        comment = _COMMENT.fullmatch(lines[number])
        if number in fenced:
            block = fenced[number]
            if told in ("file", "body in"):
                kind: Literal["file", "body"] = "file" if told == "file" else "body"
                found.append(Step(kind, block.line, "\n".join(block.lines) + "\n", path))
            elif block.language == "console":
                found += _commands(block, path if told == "run instead" else "")
            elif block.language == "sh":
                found += [
                    Step("silent", block.line + at, path if told == "run instead" else line)
                    for at, line in enumerate(block.lines)
                ]
            told = ""
            number = block.line + len(block.lines)
        elif comment is not None and comment[1] == "scene":
            end = lines.index("-->", number)
            found.append(Step("scene", number, " &&\n".join(lines[number + 1 : end])))
            number = end
        elif comment is not None:
            told, path = comment[1], comment[2]
        number += 1
    return found


def _commands(block: Block, instead: str) -> Iterator[Step]:
    starts = [number for number, line in enumerate(block.lines) if line.startswith("$ ")]
    if instead and len(starts) != 1:
        raise ValueError("`run instead` is for a block of one command")
    for start, end in zip(starts, [*starts[1:], len(block.lines)], strict=True):
        command = instead or block.lines[start][2:]
        yield Step(
            "command", block.line + start, command, printed=tuple(block.lines[start + 1 : end])
        )
