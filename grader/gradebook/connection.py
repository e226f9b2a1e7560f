"""Opens a gradebook: a SQLite file, or a PostgreSQL database by URL."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry

from grader.errors import StoreError, UsageError

#: Seconds that a writer waits for another one; a transaction takes milliseconds.
_PATIENCE = 30
#: File systems whose locks or shared memory SQLite's write-ahead log cannot rely on.
_NETWORK = frozenset(
    [
        "9p",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "coda",
        "fuse.glusterfs",
        "fuse.sshfs",
        "gpfs",
        "lustre",
        "nfs",
        "nfs4",
        "orangefs",
        "smb2",
        "smb3",
        "smbfs",
        "virtiofs",
    ]
)
#: Any number that no other program's lock in the same database has.
_WRITER_LOCK = 0x67726164


class Gradebook:
    """An open gradebook."""

    def __init__(self, engine: Engine, name: str, notice: str | None = None) -> None:
        self.engine = engine
        #: What to call it in a sentence.
        self.name = name
        #: What a person should know about how it is kept.
        self.notice = notice

    @property
    def file(self) -> Path | None:
        """The SQLite file, or None for a database elsewhere."""
        path = self.engine.url.database
        return Path(path) if self.engine.dialect.name == "sqlite" and path else None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A view of one moment. Raises StoreError."""
        with self.refusals(), self.engine.connect() as connection:
            if self.file is None:
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction, one writer after another; kept on disk once this ends. Raises StoreError."""
        with self.refusals(), self.engine.connect() as connection:
            connection.execution_options(grader_writes=True)
            with connection.begin():
                if self.file is None:
                    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER_LOCK})")
                yield connection

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """Turns what a database says into one sentence. Raises StoreError."""
        try:
            yield
        except DBAPIError as error:
            raise StoreError(f"{self.name}: {_sentence(error.orig)}") from error
        except self.engine.dialect.loaded_dbapi.Error as error:
            # From what goes past SQLAlchemy (`prepared`).
            raise StoreError(f"{self.name}: {_sentence(error)}") from error
        except UnicodeEncodeError as error:
            raise StoreError(f"{self.name} cannot hold this text: {error.reason}") from error

    def close(self) -> None:
        """Close every connection; a SQLite file is then complete without its log."""
        self.engine.dispose()


def _sentence(error: BaseException | None) -> str:
    said = " ".join(str(error).split()) or type(error).__name__
    known = {
        "database is locked": f"another program has held it for {_PATIENCE} seconds",
        "database or disk is full": "the disk is full; what was announced is kept",
        "attempt to write a readonly database": "it cannot be written: check who owns the file and its folder",
        "unable to open database file": "it cannot be opened or made: check who owns the file and its folder",
        "file is not a database": "this file is no gradebook; put it aside, or restore a backup",
        "database disk image is malformed": "this file is damaged; restore the last backup",
        "disk I/O error": "the disk refuses to read or write it",
    }
    return known.get(said, said)


def engine_for(place: str | Path) -> Engine:
    """The engine for a file or a URL. Raises UsageError for what is neither, and without a driver."""
    if isinstance(place, Path):
        return _sqlite(place)
    try:
        url = make_url(place)
    except ArgumentError as error:
        raise UsageError(
            "the gradebook's URL is none: postgresql://USER@HOST/NAME", slug="gradebook-url"
        ) from error
    if url.get_backend_name() == "sqlite" and url.database:
        return _sqlite(Path(url.database))
    if url.get_backend_name() != "postgresql":
        raise UsageError(
            f"a gradebook is a SQLite file or in PostgreSQL, not in {url.get_backend_name()!r}",
            slug="gradebook-url",
        )
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    try:
        return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 10})
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise UsageError(
            "a gradebook in PostgreSQL needs a driver: pip install 'psycopg[binary]'",
            slug="gradebook-url",
        ) from error


def _sqlite(file: Path) -> Engine:
    journal = "DELETE" if file_system(file) in _NETWORK else "WAL"
    # What is erased is overwritten.
    return sqlite_engine(file, f"journal_mode={journal}", "synchronous=FULL", "secure_delete=ON")


def sqlite_engine(file: Path, *pragmas: str) -> Engine:
    """The engine for a SQLite file in which a transaction is one from its first statement to its last."""
    engine = create_engine(
        URL.create("sqlite", database=str(file)),
        # As with PostgreSQL, a row is handed over by the names of its columns.
        paramstyle="named",
        connect_args={"timeout": _PATIENCE, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        # The driver would begin transactions of its own, late, and end them before a change of the schema.
        connection.isolation_level = None
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("grader_writes", False)
        # Past SQLAlchemy (`prepared`).
        connection.connection.cursor().execute("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def notice_about(file: Path) -> str | None:
    """What a person should know about where a SQLite gradebook lies."""
    kind = file_system(file)
    if kind not in _NETWORK:
        return None
    return (
        f"{file} lies on a network file system ({kind}): it is kept without a write-ahead log, which is slower, "
        "and only as safe as that system's locks; a local disk or PostgreSQL is better"
    )


def file_system(file: Path, mounts: Path = Path("/proc/self/mountinfo")) -> str | None:
    """The type of file system that a path lies on; None where the system does not tell."""
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return None
    wanted = Path(os.path.realpath(file))
    best: tuple[int, str | None] = (-1, None)
    for line in lines:
        left, _, right = line.partition(" - ")
        fields = left.split(" ")
        if len(fields) < 5 or not right:
            continue
        point = Path(_unescaped(fields[4]))
        if point in (wanted, *wanted.parents) and len(point.parts) >= best[0]:
            best = (len(point.parts), right.split(" ")[0])
    return best[1]


def _unescaped(path: str) -> str:
    for escaped, plain in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        path = path.replace(escaped, plain)
    return path
