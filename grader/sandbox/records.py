"""What a worker answers, as data that was checked: replies, exceptions, and how loading went."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from grader.sandbox.notebook import cell_in

#: Bases and frames of an exception that are told.
_MAX_ROWS = 20

Kind = Literal["value", "raised", "timeout", "killed", "refused"]
Path = tuple[int | str, ...]


@dataclass(frozen=True)
class Raised:
    """An exception of the submission as data: its type, the names of its bases, its message and the
    submission's frames.
    """

    type: str
    bases: tuple[str, ...]
    message: str
    #: file, line, function, text of the line; innermost last
    frames: tuple[tuple[str, int, str, str], ...] = ()

    @property
    def line(self) -> int | None:
        """The line of the submission at which it was raised."""
        return self.frames[-1][1] if self.frames else None

    @property
    def cell(self) -> int | None:
        """The cell of a notebook in which that line is."""
        return cell_in(self.frames[-1][0]) if self.frames else None


@dataclass(slots=True)
class Reply:
    """What became of one call; not frozen, since making a frozen one costs as much as decoding it."""

    kind: Kind
    value: Any = None
    raised: Raised | None = None
    #: One plain sentence where the worker was lost.
    message: str = ""
    changed: tuple[Path, ...] = ()
    aliased: tuple[Path, ...] = ()
    warnings: tuple[tuple[str, str, int | None], ...] = ()
    notes: tuple[str, ...] = ()
    output: str = ""
    #: An exception of the test's own call-back, to be raised again in the test.
    callback_error: BaseException | None = None
    #: What the worker wrote, to be read again; None where that was much, or held objects of ours.
    origin: bytes | None = None


@dataclass(frozen=True)
class Loaded:
    """How loading a submission went. `functions` says of each graded name: ready, stub, missing or not callable."""

    functions: Mapping[str, str]
    error: Mapping[str, Any] | None = None
    notes: tuple[str, ...] = ()
    output: str = ""
    #: The submission may keep something from one call to the next.
    stateful: bool = False


class Lost(Exception):
    """The worker is gone or must go."""

    def __init__(self, kind: Kind, message: str) -> None:
        super().__init__(message)
        self.kind: Kind = kind


class Malformed(Exception):
    """A record that does not have the form it must have."""


def pair(content: Any) -> tuple[tuple[Any, ...], dict[Any, Any]]:
    """Arguments and keyword arguments of a call-back. Raises Malformed."""
    if (
        type(content) is tuple
        and len(content) == 2
        and type(content[0]) is tuple
        and type(content[1]) is dict
    ):
        return content
    raise Malformed("arguments that are none")


def _text(value: Any, limit: int = 2000) -> str:
    if type(value) is not str:
        raise Malformed("text that is none")
    text: str = value[:limit]
    # Half a surrogate pair is text to Python, and to no file that a report is written to.
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()


def _line(value: Any) -> int | None:
    return value if type(value) is int and 0 <= value < 1 << 31 else None


def checked_load(record: Any, output: Any, graded: Mapping[str, str], stateful: bool) -> Loaded:
    """The record of a load. Raises Malformed."""
    if type(record) is not dict or type(record.get("functions")) is not dict:
        raise Malformed("a load record that is none")
    said = record["functions"]
    states = {
        name: state if (state := said.get(name)) in ("ready", "stub", "not callable") else "missing"
        for name in graded
    }
    error = record.get("error")
    if error is not None:
        if type(error) is not dict:
            raise Malformed("a load error that is none")
        error = {
            "kind": _text(error.get("kind", "raised"), 40),
            "message": _text(error.get("message", "")),
            "line": _line(error.get("line")),
            "cell": _line(error.get("cell")),
            "text": _text(error.get("text", "")),
            "type": _text(error.get("type", ""), 200),
            "newer": _text(error.get("newer", ""), 10),
        }
    notes = record.get("notes")
    return Loaded(
        states,
        error,
        tuple(_text(note, 300) for note in notes[:20]) if type(notes) is list else (),
        _text(output, 64 << 10),
        stateful,
    )


def checked_raised(value: Any) -> Raised:
    """An exception, from the three texts that a worker makes of it (`loader.thrown`). Raises Malformed."""
    if type(value) is not tuple or len(value) != 3:
        raise Malformed("an exception that is none")
    bases = _bases(_text(value[0], _MAX_ROWS * 201))
    frames = _text(value[2], _MAX_ROWS * 1000)
    rows = [row.split("\t", 3) for row in frames.split("\n")] if frames else []
    if len(bases) > _MAX_ROWS or len(rows) > _MAX_ROWS or any(len(row) != 4 for row in rows):
        raise Malformed("an exception that is none")
    return Raised(
        bases[0],
        bases,
        _text(value[1]),
        tuple(
            [(file[:200], _number(line), name[:200], text[:200]) for file, line, name, text in rows]
        ),
    )


@lru_cache(256)
def _bases(names: str) -> tuple[str, ...]:
    return tuple([name[:200] for name in names.split("\t")])


def _number(text: str) -> int:
    """A line's number; 0 for what is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def checked_meta(meta: Any) -> dict[str, Any]:
    """What a call did besides its result, as fields of Reply. Raises Malformed."""
    if type(meta) is not dict:
        raise Malformed("a record that is none")
    return {
        "changed": _paths(meta.get("changed", [])),
        "aliased": _paths(meta.get("aliased", [])),
        "warnings": tuple(_warning(item) for item in _listed(meta.get("warnings", []), 32)),
        "notes": tuple(_text(note, 300) for note in _listed(meta.get("notes", []), 4)),
        "output": _text(meta.get("output", ""), 64 << 10),
    }


def _listed(value: Any, limit: int) -> list[Any]:
    if type(value) is not list:
        raise Malformed("a list that is none")
    return value[:limit]


def _paths(value: Any) -> tuple[Path, ...]:
    paths = []
    for path in _listed(value, 64):
        parts = _listed(path, 10)
        if not all(type(part) in (int, str) for part in parts):
            raise Malformed("a path that is none")
        paths.append(tuple(part if type(part) is int else _text(part, 100) for part in parts))
    return tuple(paths)


def _warning(item: Any) -> tuple[str, str, int | None]:
    if type(item) is not tuple or len(item) != 3:
        raise Malformed("a warning that is none")
    return _text(item[0], 200), _text(item[1], 500), _line(item[2])
