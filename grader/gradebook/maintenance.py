"""Looks after a gradebook: is it whole, bring it up to date, copy it."""

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy import Connection, insert, select

from grader.errors import StoreError
from grader.gradebook import audit, objects, tables
from grader.gradebook.attempts import key_of
from grader.gradebook.connection import Gradebook
from grader.gradebook.erasure import erased_rows
from grader.gradebook.schema import connect, migrate, open_gradebook, version
from grader.models import GradeReport
from grader.wholefile import appearing


def check(book: Gradebook) -> list[str]:
    """Everything that is wrong with a gradebook, a sentence each. Raises StoreError when it cannot be read."""
    with book.read() as connection:
        found = _file_faults(book, connection)
        found += audit.faults(connection, erased_rows(connection))
        found += objects.faults(connection)
        found += _report_faults(connection)
    return found


def _file_faults(book: Gradebook, connection: Connection) -> list[str]:
    if book.file is None:
        return []
    said = connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars().all()
    return [f"the file is damaged: {line}" for line in said if line != "ok"]


def _report_faults(connection: Connection) -> Iterator[str]:
    """Reports that are no reports, or not those that their row says."""
    stored = {digest for (digest,) in connection.execute(select(tables.objects.c.digest))}
    for row in connection.execution_options(yield_per=50).execute(select(tables.reports)):
        name = f"report {row.id}, of {row.student!r} in {row.assignment},"
        try:
            report = GradeReport.model_validate_json(zlib.decompress(row.text))
        except (zlib.error, ValidationError):
            yield f"{name} cannot be read"
            continue
        if (report.student, report.score, report.state) != (row.student, row.score, row.state):
            yield f"{name} says something else than its row"
        if key_of(row.assignment, report) != row.key:
            yield f"{name} was not made from what its key says"
        if row.bundle not in stored:
            yield f"{name} lacks the suite that it was made with"
    for row in connection.execute(select(tables.attempts)):
        if row.digest not in stored:
            yield f"attempt {row.number} of {row.student!r} in {row.assignment} lacks its files"


def upgrade(place: str | Path) -> tuple[int, int, Path | None]:
    """Bring an older gradebook up to this version; a file is copied first. Returns the schema before and after, and
    the copy. Raises StoreError.
    """
    book = connect(place, create=False)
    try:
        before = version(book)
        if before is None:
            raise StoreError(f"{book.name} is empty: grader grade makes one", slug="no-gradebook")
        if before > tables.SCHEMA:
            raise StoreError(
                f"{book.name} was written by a newer grader (schema {before}, this one knows {tables.SCHEMA}): "
                "pip install --upgrade grading-descent",
                slug="gradebook-version",
            )
        copy = None
        if before < tables.SCHEMA:
            if book.file is not None:
                copy = book.file.with_name(f"{book.file.name}.schema{before}")
                _copy_file(book.file, copy)
            with book.write() as connection:
                migrate(connection)
    finally:
        book.close()
    return before, tables.SCHEMA, copy


def backup(book: Gradebook, file: Path) -> None:
    """Copy a gradebook, as it is at one moment, into a new SQLite file, which is itself a gradebook. Raises
    StoreError.
    """
    if book.file is not None:
        _copy_file(book.file, file)
        return
    _refuse_existing(file)
    copy = open_gradebook(file)
    try:
        with book.read() as source, copy.write() as target:
            for table in tables.METADATA.sorted_tables:
                rows = source.execution_options(yield_per=100).execute(select(table)).mappings()
                for part in rows.partitions(100):
                    target.execute(insert(table), [dict(row) for row in part])
    finally:
        copy.close()


def _refuse_existing(file: Path) -> None:
    if file.exists():
        raise StoreError(f"{file} is there already: a backup never replaces a file")


def _copy_file(source: Path, file: Path) -> None:
    """Copy a SQLite file that others may be writing to."""
    _refuse_existing(file)
    try:
        with (
            appearing(file, 0o660) as unfinished,
            closing(sqlite3.connect(source)) as here,
            closing(sqlite3.connect(unfinished)) as there,
        ):
            here.backup(there)
            there.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise StoreError(f"cannot write {file}: {error}") from error
