"""What of nbgrader's gradebook does not depend on results: the assignment, its notebooks and cells, the students."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from grader.errors import UsageError
from grader.exchange.cells import clean
from grader.exchange.grades import Person
from grader.exchange.nbgrader import tables
from grader.exchange.nbgrader.parts import CODE, Layout, Part

_NO_HTML = str.maketrans('<>"', "()'")
_Rows = dict[str, list[dict[str, Any]]]


@dataclass
class Writes:
    """Rows to be added, and changes of rows by their ids."""

    new: _Rows = field(default_factory=dict)
    changed: _Rows = field(default_factory=dict)

    def add(self, table: Table, **values: Any) -> str:
        """A new row; its id."""
        key: str = values.setdefault("id", uuid4().hex)
        self.new.setdefault(table.name, []).append(values)
        return key

    def change(self, table: Table, key: str, **values: Any) -> None:
        """Other values in the row with this id."""
        self.changed.setdefault(table.name, []).append({"key": key, **values})

    @property
    def count(self) -> int:
        """How much is to be written so far."""
        return sum(map(len, self.new.values())) + sum(map(len, self.changed.values()))

    def execute(self, connection: Connection) -> None:
        """Write all of it."""
        # Tables are sorted so that what others refer to is there before them.
        for table in tables.METADATA.sorted_tables:
            if rows := self.new.get(table.name):
                connection.execute(insert(table), rows)
            by_columns: dict[tuple[str, ...], list[dict[str, Any]]] = {}
            for row in self.changed.get(table.name, []):
                by_columns.setdefault(tuple(row), []).append(row)
            for names, rows in by_columns.items():
                values: dict[str, Any] = {
                    name: bindparam(f"new_{name}") for name in names if name != "key"
                }
                change = update(table).where(table.c.id == bindparam("key")).values(values)
                connection.execute(
                    change,
                    [{k if k == "key" else f"new_{k}": v for k, v in r.items()} for r in rows],
                )


def add_course(connection: Connection, course: str) -> None:
    """Add the course, where nbgrader does not have it."""
    known = select(tables.course.c.id).where(tables.course.c.id == course)
    if connection.execute(known).first() is None:
        connection.execute(insert(tables.course), {"id": course})


def add_assignment(connection: Connection, writes: Writes, name: str, course: str, due: str) -> str:
    """The id of the assignment of this name, which is added or changed."""
    duedate = utc(due)
    known = select(tables.assignment).where(tables.assignment.c.name == name)
    row = connection.execute(known).first()
    if row is None:
        return writes.add(tables.assignment, name=name, duedate=duedate, course_id=course)
    if row.duedate != duedate:
        writes.change(tables.assignment, row.id, duedate=duedate)
    key: str = row.id
    return key


def utc(text: str | None) -> datetime | None:
    """A time as nbgrader has it: in UTC, which it does not say."""
    if not text:
        return None
    when = datetime.fromisoformat(text)
    return when.astimezone(UTC).replace(tzinfo=None) if when.tzinfo is not None else when


def add_cells(
    connection: Connection, writes: Writes, assignment: str, name: str, plan: Layout
) -> dict[tuple[str, str, str], str]:
    """The ids of notebooks ("", "") and of their cells, by notebook, name and type.

    What is not there is added, and what the assignment has no more is removed. Raises UsageError where the notebooks
    are nbgrader's own, and where people graded what would be removed.
    """
    known = select(tables.notebook).where(tables.notebook.c.assignment_id == assignment)
    notebooks = {row.name: row for row in connection.execute(known)}
    keys = [row.id for row in notebooks.values()]
    foreign = select(tables.source_cell.c.id).where(tables.source_cell.c.notebook_id.in_(keys))
    if any(row.kernelspec is not None for row in notebooks.values()) or (
        connection.execute(foreign).first() is not None
    ):
        raise UsageError(
            f"{name} holds notebooks of nbgrader, which would delete or zero our grades there:"
            " choose another name with --name"
        )
    found: dict[tuple[str, str, str], str] = {}
    for notebook in plan.notebooks:
        row = notebooks.pop(notebook, None)
        found[notebook, "", ""] = (
            row.id
            if row is not None
            else writes.add(tables.notebook, name=notebook, assignment_id=assignment)
        )
    names = {key: notebook for (notebook, _, _), key in found.items()}
    query = (
        select(tables.base_cell, tables.grade_cells.c.max_score)
        .outerjoin(tables.grade_cells, tables.grade_cells.c.id == tables.base_cell.c.id)
        .where(tables.base_cell.c.notebook_id.in_(keys))
    )
    there = {
        (names.get(row.notebook_id, row.notebook_id), row.name, row.type): row
        for row in connection.execute(query)
    }
    wanted = dict(_wanted(plan))
    for (notebook, cell, kind), part in wanted.items():
        row = there.pop((notebook, cell, kind), None)
        if row is None:
            key = writes.add(
                tables.base_cell, name=cell, notebook_id=found[notebook, "", ""], type=kind
            )
            if part is None or kind == "SolutionCell":
                writes.add(tables.solution_cells, id=key)
            else:
                kind_of = "markdown" if part.answer else "code"
                writes.add(tables.grade_cells, id=key, max_score=part.max_score, cell_type=kind_of)
        else:
            key = row.id
            if part is not None and kind == "GradeCell" and row.max_score != part.max_score:
                writes.change(tables.grade_cells, key, max_score=part.max_score)
        found[notebook, cell, kind] = key
    _forget(connection, [row.id for row in there.values()], [row.id for row in notebooks.values()])
    return found


def _wanted(plan: Layout) -> Iterable[tuple[tuple[str, str, str], Part | None]]:
    yield (plan.notebooks[0], CODE, "SolutionCell"), None
    for part in plan.parts:
        yield (part.notebook, part.cell, "GradeCell"), part
        if part.answer:
            yield (part.notebook, part.cell, "SolutionCell"), part


def _forget(connection: Connection, cells: Sequence[str], notebooks: Sequence[str]) -> None:
    """Remove cells and notebooks that the assignment has no more. Raises UsageError where people graded them."""
    grade, comment = tables.grade, tables.comment
    entered = [
        select(tables.base_cell.c.name)
        .join(table, table.c.cell_id == tables.base_cell.c.id)
        .where(table.c.cell_id.in_(cells), entry.is_not(None))
        for table, entry in (
            (grade, grade.c.manual_score),
            (grade, grade.c.extra_credit),
            (comment, comment.c.manual_comment),
        )
    ]
    for query in entered:
        cell = connection.execute(query).scalar()
        if cell is not None:
            raise UsageError(
                f"the assignment has no {cell} any more, and somebody graded it in formgrader: take that back"
                " there, or choose another name with --name"
            )
    for table in (grade, comment):
        connection.execute(delete(table).where(table.c.cell_id.in_(cells)))
    for table in (tables.grade_cells, tables.solution_cells, tables.base_cell):
        connection.execute(delete(table).where(table.c.id.in_(cells)))
    for table in (tables.submitted_notebook, tables.notebook):
        key = table.c.id if table is tables.notebook else table.c.notebook_id
        connection.execute(delete(table).where(key.in_(notebooks)))


def add_students(connection: Connection, writes: Writes, people: Sequence[Person]) -> None:
    """Add who is not there; what nbgrader knows of the others is only completed."""
    known = {row.id: row for row in connection.execute(select(tables.student))}
    for person in people:
        last, first = person.last_and_first
        ours = {"first_name": _name(first), "last_name": _name(last), "email": _name(person.email)}
        row = known.get(person.student)
        if row is None:
            writes.add(
                tables.student, id=person.student, **{k: text or None for k, text in ours.items()}
            )
            continue
        more = {k: text for k, text in ours.items() if text and not getattr(row, k)}
        if more:
            writes.change(tables.student, row.id, **more)


def _name(text: str) -> str:
    """A name as nbgrader can have it, whose pages would take what looks like HTML for HTML."""
    return clean(text).translate(_NO_HTML).strip()[:128]
