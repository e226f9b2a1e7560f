"""The audit log: every row that is added is chained, as a salted digest, to those before it.

Nobody can then change or remove a row, or slip one in, without every later line of the log being wrong. Since a digest
cannot be undone without the salt, and the salt lies in the row, a student's rows can be erased and the log stays valid.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from getpass import getuser
from os import environ
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from grader.gradebook.tables import attempts, audit, decisions, reports

#: The tables whose rows the log vouches for.
LOGGED: Mapping[str, Table] = {
    "attempts": attempts,
    "decisions": decisions,
    "reports": reports,
}
#: What stands before the first line.
START = "0" * 64


def now() -> str:
    """This moment in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def who() -> str:
    """Who is at work: GRADER_USER, or the name of the system's user."""
    name = environ.get("GRADER_USER")
    if name:
        return name
    try:
        return getuser()
    except (KeyError, OSError):
        return "unknown"


def append(connection: Connection, kind: str, rows: Sequence[dict[str, Any]]) -> list[int]:
    """Add rows to a table and to the log, within a writer's transaction; returns their ids."""
    if not rows:
        return []
    table = LOGGED[kind]
    for row in rows:
        row["salt"] = secrets.token_hex(16)
    # The lock of the writer's transaction makes these the ids that come next.
    last = connection.execute(select(func.max(audit.c.record)).where(audit.c.kind == kind)).scalar()
    first = (last or 0) + 1
    full = [{"id": first + number, **row} for number, row in enumerate(rows)]
    connection.execute(insert(table), full)
    seq, chain = _end(connection)
    lines = []
    for row in full:
        seq += 1
        digest = digest_of(table, row)
        chain = link(chain, seq, kind, row["id"], digest)
        lines.append(
            {"seq": seq, "kind": kind, "record": row["id"], "digest": digest, "chain": chain}
        )
    connection.execute(insert(audit), lines)
    return [row["id"] for row in full]


def _end(connection: Connection) -> tuple[int, str]:
    row = connection.execute(
        select(audit.c.seq, audit.c.chain).order_by(audit.c.seq.desc()).limit(1)
    ).first()
    return (0, START) if row is None else (row.seq, row.chain)


def digest_of(table: Table, row: Mapping[str, Any]) -> str:
    """The digest of a row: of its salt, and of its columns in their order."""
    values = [row.get(column.name) for column in table.columns if column.name != "salt"]
    plain = [
        hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else value for value in values
    ]
    text = json.dumps(plain, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(f"{row['salt']}{text}".encode()).hexdigest()


def link(chain: str, seq: int, kind: str, record: int, digest: str) -> str:
    """The next link of the chain."""
    return hashlib.sha256(f"{chain} {seq} {kind} {record} {digest}".encode()).hexdigest()


def faults(connection: Connection, erased: Iterable[tuple[str, int]]) -> list[str]:
    """What is wrong with the log or with rows that it vouches for, a sentence each; `erased` rows may be missing."""
    gone = set(erased)
    found: list[str] = []
    chain, expected = START, 1
    lines = connection.execution_options(yield_per=500).execute(select(audit).order_by(audit.c.seq))
    seen = dict.fromkeys(LOGGED, 0)
    for line in lines:
        if line.seq != expected:
            found.append(f"the audit log lacks lines {expected} to {line.seq - 1}")
        expected = line.seq + 1
        chain = link(chain, line.seq, line.kind, line.record, line.digest)
        if chain != line.chain:
            found.append(f"line {line.seq} of the audit log does not follow from the one before it")
            chain = line.chain
        seen[line.kind] = seen.get(line.kind, 0) + 1
    for kind, table in LOGGED.items():
        found += _row_faults(connection, kind, table, gone)
    return found


def _row_faults(
    connection: Connection, kind: str, table: Table, gone: set[tuple[str, int]]
) -> list[str]:
    """Rows that differ from what the log says of them, are missing, or were never logged."""
    found = []
    logged = select(audit.c.record, audit.c.digest).where(audit.c.kind == kind).subquery()
    both = select(table, logged.c.digest.label("logged")).outerjoin(
        logged, logged.c.record == table.c.id
    )
    for row in connection.execution_options(yield_per=200).execute(both):
        values = row._asdict()
        if values["logged"] is None:
            found.append(f"{kind} {row.id} was added past the audit log")
        elif digest_of(table, values) != values["logged"]:
            found.append(f"{kind} {row.id} was changed after it was written")
    missing = (
        select(logged.c.record)
        .outerjoin(table, logged.c.record == table.c.id)
        .where(table.c.id.is_(None))
    )
    for (record,) in connection.execute(missing.order_by(logged.c.record)):
        if (kind, record) not in gone:
            found.append(f"{kind} {record} was removed")
    return found
