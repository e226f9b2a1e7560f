"""Opening a gradebook: made where there is none, and refused in one sentence where it cannot be used."""

import multiprocessing
import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import event

from grader.errors import StoreError, UsageError
from grader.gradebook import connection as connections
from grader.gradebook import maintenance, schema, tables
from grader.gradebook.connection import Gradebook, engine_for, file_system, notice_about
from grader.gradebook.schema import connect, open_gradebook
from tests.gradebook.samples import grade, handed_in

NEXT_STEP = """\
import sqlalchemy as sa
from alembic import op

revision = "2"
down_revision = "1"

def upgrade() -> None:
    op.add_column("attempts", sa.Column("place", sa.Text))
"""


def test_migrations_make_what_the_tables_say(book: Gradebook) -> None:
    with book.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.METADATA) == []


def test_an_older_gradebook_names_the_command_that_upgrades_it(
    place: Path | str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = open_gradebook(place)
    grade(book, handed_in())
    book.close()
    versions = tmp_path / "versions"
    versions.mkdir()
    for file in Path(schema.__file__).parent.glob("migrations/versions/*.py"):
        (versions / file.name).write_bytes(file.read_bytes())
    (versions / "second.py").write_text(NEXT_STEP)
    monkeypatch.setattr(schema, "_VERSIONS", versions)
    monkeypatch.setattr(tables, "SCHEMA", 2)
    with pytest.raises(StoreError, match=r"older grader \(schema 1, now 2\): grader db upgrade"):
        open_gradebook(place)
    before, after, copy = maintenance.upgrade(place)
    assert (before, after) == (1, 2)
    assert (copy is not None and copy.exists()) == isinstance(place, Path)
    open_gradebook(place).close()
    assert maintenance.upgrade(place) == (2, 2, None)


def test_a_newer_gradebook_is_left_alone(place: Path | str) -> None:
    book = open_gradebook(place)
    with book.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '99'")
    book.close()
    with pytest.raises(StoreError, match="newer grader"):
        open_gradebook(place)
    with pytest.raises(StoreError, match="newer grader"):
        maintenance.upgrade(place)


def test_a_database_of_another_program_is_left_alone(place: Path | str) -> None:
    book = connect(place)
    with book.write() as connection:
        connection.exec_driver_sql("CREATE TABLE attempts (a INTEGER)")
    book.close()
    with pytest.raises(StoreError, match="another program"):
        open_gradebook(place)


def test_a_copy_is_a_gradebook_with_everything_in_it(book: Gradebook, tmp_path: Path) -> None:
    _, before = grade(book, handed_in("ann"), handed_in("bob"))
    maintenance.backup(book, tmp_path / "copy.db")
    copy = open_gradebook(tmp_path / "copy.db")
    assert maintenance.check(copy) == []
    done, after = grade(copy, handed_in("ann"), handed_in("bob"))
    copy.close()
    assert (done, after) == ([], before)
    assert not stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) & stat.S_IRWXO
    with pytest.raises(StoreError, match="there already"):
        maintenance.backup(book, tmp_path / "copy.db")


def test_a_gradebook_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no gradebook"):
        open_gradebook(tmp_path / "gradebook.db", create=False)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("damage", ["text", "cut", "middle"])
