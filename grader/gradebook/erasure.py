"""Erases what the gradebook holds of one student, as the law may ask; the audit log stays valid."""

from collections.abc import Mapping

from sqlalchemy import Connection, delete, select, union

from grader.errors import StoreError, UsageError
from grader.gradebook.audit import LOGGED
from grader.gradebook.connection import Gradebook
from grader.gradebook.decisions import Decision, Erased, Team, decide, history
from grader.gradebook.personal import rows_of
from grader.gradebook.tables import attempts, decisions, objects, reports


def erase(book: Gradebook, student: str, why: str) -> Mapping[str, int]:
    """Erase a student: roster entry, attempts, files, reports, decisions; returns how many rows of each table.

    What remains is that so many rows were erased, who did it, when and why. Copies made before hold what they held.
    Raises UsageError for a student of whom nothing is known, StoreError where another program keeps what was erased.
    """
    with book.write() as connection:
        rows = {
            name: [row.id for row in found] for name, found in rows_of(connection, student).items()
        }
        again = []
        for each in history(connection, [Team]):
            if student in each.body.members:
                rows["decisions"].append(each.id)
                members = tuple(name for name in each.body.members if name != student)
                again.append(
                    Decision(Team(members=members), each.why, each.assignment, each.student)
                )
        if not any(rows.values()):
            raise UsageError(f"the gradebook knows no student {student!r}", slug="unknown-student")
        for name, table in LOGGED.items():
            for number in rows[name]:
                connection.execute(delete(table).where(table.c.id == number))
        _drop_objects(connection)
        erased = Erased(rows={name: tuple(sorted(ids)) for name, ids in rows.items() if ids})
        decide(connection, [*again, Decision(erased, why)])
    if book.file is not None:
        with book.refusals(), book.engine.connect() as raw:
            # What was deleted must not lie on in the log.
            raw.exec_driver_sql("COMMIT")
            busy = raw.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar()
            raw.exec_driver_sql("BEGIN")
        if busy:
            raise StoreError(
                f"{student!r} is erased, but lies on in the log beside {book.name} until every program that reads it"
                " has ended"
            )
    return {name: len(ids) for name, ids in rows.items()}


def _drop_objects(connection: Connection) -> None:
    """Delete the files that no row names any more."""
    used = union(
        select(attempts.c.digest),
        select(attempts.c.notebook).where(attempts.c.notebook.is_not(None)),
        select(reports.c.digest),
    )
    connection.execute(
        delete(objects).where(
            objects.c.kind != "bundle", objects.c.digest.not_in(used.scalar_subquery())
        )
    )


def erased_rows(connection: Connection) -> list[tuple[str, int]]:
    """The rows whose absence is accounted for."""
    query = select(decisions.c.id).where(decisions.c.kind == Erased.kind)
    if connection.execute(query.limit(1)).first() is None:
        return []
    return [
        (table, number)
        for each in history(connection, [Erased])
        for table, numbers in each.body.rows.items()
        for number in numbers
    ]
