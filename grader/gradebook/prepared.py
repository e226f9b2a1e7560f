"""Statements that are put into a database's own words once, and then go to its driver as they are.

SQLAlchemy takes ten times as long over each execution as SQLite does. With what a batch does for every group of
reports, that was half of the work of keeping them.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ClauseElement, Connection


class Prepared:
    """A statement about text, numbers and bytes, which every driver takes and gives as they are."""

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        #: By dialect: the words, and the values of parameters that are part of the statement.
        self._words: dict[str, tuple[str, Mapping[str, Any]]] = {}

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> Sequence[tuple[Any, ...]]:
        """What the statement finds, within the transaction of the connection."""
        words, given = self._in(connection)
        cursor = connection.connection.cursor()
        try:
            cursor.execute(words, {**given, **values})
            return cursor.fetchall()
        finally:
            cursor.close()

    def run(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Execute it for each of these rows, each of which has a value for every parameter."""
        words, _ = self._in(connection)
        cursor = connection.connection.cursor()
        try:
            cursor.executemany(words, rows)
        finally:
            cursor.close()

    def _in(self, connection: Connection) -> tuple[str, Mapping[str, Any]]:
        dialect = connection.dialect
        if dialect.name not in self._words:
            compiled = self._statement.compile(dialect=dialect)
            self._words[dialect.name] = str(compiled), compiled.params
        return self._words[dialect.name]
