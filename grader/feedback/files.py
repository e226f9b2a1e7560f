"""Reads a file of reports and writes what was made of them, readable by the owner alone."""

import ast
import hashlib
import re
from collections.abc import Collection, Mapping
from pathlib import Path

from pydantic import ValidationError

from grader.course import Assignment
from grader.errors import UsageError
from grader.models import ReportFile
from grader.wholefile import appearing

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


def read_reports(file: Path) -> ReportFile:
    """The reports that `grader grade --json` wrote. Raises UsageError where the file holds something else."""
    try:
        return ReportFile.model_validate_json(file.read_bytes())
    except OSError as error:
        raise UsageError(f"cannot read {file}: {error.strerror}") from error
    except ValidationError as error:
        first = error.errors()[0]
        why = ": ".join(filter(None, (".".join(map(str, first["loc"])), first["msg"])))
        raise UsageError(f"{file} is no file of reports: {why}", slug="report-file") from error


def file_name(student: str, taken: Collection[str] = ()) -> str:
    """A file name for a student, whatever the name holds: plain names stay, others get a mark that tells them apart.

    So do those that are `taken` in small letters: some disks do not tell them apart.
    """
    plain = _UNSAFE.sub("_", student).lstrip(".")[:60]
    if plain == student and plain and plain.lower() not in taken:
        return plain
    mark = hashlib.sha256(student.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{plain or 'student'}-{mark}"


def write_private(file: Path, content: str | bytes) -> None:
    """Write a file that only its owner may read; it appears whole or not at all. Raises StoreError."""
    if isinstance(content, str):
        # Half a surrogate pair is text to Python, and to no file.
        content = content.encode("utf-8", "backslashreplace")
    with appearing(file) as unfinished:
        unfinished.write_bytes(content)


def hidden_sources(assignment: Assignment) -> Mapping[str, str]:
    """The source of the hidden tests by id, for readers to whom everything is told."""
    found: dict[str, str] = {}
    for file in sorted(assignment.hidden_dir.glob("test_*.py")):
        try:
            text = file.read_text("utf-8")
            body = ast.parse(text).body
        except (OSError, ValueError, SyntaxError):
            # The suite may be another one by now; a report is readable without it.
            continue
        for node in body:
            if isinstance(node, ast.FunctionDef):
                # Decorators are told by the report.
                source = ast.get_source_segment(text, node)
                found[f"{file.name}::{node.name}"] = source or ""
    return found
