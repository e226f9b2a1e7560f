"""Writes results into nbgrader's gradebook: whole tables at once, and only what differs.

What people entered in formgrader is never written to: manual scores, extra credit, comments, flags. As nbgrader's own
autograder does, a result that changes under a manual score asks for another look at it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import Connection, select

from grader.exchange.cells import clean
from grader.exchange.export import Change
from grader.exchange.grades import Person, Result, Sheet
from grader.exchange.nbgrader import tables
from grader.exchange.nbgrader.parts import CODE, Layout, Part, rest
from grader.exchange.nbgrader.structure import (
    Writes,
    add_assignment,
    add_cells,
    add_course,
    add_students,
    utc,
)

_LONGEST = 20_000


@dataclass
class Pushed:
    """What was written."""

    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0


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
    writes = Writes()
    add_course(connection, course)
    assignment = add_assignment(connection, writes, name, course, sheet.due)
    cells = add_cells(connection, writes, assignment, name, plan)
    add_students(connection, writes, [people(student) for student in sorted(sheet.results)])
    made = _Submissions(connection, writes, assignment, plan, cells)
    for student in sorted(plan.points):
        made.write(sheet.results[student], comments, changed_work)
    writes.execute(connection)
    return made.pushed


class _Submissions:
    """What nbgrader has of each student, and what we have."""

    def __init__(
        self,
        connection: Connection,
        writes: Writes,
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
        written = writes.count
        when = utc(result.report.submitted if result.report is not None else None)
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
        if writes.count == written:
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
        ours = clean(text, _LONGEST) if text else None
        row = self._comments.get((inside[notebook], key))
        if row is None:
            self._writes.add(
                tables.comment, notebook_id=inside[notebook], cell_id=key, auto_comment=ours
            )
        elif row.auto_comment != ours:
            self._writes.change(tables.comment, row.id, auto_comment=ours)
