"""Reads nbgrader master notebooks: where their solutions, hidden tests and mark schemes are.

nbgrader finds its regions by words anywhere in a line and silently drops an end without a beginning;
here that is an error.
"""

import json
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from grader.errors import CourseError

_KINDS = {"SOLUTION": "solution", "HIDDEN TESTS": "hidden test", "MARK SCHEME": "mark scheme"}


@dataclass(frozen=True)
class NotebookRegion:
    """A part of a master notebook that students must not get. `code` is False for text cells."""

    kind: str
    text: str
    where: str
    code: bool


def read_notebook(data: bytes, shown: str) -> dict[str, Any]:
    """Decode a notebook. Raises CourseError naming `shown` if it is none, or older than format 4."""
    try:
        notebook: Any = json.loads(data.decode("utf-8-sig"))
    except ValueError as error:
        raise CourseError(f"{shown}: not a notebook: {error}") from error
    if isinstance(notebook, dict):
        cells = notebook.get("cells")
        minor = notebook.get("nbformat_minor", 0)
        if isinstance(minor, int) and isinstance(cells, list) and all(map(_is_cell, cells)):
            return notebook
    raise CourseError(f"{shown}: not a notebook of format 4")


def _is_cell(cell: Any) -> bool:
    if not isinstance(cell, dict):
        return False
    source, metadata = cell.get("source", ""), cell.get("metadata", {})
    lines = source if isinstance(source, list) else [source]
    return (
        all(isinstance(line, str) for line in lines)
        and isinstance(metadata, dict)
        and isinstance(metadata.get("nbgrader", {}), dict)
    )


def source_of(cell: Mapping[str, Any]) -> str:
    """The source of a cell, which notebooks store as one string or as lines."""
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(source)


def notebook_regions(notebook: Mapping[str, Any], shown: str) -> Iterator[NotebookRegion]:
    """The regions of a master notebook. Raises CourseError for one without beginning or end."""
    for number, cell in enumerate(notebook["cells"], 1):
        code = cell.get("cell_type") == "code"
        solved = False
        for words, kind in _KINDS.items():
            for line, text in _spans(source_of(cell), words, f"{shown}, cell {number}"):
                where = f"{shown}, cell {number}, line {line}"
                yield NotebookRegion(kind, textwrap.dedent(text), where, code)
                solved = solved or kind == "solution"
        marked = cell.get("metadata", {}).get("nbgrader", {})
        if marked.get("solution") and not solved:
            # nbgrader replaces the whole cell.
            yield NotebookRegion("solution", source_of(cell), f"{shown}, cell {number}", code)


def _spans(source: str, words: str, where: str) -> Iterator[tuple[int, str]]:
    begin, inside = 0, list[str]()
    for number, line in enumerate(source.split("\n"), 1):
        if f"BEGIN {words}" in line:
            if begin:
                raise CourseError(
                    f"{where}, line {number}: BEGIN {words} inside another", slug="hidden-region"
                )
            begin, inside = number, []
        elif f"END {words}" in line:
            if not begin:
                raise CourseError(
                    f"{where}, line {number}: END {words} without BEGIN {words}",
                    slug="hidden-region",
                )
            yield begin + 1, "\n".join(inside)
            begin = 0
        elif begin:
            inside.append(line)
    if begin:
        raise CourseError(
            f"{where}, line {begin}: BEGIN {words} without END {words}", slug="hidden-region"
        )
