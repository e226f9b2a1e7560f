"""Writes results into nbgrader's gradebook: whole tables at once, and only what differs.

What people entered in formgrader is never written to: manual scores, extra credit, comments, flags. As nbgrader's own
autograder does, a result that changes under a manual score asks for another look at it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from grader.errors import UsageError
from grader.exchange.cells import clean
from grader.exchange.export import Change
from grader.exchange.grades import Person, Result, Sheet
from grader.exchange.nbgrader import tables
from grader.exchange.nbgrader.parts import CODE, Layout, Part, rest

_NO_HTML = str.maketrans('<>"', "()'")
_Rows = dict[str, list[dict[str, Any]]]


@dataclass
class Pushed:
    """What was written."""

    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0
    #: The submissions in nbgrader's gradebook, by student.
    submissions: dict[str, str] = field(default_factory=dict)


@dataclass
class _Writes:
    """Rows to be added, and changes of rows by their ids."""

    new: _Rows = field(default_factory=dict)
    changed: _Rows = field(default_factory=dict)

    def add(self, table: Table, **values: Any) -> str:
        key: str = values.setdefault("id", uuid4().hex)
        self.new.setdefault(table.name, []).append(values)
        return key

    def change(self, table: Table, key: str, **values: Any) -> None:
        self.changed.setdefault(table.name, []).append({"key": key, **values})

    def execute(self, connection: Connection) -> None:
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


def push(
    connection: Connection,
    name: str,
    course: str,
    sheet: Sheet,
    plan: Layout,
    people: Callable[[str], Person],
    comments: Mapping[tuple[str, str], str],
    changed_work: Callable[[str], bool],
) -> Pushed:
    """Bring nbgrader's assignment of this name up to date, in a writer's transaction.

    `comments` are ours, by student and item; `changed_work` tells whose work is another attempt than what people looked
    at in formgrader. Raises UsageError where the name is one of nbgrader's own.
    """
    writes = _Writes()
    _course(connection, course)
    assignment = _assignment(connection, writes, name, course, sheet.due)
    cells = _cells(connection, writes, assignment, name, plan)
    _students(connection, writes, [people(student) for student in sorted(sheet.results)])
    made = _Submissions(connection, writes, assignment, plan, cells)
    for student in sorted(plan.points):
        made.write(sheet.results[student], comments, changed_work)
    writes.execute(connection)
    return made.pushed


def _course(connection: Connection, course: str) -> None:
    known = select(tables.course.c.id).where(tables.course.c.id == course)
    if connection.execute(known).first() is None:
        connection.execute(insert(tables.course), {"id": course})


def _assignment(connection: Connection, writes: _Writes, name: str, course: str, due: str) -> str:
    duedate = _utc(due)
    known = select(tables.assignment).where(tables.assignment.c.name == name)
    row = connection.execute(known).first()
    if row is None:
        return writes.add(tables.assignment, name=name, duedate=duedate, course_id=course)
    if row.duedate != duedate:
        writes.change(tables.assignment, row.id, duedate=duedate)
    key: str = row.id
    return key


def _utc(text: str | None) -> datetime | None:
    if not text:
        return None
    when = datetime.fromisoformat(text)
    return when.astimezone(UTC).replace(tzinfo=None) if when.tzinfo is not None else when


def _cells(
    connection: Connection, writes: _Writes, assignment: str, name: str, plan: Layout
) -> dict[tuple[str, str, str], str]:
    """The ids of notebooks ("", "") and of their cells, by notebook, name and type; what is not there is added."""
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


def _students(connection: Connection, writes: _Writes, people: Sequence[Person]) -> None:
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


class _Submissions:
    """What nbgrader has of each student, and what we have."""

    def __init__(
        self,
        connection: Connection,
        writes: _Writes,
        assignment: str,
        plan: Layout,
        cells: Mapping[tuple[str, str, str], str],
    ) -> None:
        self.pushed = Pushed()
        self._writes = writes
        self._assignment = assignment
        self._plan = plan
        self._cells = cells
        known, notebooks = tables.submitted_assignment, tables.submitted_notebook
        query = select(known).where(known.c.assignment_id == assignment)
        self._known = {row.student_id: row for row in connection.execute(query)}
        inside = select(known.c.id).where(known.c.assignment_id == assignment)
        mine = notebooks.c.assignment_id.in_(inside)
        self._notebooks = {
            (row.assignment_id, row.notebook_id): row
            for row in connection.execute(select(notebooks).where(mine))
        }
        within = select(notebooks.c.id).where(mine)
        self._grades, self._comments = (
            {
                (row.notebook_id, row.cell_id): row
                for row in connection.execute(select(table).where(table.c.notebook_id.in_(within)))
            }
            for table in (tables.grade, tables.comment)
        )

    def write(
        self,
        result: Result,
        comments: Mapping[tuple[str, str], str],
        changed_work: Callable[[str], bool],
    ) -> None:
        """Add or change what differs of one student."""
        writes, student = self._writes, result.student
        row = self._known.get(student)
        written = _count(writes)
        when = _utc(result.report.submitted if result.report is not None else None)
        if row is None:
            key = writes.add(
                tables.submitted_assignment,
                assignment_id=self._assignment,
                student_id=student,
                timestamp=when,
            )
        else:
            key = row.id
            if row.timestamp != when:
                writes.change(tables.submitted_assignment, key, timestamp=when)
        self.pushed.submissions[student] = key
        inside = {
            notebook: self._notebook(key, notebook, result.late if number == 0 else 0)
            for number, notebook in enumerate(self._plan.notebooks)
        }
        before, after = self._grade_all(result, inside, changed_work)
        self._comment(inside, self._plan.notebooks[0], CODE, comments.get((student, "")))
        for part in self._plan.parts:
            if part.answer:
                text = comments.get((student, part.item))
                self._comment(inside, part.notebook, part.cell, text)
        if _count(writes) == written:
            self.pushed.unchanged += 1
        else:
            shown = "" if row is None else f"{before:g}"
            self.pushed.changes.append(
                Change(student, self._plan.assignment.name, shown, f"{after:g}")
            )

    def _notebook(self, submission: str, notebook: str, lost: Decimal | int) -> str:
        late = float(lost) or None
        cell = self._cells[notebook, "", ""]
        row = self._notebooks.get((submission, cell))
        if row is None:
            return self._writes.add(
                tables.submitted_notebook,
                assignment_id=submission,
                notebook_id=cell,
                flagged=False,
                late_submission_penalty=late,
            )
        if (row.late_submission_penalty or None) != late:
            self._writes.change(tables.submitted_notebook, row.id, late_submission_penalty=late)
        key: str = row.id
        return key

    def _grade_all(
        self, result: Result, inside: Mapping[str, str], changed_work: Callable[[str], bool]
    ) -> tuple[float, float]:
        """The sum of what nbgrader shows of a student, before and after."""
        rows = {
            part: self._grades.get(
                (inside[part.notebook], self._cells[part.notebook, part.cell, "GradeCell"])
            )
            for part in self._plan.parts
        }
        points: dict[Part, Decimal | None] = dict(self._plan.points[result.student])
        extra = any(row is not None and row.extra_credit for row in rows.values())
        remaining = rest(points, result, extra=extra)
        entered = any(row is not None and row.manual_score is not None for row in rows.values())
        again = entered and changed_work(result.student)
        before = after = 0.0
        for part, row in rows.items():
            ours = remaining if part.kind == "after" else points[part]
            auto = None if ours is None else float(ours)
            if row is None:
                self._writes.add(
                    tables.grade,
                    notebook_id=inside[part.notebook],
                    cell_id=self._cells[part.notebook, part.cell, "GradeCell"],
                    auto_score=auto,
                    needs_manual_grade=auto is None,
                )
                after += auto or 0.0
                continue
            manual, more = row.manual_score, row.extra_credit or 0.0
            look = auto is None
            if manual is not None:
                news = again or auto not in (row.auto_score, manual, None)
                look = row.needs_manual_grade or news
            if (row.auto_score, row.needs_manual_grade) != (auto, look):
                self._writes.change(tables.grade, row.id, auto_score=auto, needs_manual_grade=look)
            before += (row.auto_score or 0.0 if manual is None else manual) + more
            after += (auto or 0.0 if manual is None else manual) + more
        return before, after

    def _comment(
        self, inside: Mapping[str, str], notebook: str, cell: str, text: str | None
    ) -> None:
        key = self._cells[notebook, cell, "SolutionCell"]
        ours = clean(text) if text else None
        row = self._comments.get((inside[notebook], key))
        if row is None:
            self._writes.add(
                tables.comment, notebook_id=inside[notebook], cell_id=key, auto_comment=ours
            )
        elif row.auto_comment != ours:
            self._writes.change(tables.comment, row.id, auto_comment=ours)


def _count(writes: _Writes) -> int:
    """How much is to be written so far."""
    return sum(map(len, writes.new.values())) + sum(map(len, writes.changed.values()))
