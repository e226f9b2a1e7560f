"""Puts a student's work into an inbox, and gives a receipt that can be held against what lies there.

An inbox is a folder as nbgrader's exchange has it: `STUDENT+ASSIGNMENT+TIME+TOKEN/` with the files and `timestamp.txt`,
so `nbgrader collect` and `grader import submissions` both read it. The receipt is a copy of the manifest in it. Nothing
is signed, since a student's machine holds no secret: a receipt proves what the inbox still holds.
"""

import ast
import hashlib
import json
import os
import platform
import re
import secrets
import shutil
import warnings
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from getpass import getuser
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

from pydantic import AwareDatetime, Field, field_validator

from grader.bundles import digest
from grader.course import Assignment
from grader.errors import StoreError, UsageError
from grader.exchange.folders import MAX_NOTEBOOK, read_submission
from grader.exchange.regular import Unacceptable, read_regular
from grader.exchange.times import TIMESTAMP_FILE
from grader.models import Frozen
from grader.sandbox.notebook import SUFFIX

RECEIPT_FILE = "grader-receipt.json"
INBOX_VARIABLE = "GRADER_INBOX"
#: A folder whose name begins with a dot is one that collectors pass over.
_STUDENT = re.compile(r"\w[\w.@-]{0,59}")
_MOST = 1 << 20
#: Clocks differ, and a folder takes a while to be written.
_PATIENCE = 120


class Receipt(Frozen):
    """What was handed in, by whom, when, and with which versions it was written."""

    schema_: Literal[1] = Field(default=1, alias="schema")
    student: str
    assignment: str
    version: str
    at: AwareDatetime
    #: As reports state it.
    submission: str
    #: SHA-256 by name.
    files: Mapping[str, str]
    python: str
    numpy: str | None
    #: The folder in the inbox.
    folder: str

    @field_validator("at")
    @classmethod
    def _in_utc(cls, at: datetime) -> datetime:
        # Whoever reads it takes its hours for those of UTC.
        return at.astimezone(UTC)