def test_a_damaged_file_is_told_in_one_sentence(tmp_path: Path, damage: str) -> None:
    file = tmp_path / "gradebook.db"
    book = open_gradebook(file)
    grade(book, *(handed_in(f"s{number}") for number in range(200)))
    book.close()
    data = bytearray(file.read_bytes())
    if damage == "text":
        data = bytearray(b"student,points\nann,3\n" * 100)
    elif damage == "cut":
        del data[len(data) // 2 :]
    else:
        data[len(data) // 3 : len(data) // 2] = b"\xff" * (len(data) // 2 - len(data) // 3)
    file.write_bytes(data)
    try:
        damaged = open_gradebook(file)
        found = maintenance.check(damaged)
        damaged.close()
    except StoreError as error:
        found = [str(error)]
    assert found
    assert all("\n" not in line for line in found)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened or made"):
        open_gradebook(tmp_path / "nowhere" / "gradebook.db")


def test_a_full_disk_is_told_and_costs_nothing_that_was_kept(tmp_path: Path) -> None:
    file = tmp_path / "gradebook.db"
    book = open_gradebook(file)
    _, before = grade(book, handed_in("ann"))
    with book.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    book.close()
    full = Gradebook(engine_for(file), str(file))
    event.listen(
        full.engine, "connect", lambda raw, _: raw.execute(f"PRAGMA max_page_count={pages + 1}")
    )
    with pytest.raises(StoreError, match="the disk is full"):
        grade(full, *(handed_in(f"s{number}", "x = 1\n" * 999) for number in range(100)))
    full.close()
    book = open_gradebook(file)
    assert maintenance.check(book) == []
    assert grade(book, handed_in("ann")) == ([], before)
    book.close()


def test_who_holds_a_gradebook_for_too_long_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_PATIENCE", 0)
    file = tmp_path / "gradebook.db"
    book = open_gradebook(file)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another program has held it for 0 seconds"):
            grade(book, handed_in("ann"))
    assert grade(book, handed_in("ann"))[0] == ["ann"]
    book.close()


def test_nobody_else_may_read_a_new_gradebook(tmp_path: Path) -> None:
    book = open_gradebook(tmp_path / "gradebook.db")
    grade(book, handed_in())
    for file in tmp_path.iterdir():
        assert not stat.S_IMODE(file.stat().st_mode) & stat.S_IRWXO
    book.close()


def test_a_gradebook_is_kept_with_a_log_that_is_on_disk_before_anything_is_told(
    tmp_path: Path,
) -> None:
    book = open_gradebook(tmp_path / "gradebook.db")
    with book.read() as connection:
        mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
        full = connection.exec_driver_sql("PRAGMA synchronous").scalar()
    assert (mode, full) == ("wal", 2)
    assert book.notice is None
    book.close()


def test_on_a_network_file_system_there_is_no_such_log_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "file_system", lambda file: "nfs4")
    book = open_gradebook(tmp_path / "gradebook.db")
    with book.read() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"
    assert book.notice is not None
    assert "network file system (nfs4)" in book.notice
    book.close()


def test_the_file_system_is_that_of_the_nearest_mount(tmp_path: Path) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        "1 0 8:1 / / rw - ext4 /dev/a rw\n"
        "2 1 0:4 / /home rw,nosuid shared:1 - nfs4 server:/home rw\n"
        "3 2 0:5 / /home/my\\040course rw - xfs /dev/b rw\n"
        "broken\n"
    )
    kinds = [
        file_system(Path(path), mounts)
        for path in ("/srv/g.db", "/home/g.db", "/home/my course/g.db", "/homes/g.db")
    ]
    assert kinds == ["ext4", "nfs4", "xfs", "ext4"]
    assert file_system(tmp_path, tmp_path / "nowhere") is None
    assert notice_about(tmp_path) is None


def make(file: str) -> None:
    open_gradebook(Path(file)).close()


def test_two_who_make_it_at_once_make_one(tmp_path: Path) -> None:
    file = tmp_path / "gradebook.db"
    context = multiprocessing.get_context("spawn")
    both = [context.Process(target=make, args=(str(file),)) for _ in range(2)]
    for process in both:
        process.start()
    for process in both:
        process.join()
    assert [process.exitcode for process in both] == [0, 0]
    book = open_gradebook(file)
    assert maintenance.check(book) == []
    book.close()


@pytest.mark.parametrize("url", ["mysql://x/y", "no url", "sqlite://"])
def test_what_is_no_gradebook_is_a_usage_error(url: str) -> None:
    with pytest.raises(UsageError, match="gradebook"):
        engine_for(url)


def test_a_server_that_cannot_be_reached_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"^the gradebook: "):
        open_gradebook(f"postgresql://nobody@/nothing?host={tmp_path}")


def test_a_missing_driver_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(UsageError, match="pip install"):
        engine_for("postgresql://nobody@/nothing")


def test_a_url_may_name_a_file(tmp_path: Path) -> None:
    book = open_gradebook(f"sqlite:///{tmp_path}/a.db")
    assert book.file == tmp_path / "a.db"
    assert book.file.exists()
    book.close()
