"""What was handed in and what graded it, stored once under the digest of its bytes.

They lie in the gradebook's own database: a report and what it was made from are then kept in one transaction, one
backup holds both, and everybody who reaches the gradebook reaches them.
"""

import hashlib
import zlib
from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from grader.errors import StoreError
from grader.gradebook.prepared import Prepared
from grader.gradebook.tables import objects

_ADD = {
    name: Prepared(dialect.insert(objects).on_conflict_do_nothing())
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}


def put(connection: Connection, kind: str, contents: Mapping[str, bytes]) -> None:
    """Store what is not there yet; `contents` maps digests to bytes."""
    rows = [
        {"digest": digest, "kind": kind, "data": zlib.compress(data, 1)}
        for digest, data in contents.items()
    ]
    if rows:
        _ADD[connection.dialect.name].run(connection, rows)


def get(connection: Connection, digest: str) -> bytes:
    """The bytes under a digest. Raises StoreError when they are not there, or no longer what they were."""
    found = connection.execute(select(objects.c.data).where(objects.c.digest == digest)).scalar()
    if found is None:
        raise StoreError(
            f"the gradebook lacks the files {digest[:12]}…: were they erased?",
            slug="gradebook-damaged",
        )
    try:
        data = zlib.decompress(found)
    except zlib.error as error:
        raise StoreError(
            f"the files {digest[:12]}… are damaged: restore a backup", slug="gradebook-damaged"
        ) from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise StoreError(
            f"the files {digest[:12]}… are not what was stored: restore a backup",
            slug="gradebook-damaged",
        )
    return data


def faults(connection: Connection) -> Iterator[str]:
    """What is wrong with stored objects, a sentence each."""
    for digest in connection.execute(select(objects.c.digest)).scalars().all():
        try:
            get(connection, digest)
        except StoreError as error:
            yield str(error)
