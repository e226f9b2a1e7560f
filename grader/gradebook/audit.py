"""The audit log: every row that is added is chained, as a salted digest, to those before it.

Nobody can then change or remove a row, or slip one in, without every later line of the log being wrong. Since a digest
cannot be undone without the salt, and the salt lies in the row, a student's rows can be erased and the log stays valid.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from getpass import getuser
from os import environ
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from grader.gradebook.prepared import Prepared
from grader.gradebook.tables import attempts, audit, decisions, reports

#: The tables whose rows the log vouches for.
LOGGED: Mapping[str, Table] = {
    "attempts": attempts,
    "decisions": decisions,
    "reports": reports,
}
_ADD = {table.name: Prepared(insert(table)) for table in (*LOGGED.values(), audit)}
_PLAIN = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"))
#: What stands before the first line.
START = "0" * 64


def now() -> str:
    """This moment in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def who() -> str:
    """Who is at work: GRADER_USER, or the name of the system's user."""
    return environ.get("GRADER_USER") or _system_user()


@cache
def _system_user() -> str:
    try:
        return getuser()
    except (ImportError, KeyError, OSError):
        return "unknown"


def append(connection: Connection, added: Mapping[str, Sequence[dict[str, Any]]]) -> None:
    """Add rows, by their table, to these tables and to the log, within a writer's transaction."""
    wanted = {kind: rows for kind, rows in added.items() if rows}
    if not wanted:
        return
    seq, chain, last = _end(connection, wanted)
    lines = []
    for kind, rows in wanted.items():
        # The lock of the writer's transaction makes these the ids that come next.
        full = [
            {"id": number, "salt": secrets.token_hex(16), **row}
            for number, row in enumerate(rows, last[kind] + 1)
        ]
        _ADD[kind].run(connection, full)
        for row in full:
            seq += 1
            digest = digest_of(LOGGED[kind], row)
            chain = link(chain, seq, kind, row["id"], digest)
            lines.append(
                {"seq": seq, "kind": kind, "record": row["id"], "digest": digest, "chain": chain}
            )
    _ADD[audit.name].run(connection, lines)


def _end(connection: Connection, kinds: Iterable[str]) -> tuple[int, str, dict[str, int]]:
    """Where the log ends: its last line, and the last row that it has of each of these tables."""
    rows = _end_of(tuple(kinds)).rows(connection, {})
    if not rows:
        return 0, START, dict.fromkeys(kinds, 0)
    seq, chain, *last = rows[0]
    return seq, chain, {kind: number or 0 for kind, number in zip(kinds, last, strict=True)}


@cache
def _end_of(kinds: tuple[str, ...]) -> Prepared:
    last = [
        select(func.max(audit.c.record)).where(audit.c.kind == kind).scalar_subquery()
        for kind in kinds
    ]
    return Prepared(select(audit.c.seq, audit.c.chain, *last).order_by(audit.c.seq.desc()).limit(1))


def digest_of(table: Table, row: Mapping[str, Any]) -> str:
    """The digest of a row: of its salt, and of its columns in their order."""
    values = map(row.get, _signed(table))
    plain = [
        hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else value for value in values
    ]
    return hashlib.sha256(f"{row['salt']}{_PLAIN.encode(plain)}".encode()).hexdigest()


@cache
def _signed(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.columns if column.name != "salt")


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