def submit(
    folder: Path, assignment: Assignment, inbox: Path | None, student: str | None = None
) -> tuple[Receipt, Path]:
    """Hand in the work in an assignment's folder; the receipt, and where it lies. Raises UsageError, StoreError."""
    if inbox is None:
        place = os.environ.get(INBOX_VARIABLE)
        if not place:
            raise UsageError(
                f"where to? Name your course's inbox with --to, or in {INBOX_VARIABLE}"
            )
        inbox = Path(place)
    if not inbox.is_dir():
        raise UsageError(f"there is no inbox {inbox}")
    name = student or os.environ.get("GRADER_USER") or _user()
    if not _STUDENT.fullmatch(name):
        raise UsageError(
            f"{name!r} cannot be the name of a folder: say who you are with --as, in letters, digits "
            "and . - _ @ alone, as your login has them"
        )
    work = read_submission(name, folder, assignment)
    if work.problem is not None:
        raise UsageError(f"this cannot be handed in: {work.problem}")
    if not work.files:
        raise UsageError(f"there is nothing of {assignment.name} in {folder}")
    try:
        files = dict(_files(folder))
    except OSError as error:
        raise UsageError(f"{error.filename} cannot be read: {error.strerror}") from error
    except Unacceptable as error:
        raise UsageError(f"this cannot be handed in: {error}") from None
    now = datetime.now(UTC).replace(microsecond=0)
    stamp = f"{now:%Y-%m-%d %H:%M:%S} UTC"
    receipt = Receipt(
        student=name,
        assignment=assignment.name,
        version=assignment.manifest.version,
        at=now,
        submission=digest(work.contents),
        files={name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
        python=platform.python_version(),
        numpy=_numpy(),
        folder=f"{name}+{assignment.name}+{stamp}+{secrets.token_hex(8)}",
    )
    text = receipt.model_dump_json(by_alias=True, indent=1) + "\n"
    _put(
        inbox,
        receipt.folder,
        {**files, TIMESTAMP_FILE: stamp.encode(), RECEIPT_FILE: text.encode()},
    )
    file = folder / f"receipt-{now:%Y%m%d-%H%M%S}.json"
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise StoreError(
            f"it is handed in, but {file} cannot be written: {error.strerror}"
        ) from error
    return receipt, file


def _user() -> str:
    """The name of the system's user; nothing where it has none, as in some containers."""
    try:
        return getuser()
    except (ImportError, KeyError, OSError):
        return ""


def unreadable(folder: Path) -> list[str]:
    """A sentence for each module in a folder that is no Python, which nobody wants to hand in unawares."""
    found = []
    for name, data in _files(folder):
        if name.endswith(".py"):
            try:
                with warnings.catch_warnings(action="ignore"):
                    ast.parse(data)
            except SyntaxError as error:
                where = f", line {error.lineno}" if error.lineno else ""
                found.append(f"{name} cannot be read{where}: {error.msg}")
            except (ValueError, MemoryError, RecursionError) as error:
                found.append(f"{name} cannot be read: {error}")
    return found


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The modules and notebooks that lie in a folder themselves; no link is followed. Raises Unacceptable, OSError."""
    for file in sorted(folder.iterdir()):
        if file.suffix in (".py", SUFFIX) and file.is_file() and not file.is_symlink():
            yield file.name, read_regular(file, MAX_NOTEBOOK)


def _numpy() -> str | None:
    try:
        return version("numpy")
    except PackageNotFoundError:
        return None


def _put(inbox: Path, name: str, files: Mapping[str, bytes]) -> None:
    """Write a folder into the inbox; it appears whole or not at all."""
    # Collectors pass over names that begin with a dot.
    unfinished = inbox / f".{name}"
    try:
        unfinished.mkdir()
        for file, data in files.items():
            (unfinished / file).write_bytes(data)
        unfinished.rename(inbox / name)
    except OSError as error:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise StoreError(f"cannot hand in at {inbox}: {error.strerror}") from error


def read_receipt(file: Path) -> Receipt:
    """A receipt. Raises UsageError where the file holds none."""
    try:
        with file.open("rb") as opened:
            return _receipt(file, opened.read(_MOST))
    except OSError as error:
        raise UsageError(f"cannot read {file}: {error.strerror}") from error


def _receipt(file: Path, data: bytes) -> Receipt:
    try:
        return Receipt.model_validate(json.loads(data))
    except (ValueError, RecursionError, OverflowError) as error:
        raise UsageError(f"{file} is no receipt") from error


def verify(receipt: Receipt, inbox: Path) -> tuple[list[str], list[str]]:
    """What speaks against a receipt, and what a person should know beside; no objection means that it holds."""
    name = receipt.folder
    parts = name.split("+")
    if "/" in name or "\\" in name or parts[:2] != [receipt.student, receipt.assignment]:
        return ["its folder is not one of this student and assignment"], []
    place = inbox / name
    if place.is_symlink() or not place.is_dir():
        return [f"the inbox holds no {name}"], []
    objections = []
    try:
        manifest = place / RECEIPT_FILE
        if _receipt(manifest, read_regular(manifest, _MOST)) != receipt:
            objections.append("it differs from the manifest in the inbox")
        there = {file: hashlib.sha256(data).hexdigest() for file, data in _files(place)}
        changed = place.stat().st_ctime
    except (Unacceptable, UsageError) as error:
        return [str(error)], []
    except OSError as error:
        return [f"{name} cannot be read: {error.strerror}"], []
    for file in sorted(set(there) | set(receipt.files)):
        if there.get(file) != receipt.files.get(file):
            what = "is not there" if file not in there else "differs"
            objections.append(f"{file} {what if file in receipt.files else 'was added'}")
    if parts[2:3] != [f"{receipt.at:%Y-%m-%d %H:%M:%S} UTC"]:
        objections.append("its time is not that of its folder")
    # The student's machine wrote the time; this one is the file system's, which no student sets.
    late = changed - receipt.at.timestamp()
    notes = []
    if abs(late) > _PATIENCE:
        moment = datetime.fromtimestamp(changed, UTC)
        notes.append(
            f"the inbox's own clock says {moment:%Y-%m-%d %H:%M:%S} UTC; a copy has a later one"
        )
    return objections, notes
