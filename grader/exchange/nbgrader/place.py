"""Where a course of nbgrader lies: its folders as configured, and its gradebook, of the schema that we know."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from grader.errors import MissingExtraError, StoreError, UsageError
from grader.exchange.nbgrader.tables import METADATA, OLDER, SCHEMA
from grader.gradebook.connection import Gradebook, sqlite_engine

CONFIG_FILE = "nbgrader_config.py"
_SQLITE = "sqlite:///"
#: What can be a folder for nbgrader, which reads paths as patterns, too.
_FOLDER = re.compile(r"[\w@][\w@.+,' -]{0,127}")


@dataclass(frozen=True)
class Place:
    """A course of nbgrader."""

    root: Path
    #: Its gradebook.
    url: str
    course_id: str
    source: str = "source"
    autograded: str = "autograded"
    structure: str = "{nbgrader_step}/{student_id}/{assignment_id}"
    #: Whether people of one group share the files.
    shared: bool = False

    def source_of(self, assignment: str) -> Path:
        """The folder by which nbgrader knows that there is such an assignment."""
        return self._folder(self.source, ".", assignment)

    def autograded_of(self, assignment: str, student: str) -> Path:
        """The folder in which formgrader looks for a student's notebooks."""
        return self._folder(self.autograded, student, assignment)

    def _folder(self, step: str, student: str, assignment: str) -> Path:
        names = {"nbgrader_step": step, "student_id": student, "assignment_id": assignment}
        return self.root / self.structure.format(**names)

    @property
    def file(self) -> Path | None:
        """The gradebook's file, or None for a database elsewhere."""
        return self.root / self.url.removeprefix(_SQLITE) if self.url.startswith(_SQLITE) else None


def can_be_folder(student: str) -> bool:
    """Whether nbgrader can have files of a student of this name, and we need fear none."""
    return bool(_FOLDER.fullmatch(student)) and student == student.strip()


def find_place(folder: Path) -> Place:
    """The course of nbgrader in a folder, by its configuration if it has one. Raises UsageError, MissingExtraError."""
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder}")
    options = _options(folder.resolve())
    root = Path(options.get("root") or folder).resolve()
    return Place(
        root,
        options.get("db_url") or f"{_SQLITE}{root / 'gradebook.db'}",
        options.get("course_id", "").strip() or "default_course",
        options.get("source_directory", Place.source),
        options.get("autograded_directory", Place.autograded),
        options.get("directory_structure", Place.structure),
        options.get("groupshared", False),
    )


def _options(folder: Path) -> dict[str, Any]:
    """What nbgrader would read here about the folders of a course."""
    try:
        from jupyter_core.paths import jupyter_config_path
        from traitlets.config import Config, PyFileConfigLoader
    except ImportError as error:
        if not (folder / CONFIG_FILE).exists():
            return {}
        raise MissingExtraError("lab", f"reading {folder / CONFIG_FILE}") from error
    found = Config()
    for place in (*map(Path, reversed(jupyter_config_path())), folder):
        if (place / CONFIG_FILE).is_file():
            try:
                found.merge(PyFileConfigLoader(CONFIG_FILE, path=str(place)).load_config())
            except Exception as error:
                raise UsageError(f"{place / CONFIG_FILE} cannot be read: {error}") from error
    return dict(found.CourseDirectory)


def open_place(place: Place, *, pretend: bool = False) -> Gradebook:
    """Reach its gradebook; to pretend, one that is not there yet is only imagined. Raises UsageError, StoreError."""
    file = place.file
    try:
        if file is None:
            return Gradebook(create_engine(place.url), "nbgrader's gradebook")
        if pretend and not file.exists():
            return Gradebook(sqlite_engine(Path(":memory:")), str(file))
        return Gradebook(sqlite_engine(file), str(file))
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise UsageError(f"nbgrader's db_url cannot be used here: {error}") from error


def prepare(connection: Connection, name: str) -> None:
    """See that a gradebook is of the schema that we know, and make it where there is nothing. Raises StoreError."""
    there = inspect(connection)
    names = set(there.get_table_names())
    if not names:
        METADATA.create_all(connection)
        _stamp(connection)
    elif "alembic_version" in names:
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        if found != SCHEMA:
            raise StoreError(f"{name} {_difference(str(found))}")
    elif all(
        table in names
        and {column["name"] for column in there.get_columns(table)} == set(columns.columns.keys())
        for table, columns in METADATA.tables.items()
    ):
        # nbgrader could not run alembic when it made this, and would never notice.
        _stamp(connection)
    else:
        raise StoreError(f"{name} is no gradebook of nbgrader, or was cut short when it was made")


def _stamp(connection: Connection) -> None:
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
    connection.execute(
        text("INSERT INTO alembic_version (version_num) VALUES (:found)"), {"found": SCHEMA}
    )


def _difference(found: str) -> str:
    if found in OLDER:
        return f"has the schema of an older nbgrader ({found}): nbgrader db upgrade"
    if found.isdecimal():
        return "is the grader's own gradebook: give nbgrader another, by c.CourseDirectory.db_url"
    return f"has a schema of nbgrader that this grader does not know ({found}, not {SCHEMA})"
