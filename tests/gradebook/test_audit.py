"""Every row is vouched for: a change, a removal and an addition past the log are all seen."""

import pytest

from grader.bundles import pack, unpack
from grader.errors import StoreError
from grader.gradebook import maintenance, objects
from grader.gradebook.connection import Gradebook
from tests.gradebook.samples import BUNDLE, BUNDLE_DIGEST, grade, handed_in

TAMPERING = {
    "a score": ("UPDATE reports SET score = 4 WHERE id = 2", "reports 2 was changed"),
    "a name": ("UPDATE attempts SET student = 'eve' WHERE id = 1", "attempts 1 was changed"),
    "a removal": ("DELETE FROM reports WHERE id = 3", "reports 3 was removed"),
    "the last row": ("DELETE FROM audit WHERE seq = 6", "was added past the audit log"),
    "a line of the log": (
        "UPDATE audit SET digest = chain WHERE seq = 2",
        "line 2 of the audit log does not follow",
    ),
    "a gap in the log": ("DELETE FROM audit WHERE seq = 2", "lacks lines 2 to 2"),
    "an object": ("DELETE FROM objects WHERE kind = 'submission'", "lacks its files"),
    "a suite": ("DELETE FROM objects WHERE kind = 'bundle'", "lacks the suite"),
    "half an object": ("UPDATE objects SET data = substr(data, 9)", "are damaged: restore"),
    "a report": (
        "UPDATE reports SET text = (SELECT data FROM objects WHERE kind = 'bundle')",
        "cannot be read",
    ),
    "a report's row": ("UPDATE reports SET state = 'missing'", "says something else than its row"),
    "a key": ("UPDATE reports SET key = 'x' WHERE id = 1", "was not made from what its key says"),
}


@pytest.mark.parametrize("what", TAMPERING)
def test_tampering_is_seen(book: Gradebook, what: str) -> None:
    grade(book, *(handed_in(f"s{number}") for number in range(3)))
    assert maintenance.check(book) == []
    statement, said = TAMPERING[what]
    with book.write() as connection:
        connection.exec_driver_sql(statement)
    assert any(said in line for line in maintenance.check(book))


def test_an_object_that_is_not_what_was_stored_is_never_given_out(book: Gradebook) -> None:
    grade(book, handed_in())
    with book.write() as connection:
        assert unpack(objects.get(connection, BUNDLE_DIGEST)) == BUNDLE
        connection.exec_driver_sql("UPDATE objects SET digest = 'x' WHERE kind = 'bundle'")
    with book.read() as connection, pytest.raises(StoreError, match="not what was stored"):
        objects.get(connection, "x")
    with book.read() as connection, pytest.raises(StoreError, match="lacks the files"):
        objects.get(connection, BUNDLE_DIGEST)


@pytest.mark.parametrize("files", [{}, {"": b""}, {"a:b": b"1:2", "ä\udcff": b"\0" * 3}])
def test_what_is_packed_is_unpacked(files: dict[str, bytes]) -> None:
    assert unpack(pack(files)) == files


@pytest.mark.parametrize("data", [b"x", b"1:5:abc", b"1:", b"-1:2:ab", b"1:2:abc9"])
def test_what_was_never_packed_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):
        unpack(data)
