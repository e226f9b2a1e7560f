"""Makes the tables of a gradebook, sees whether they are of this version, and brings older ones up to it."""

import os
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, inspect

from grader.errors import StoreError
from grader.gradebook import tables
from grader.gradebook.connection import Gradebook, engine_for, notice_about

_SCRIPTS = Path(__file__).parent / "migrations"
_VERSIONS = _SCRIPTS / "versions"


def open_gradebook(place: str | Path, *, create: bool = True) -> Gradebook:
    """Open a gradebook, and make it where there is none. Raises StoreError in one sentence when it cannot be used."""
    book = connect(place, create=create)
    try:
        found = version(book)
        if found is None:
            with book.write() as connection:
                # Another process may have been quicker.
                if _version(connection) is None:
                    migrate(connection)
        elif found != tables.SCHEMA:
            raise StoreError(_difference(book.name, found), slug="gradebook-version")
    except BaseException:
        book.close()
        raise
    return book


def connect(place: str | Path, *, create: bool = True) -> Gradebook:
    """Reach a gradebook, whatever its schema. Raises StoreError where there is none to be had."""
    if not isinstance(place, Path):
        book = Gradebook(engine_for(place), "the gradebook")
        if book.file is None:
            return book
        place = book.file
    if not place.exists():
        if not create:
            raise StoreError(
                f"there is no gradebook {place}: grader grade makes one with its first report",
                slug="no-gradebook",
            )
        # Grades are nobody else's business; who shares them opens the file to a group.
        with suppress(OSError):
            os.close(os.open(place, os.O_WRONLY | os.O_CREAT, 0o660))
    return Gradebook(engine_for(place), str(place), notice_about(place))


def version(book: Gradebook) -> int | None:
    """The schema of a gradebook, or None for an empty one. Raises StoreError for a database of something else."""
    with book.read() as connection:
        return _version(connection)


def _version(connection: Connection) -> int | None:
    names = set(inspect(connection).get_table_names())
    if "alembic_version" not in names:
        if names & set(tables.METADATA.tables):
            raise StoreError(
                "this database has tables of another program in it, or was cut short",
                slug="gradebook-of-another",
            )
        return None
    if "submitted_notebook" in names:
        raise StoreError(
            "this is the gradebook of nbgrader: give the grader another file beside it, in course.toml:"
            ' gradebook = "sqlite:///grader.db"',
            slug="gradebook-of-another",
        )
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if found is None or not str(found).isdecimal():
        raise StoreError("this database belongs to another program", slug="gradebook-of-another")
    return int(found)


def _difference(name: str, found: int) -> str:
    if found > tables.SCHEMA:
        return (
            f"{name} was written by a newer grader (schema {found}, this one knows {tables.SCHEMA}): "
            "pip install --upgrade grading-descent"
        )
    return f"{name} was written by an older grader (schema {found}, now {tables.SCHEMA}): grader db upgrade"


def migrate(connection: Connection) -> None:
    """Bring a gradebook up to this version, within the transaction of the connection."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.set_main_option("version_locations", str(_VERSIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
