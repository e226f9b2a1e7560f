"""Gathers what the gradebook holds of one student, as the law may ask."""

import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from grader.bundles import unpack
from grader.errors import UsageError
from grader.gradebook import objects
from grader.gradebook.audit import LOGGED
from grader.gradebook.decisions import Team, history

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True)
class Personal:
    """What is stored of a student: a record for programs and people, and what was handed in, by path."""

    record: Mapping[str, Any]
    files: Mapping[str, bytes]

    def as_zip(self) -> bytes:
        """The record and the files as one zip; the same bytes for the same content."""
        packed = io.BytesIO()
        text = json.dumps(self.record, indent=1, ensure_ascii=False)
        contents = {
            "record.json": text.encode("utf-8", "backslashreplace"),
            **self.files,
        }
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in contents.items():
                archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
        return packed.getvalue()


def rows_of(connection: Connection, student: str) -> dict[str, list[Row[Any]]]:
    """The rows of a student, by table."""
    return {
        name: list(
            connection.execute(select(table).where(table.c.student == student).order_by(table.c.id))
        )
        for name, table in LOGGED.items()
    }


def gather(connection: Connection, student: str) -> Personal:
    """All that is stored of a student, hidden tests' messages included; of a team, its name and no other member.

    Raises UsageError for a student of whom nothing is known.
    """
    rows = rows_of(connection, student)
    teams = [each for each in history(connection, [Team]) if student in each.body.members]
    if not teams and not any(rows.values()):
        raise UsageError(f"the gradebook knows no student {student!r}", slug="unknown-student")
    record: dict[str, Any] = {"student": student}
    record |= {name: [_told(row) for row in found] for name, found in rows.items()}
    record["teams"] = [
        {"team": each.student, "assignment": each.assignment, "at": each.at} for each in teams
    ]
    files = {}
    for attempt in rows["attempts"]:
        for name, data in _handed_in(connection, attempt):
            path = "/".join(map(_plain, ("files", attempt.assignment, str(attempt.number), name)))
            while path in files:
                path += "_"
            files[path] = data
    return Personal(record, files)


def _told(row: Row[Any]) -> dict[str, Any]:
    """A row but for its salt, which says nothing, with what is packed in it unpacked."""
    told = {name: value for name, value in row._asdict().items() if name != "salt"}
    if "body" in told:
        told["body"] = json.loads(told["body"])
    if "text" in told:
        told["report"] = json.loads(zlib.decompress(told.pop("text")))
    return told


def _handed_in(connection: Connection, attempt: Row[Any]) -> Iterator[tuple[str, bytes]]:
    for name, data in unpack(objects.get(connection, attempt.digest)).items():
        yield name if "." in name else f"{name}.py", data
    if attempt.notebook is not None:
        yield "notebook.ipynb", objects.get(connection, attempt.notebook)


def _plain(name: str) -> str:
    """A part of a path that stays within its folder wherever it is unpacked, whatever a student called the file."""
    return _UNSAFE.sub("_", name).lstrip(".")[:80] or "_"
