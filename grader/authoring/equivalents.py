"""Mutants that no test can tell from the reference, with reasons, from `equivalent.toml` beside the hidden suite."""

import ast
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field

from pydantic import TypeAdapter, ValidationError, field_validator

from grader.authoring.mutants import Mutant
from grader.course import Assignment
from grader.errors import CourseError
from grader.models import Frozen

EQUIVALENT_FILE = "equivalent.toml"


class Entry(Frozen):
    """One statement of the reference and the mutated ones that come to the same."""

    function: str
    before: str
    after: tuple[str, ...]
    reason: str

    @field_validator("after", mode="before")
    @classmethod
    def _one_or_more(cls, after: object) -> object:
        return (after,) if isinstance(after, str) else after

    @field_validator("reason")
    @classmethod
    def _says_why(cls, reason: str) -> str:
        if not reason.strip():
            raise ValueError("an equivalent mutant needs a reason")
        return reason


@dataclass
class Equivalents:
    """The list, and which of it was needed."""

    entries: Sequence[Entry]
    _needed: set[tuple[str, str, str]] = field(default_factory=set)

    def reason(self, mutant: Mutant) -> str | None:
        """Why a surviving mutant is none, or None."""
        key = (mutant.function, _normal(mutant.before), _normal(mutant.after))
        for entry in self.entries:
            if any(key == known for known in _keys(entry)):
                self._needed.add(key)
                return entry.reason
        return None

    def stale(self) -> list[str]:
        """What is listed and was not asked for: such mutants do not exist any more, or are caught."""
        return [
            f"{key[0]}: {key[1]} → {key[2]}"
            for entry in self.entries
            for key in _keys(entry)
            if key not in self._needed
        ]


def load_equivalents(assignment: Assignment) -> Equivalents:
    """The list of an assignment; empty where there is no file. Raises CourseError naming the file."""
    file = assignment.hidden_dir / EQUIVALENT_FILE
    if not file.is_file():
        return Equivalents(())
    shown = file.relative_to(assignment.root).as_posix()
    try:
        data = tomllib.loads(file.read_text("utf-8"))
        entries = TypeAdapter(tuple[Entry, ...]).validate_python(data.get("equivalent", ()))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CourseError(f"{shown} is not valid TOML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise CourseError(f"{shown}: {where}: {first['msg']}") from error
    return Equivalents(entries)


def as_toml(mutant: Mutant) -> str:
    """The entry that would list a mutant, but for the reason."""
    keys = ("function", "before", "after")
    lines = [f"{key} = {_quoted(getattr(mutant, key))}" for key in keys]
    return "\n".join(["[[equivalent]]", *lines, 'reason = ""'])


def _quoted(text: str) -> str:
    if "'" not in text and '"' in text:
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _keys(entry: Entry) -> list[tuple[str, str, str]]:
    return [(entry.function, _normal(entry.before), _normal(after)) for after in entry.after]


def _normal(text: str) -> str:
    """A statement as `ast.unparse` writes it; what cannot be parsed, with single spaces."""
    text = " ".join(text.split())
    whole = f"{text} pass" if text.endswith(":") else text
    try:
        return ast.unparse(ast.parse(whole)).partition("\n")[0]
    except SyntaxError:
        return text
