"""Takes over what people gave in formgrader: points, extra credit and comments become decisions in our gradebook.

nbgrader says neither who gave something nor when; a decision says who took it over, and which entry it was. That is
also how the next time tells what is new: an entry that differs from what was last taken over from it. Where people
changed the same points here and there meanwhile, nobody's are taken.
"""

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from grader.exchange.cells import clean
from grader.exchange.nbgrader import tables
from grader.exchange.nbgrader.parts import CODE, Part
from grader.gradebook.decisions import (
    EXTRA_CREDIT,
    Body,
    Comment,
    Decided,
    Decision,
    Manual,
    decide,
    history,
)
from grader.gradebook.ledger import Ledger

_WHY = "given in formgrader, entry "
_LONGEST = 20_000
Value = float | str | None


@dataclass(frozen=True)
class Entry:
    """Something that people may enter in formgrader for a student; no value where they did not."""

    student: str
    #: Manual or Comment.
    kind: type[Body]
    item: str
    value: Value
    #: What nbgrader shows where they did not.
    shown: Value
    #: The row, which another gradebook of nbgrader's would have under another id.
    row: str
    #: The most points, or None where there is no such thing.
    most: float | None = None


@dataclass
class Brought:
    """What is taken over."""

    made: list[Decision] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def entries(connection: Connection, name: str, parts: Iterable[Part]) -> Iterator[Entry]:
    """What people may have entered, of everybody who is in nbgrader's assignment of this name."""
    by_cell = {(part.notebook, part.cell): part for part in parts}
    submitted, inside = tables.submitted_assignment, tables.submitted_notebook
    cell, notebook = tables.base_cell, tables.notebook
    extra: dict[tuple[str, str], float] = {}
    for table in (tables.grade, tables.comment):
        query = (
            select(
                table,
                cell.c.name.label("cell"),
                notebook.c.name.label("notebook"),
                submitted.c.student_id,
                submitted.c.id.label("submission"),
            )
            .join(cell, cell.c.id == table.c.cell_id)
            .join(inside, inside.c.id == table.c.notebook_id)
            .join(submitted, submitted.c.id == inside.c.assignment_id)
            .join(notebook, notebook.c.id == cell.c.notebook_id)
            .join(tables.assignment, tables.assignment.c.id == submitted.c.assignment_id)
            .where(tables.assignment.c.name == name)
        )
        for row in connection.execute(query):
            part = by_cell.get((row.notebook, row.cell))
            if table is tables.comment:
                if part is not None or row.cell == CODE:
                    item = "" if part is None else part.item
                    # As it will be kept, so that it is the same the next time.
                    text = clean(row.manual_comment or "", _LONGEST) or None
                    yield Entry(row.student_id, Comment, item, text, row.auto_comment, row.id)
                continue
            who = row.student_id, row.submission
            extra[who] = extra.get(who, 0.0) + (row.extra_credit or 0.0)
            # Under a result that changed, nbgrader asks for another look at what was given before.
            if part is None or (row.manual_score is not None and row.needs_manual_grade):
                continue
            yield Entry(
                row.student_id,
                Manual,
                part.item,
                row.manual_score,
                row.auto_score,
                row.id,
                part.max_score,
            )
    for (student, submission), points in extra.items():
        # Whatever the order in which they were added.
        yield Entry(student, Manual, EXTRA_CREDIT, round(points, 6) or None, None, submission)


def bring(
    connection: Connection,
    ledger: Ledger,
    assignment: str,
    found: Iterable[Entry],
    attempt_of: Callable[[str], int | None],
) -> Brought:
    """What is to be taken over of these entries; nothing is written yet."""
    last, taken = _standing(connection, assignment)
    brought = Brought()
    settled: dict[tuple[type[Body], str, int, str], Value] = {}
    for entry in found:
        mark = f"{_WHY}{entry.row[:12]}"
        if entry.value is None and (entry.kind, entry.item, mark) not in taken:
            continue
        shown = attempt_of(entry.student)
        row = ledger.handed_in(entry.student, assignment, shown)
        if entry.kind is Manual and (row is None or shown is None):
            brought.notes.append(f"{_what(entry)}: not taken, since nobody knows for which attempt")
            continue
        attempt = shown or 0 if entry.kind is Manual else 0
        # What concerns the work is the team's, where one handed in.
        whose = row.student if row is not None and entry.item else entry.student
        key = entry.kind, whose, attempt, entry.item
        ours = _value(last.get(key))
        before = _value(taken.get((entry.kind, entry.item, mark), {}).get(attempt))
        if entry.value == before:
            if entry.value is not None and ours != before:
                brought.notes.append(
                    f"{_what(entry)} there and {_points(ours)} here: formgrader shows its own until it is changed there"
                )
            continue
        if entry.value == ours or (before is None and entry.value == entry.shown):
            continue
        if ours != before and not (before is None and ours == entry.shown):
            brought.notes.append(
                f"{_what(entry)} there and {_points(ours)} here: decide, and enter it in both"
            )
            continue
        objection = _objection(entry)
        if objection or settled.setdefault(key, entry.value) != entry.value:
            reason = objection or "another member of the team has others"
            brought.notes.append(f"{_what(entry)}: not taken, since {reason}")
            continue
        brought.made.append(Decision(_body(entry, attempt), mark, assignment, whose))
    return brought


def keep(connection: Connection, brought: Brought) -> None:
    """Write what is taken over, in a writer's transaction."""
    decide(connection, brought.made)


_Key = tuple[type[Body], str, int, str]


def _standing(
    connection: Connection, assignment: str
) -> tuple[dict[_Key, Decided], dict[tuple[type[Body], str, str], dict[int, Decided]]]:
    """What counts here of each matter, and what was last taken over from each entry, by attempt."""
    last: dict[_Key, Decided] = {}
    taken: dict[tuple[type[Body], str, str], dict[int, Decided]] = {}
    for each in history(connection, [Manual, Comment], assignment):
        kind = type(each.body)
        attempt = each.body.attempt if kind is Manual else 0
        last[kind, each.student, attempt, each.body.item] = each
        if each.why.startswith(_WHY):
            taken.setdefault((kind, each.body.item, each.why), {})[attempt] = each
    return last, taken


def _value(decided: Decided | None) -> Value:
    if decided is None:
        return None
    found: Value = decided.body.points if isinstance(decided.body, Manual) else decided.body.text
    # An empty comment is none.
    return None if found == "" else found


def _body(entry: Entry, attempt: int) -> Body:
    if entry.kind is Comment:
        text = entry.value if isinstance(entry.value, str) else ""
        return Comment(text=text, item=entry.item)
    points = entry.value if isinstance(entry.value, float) else None
    return Manual(attempt=attempt, item=entry.item, points=points)


def _objection(entry: Entry) -> str:
    """Why an entry cannot be taken over; nothing where it can."""
    if not isinstance(entry.value, float):
        return ""
    if not math.isfinite(entry.value) or entry.value < 0:
        return "that is no number of points"
    if entry.most is not None and entry.value > entry.most:
        return (
            f"the most is {entry.most:g}, and what is beyond goes into the field for extra credit"
        )
    return ""


def _what(entry: Entry) -> str:
    item = entry.item or "the work as a whole"
    return f"{entry.student}, {item}: {_points(entry.value)}"


def _points(value: Value) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return "nothing" if value is None else repr(value)
