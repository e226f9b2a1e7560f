"""The cells of a student's notebook that belong to an experiment, as text and pictures and nothing else.

A notebook is the student's: its HTML, scripts and vector graphics are left out, its pictures are written anew, and its
text is data for whoever shows it.
"""

import base64
import binascii
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from grader.feedback.png import rewritten

_MAX_CELLS = 500
_MAX_TEXT = 50_000
_MAX_PICTURES = 60
#: What terminals take for colours.
_COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


@dataclass(frozen=True)
class Shown:
    """A piece of a cell: text, or a picture as the address of its data."""

    kind: Literal["source", "prose", "output", "error", "picture", "note"]
    text: str


@dataclass(frozen=True)
class Cell:
    """A cell of a notebook."""

    #: The name that the assignment gave it, or nothing.
    name: str
    pieces: tuple[Shown, ...]


@dataclass(frozen=True)
class Cells:
    """What a person has to read for one experiment."""

    cells: tuple[Cell, ...]
    #: What they should know about it.
    notes: tuple[str, ...] = ()


def cells_of(notebook: bytes, experiment: str) -> Cells:
    """The cells of an experiment: from the first to the last that the assignment named after it, and what follows.

    A notebook whose cells lost their names is shown whole.
    """
    try:
        data: Any = json.loads(notebook.decode("utf-8-sig"))
        cells: list[Any] = data["cells"]
        if not isinstance(cells, list):
            raise TypeError
    except (ValueError, TypeError, KeyError, RecursionError):
        return Cells((), ("this file is no notebook",))
    cells = [cell for cell in cells[:_MAX_CELLS] if isinstance(cell, dict)]
    names = [_name(cell) for cell in cells]
    mine = [place for place, name in enumerate(names) if name.startswith(f"{experiment}-")]
    notes: tuple[str, ...] = ()
    if mine:
        end = mine[-1] + 1
        while end < len(cells) and not names[end]:
            end += 1
        cells, names = cells[mine[0] : end], names[mine[0] : end]
    else:
        notes = (f"no cell is marked as {experiment}'s, so the whole notebook is shown",)
    pictures = [0]
    return Cells(
        tuple(
            Cell(name, tuple(_pieces(cell, pictures)))
            for cell, name in zip(cells, names, strict=True)
        ),
        notes,
    )


def _name(cell: Any) -> str:
    """What nbgrader calls a cell."""
    metadata = cell.get("metadata")
    ours = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = ours.get("grade_id") if isinstance(ours, dict) else None
    return name[:100] if isinstance(name, str) else ""


def _pieces(cell: Any, pictures: list[int]) -> Iterator[Shown]:
    code = cell.get("cell_type") == "code"
    source = _text(cell.get("source"))
    if source.strip():
        yield Shown("source" if code else "prose", source)
    attached = cell.get("attachments")
    for bundle in list(attached.values())[:20] if isinstance(attached, dict) else []:
        yield from _bundle(bundle, pictures)
    outputs: Any = cell.get("outputs") if code else None
    for output in outputs[:100] if isinstance(outputs, list) else ():
        if not isinstance(output, dict):
            continue
        if output.get("output_type") == "error":
            text = f"{_text(output.get('ename'))}: {_text(output.get('evalue'))}"
            yield Shown("error", text[:_MAX_TEXT])
        elif "data" in output:
            yield from _bundle(output["data"], pictures)
        elif _text(output.get("text")).strip():
            yield Shown("output", _text(output.get("text")))


def _bundle(bundle: Any, pictures: list[int]) -> Iterator[Shown]:
    """One output in one of the forms that it has; pictures go before text."""
    if not isinstance(bundle, dict):
        return
    if "image/png" in bundle:
        yield _picture(bundle["image/png"], pictures)
    elif "text/plain" in bundle:
        yield Shown("output", _text(bundle["text/plain"]))
    else:
        kinds = ", ".join(str(kind)[:40] for kind in list(bundle)[:5])
        yield Shown("note", f"an output that is not shown: {kinds}")


def _picture(encoded: Any, pictures: list[int]) -> Shown:
    pictures[0] += 1
    if pictures[0] > _MAX_PICTURES:
        return Shown("note", "one of more pictures than are shown")
    try:
        made = rewritten(base64.b64decode("".join(_text(encoded, 1 << 24).split()), validate=True))
    except (binascii.Error, ValueError):
        made = None
    if made is None:
        return Shown("note", "a picture that is damaged, interlaced or too large")
    return Shown("picture", f"data:image/png;base64,{base64.b64encode(made).decode()}")


def _text(value: Any, limit: int = _MAX_TEXT) -> str:
    """Text as notebooks hold it: a string, or a list of them."""
    if isinstance(value, list):
        value = "".join(part for part in value if isinstance(part, str))
    if not isinstance(value, str):
        return ""
    cut = _COLOURS.sub("", value[: limit + 1])
    return cut if len(cut) <= limit else f"{cut[:limit]}…"
