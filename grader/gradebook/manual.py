"""What people grade: which parts of which attempts are open, under a code instead of a name."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from grader.errors import UsageError
from grader.gradebook.audit import who
from grader.gradebook.decisions import Comment, Decision, Manual, decide, standing
from grader.gradebook.ledger import Ledger

#: Characters of a code, where no other attempt has the same.
_SHORT = 8
#: A spreadsheet would take a code of digits for a number, and write another one.
_LETTERS = str.maketrans("0123456789", "ghjkmpqrst")


@dataclass(frozen=True)
class Work:
    """One attempt with parts that people grade."""

    #: What stands for the student; it says nothing about who that is.
    code: str
    student: str
    attempt: int
    #: The object that holds the notebook, or None where none was handed in.
    notebook: str | None
    #: Points by item, None for those still open.
    points: Mapping[str, float | None]
    comments: Mapping[str, str]

    @property
    def open(self) -> tuple[str, ...]:
        """The items that have no points yet."""
        return tuple(item for item, points in self.points.items() if points is None)


def all_work(connection: Connection, ledger: Ledger, assignment: str) -> Iterator[Work]:
    """The attempts that count, each once, ordered by their codes."""
    said = standing(connection, [Comment], assignment)
    # Members of a team share one.
    counted: dict[int, tuple[str, Row[Any]]] = {}
    for student in ledger.students(assignment):
        row = ledger.attempt(student, assignment)
        if row is not None:
            counted.setdefault(row.id, (student, row))
    short = Counter(row.salt[:_SHORT] for _, row in counted.values())
    found: dict[str, Work] = {}
    for student, row in counted.values():
        facts = ledger.facts(student, assignment)
        given = {
            each.body.item: each.body.points
            for each in facts.manual
            if each.body.attempt == row.number
        }
        comments = {
            each.body.item: each.body.text for each in said.get((Comment.kind, row.student), [])
        }
        points = {item: given.get(item) for item in facts.rubric}
        # The salt of a row is random, and nobody sees it otherwise.
        code = row.salt[:_SHORT] if short[row.salt[:_SHORT]] == 1 else row.salt
        code = code.translate(_LETTERS)
        found[code] = Work(code, row.student, row.number, row.notebook, points, comments)
    for code in sorted(found):
        yield found[code]


def next_open(works: Sequence[Work], assignment: str) -> Work | None:
    """The next attempt to grade, in an order that differs from person to person: two at once rarely meet."""

    def order(work: Work) -> str:
        return hashlib.sha256(f"{who()} {assignment} {work.code}".encode()).hexdigest()

    waiting = [work for work in works if work.open and work.notebook is not None]
    return min(waiting, key=order, default=None)


def find(works: Sequence[Work], code: str) -> Work:
    """The attempt with this code, or of this student. Raises UsageError."""
    for work in works:
        if code in (work.code, work.student):
            return work
    raise UsageError(f"nothing to grade has the code {code!r}")


def item_named(name: str, rubric: Mapping[str, float]) -> str:
    """The item that a person means: its name, or only the part after the colon. Raises UsageError."""
    found = [item for item in rubric if name in (item, item.partition(": ")[2])]
    if len(found) != 1:
        raise UsageError(f"no single item is called {name!r}; there are: {', '.join(rubric)}")
    return found[0]


def check_points(points: float | None, item: str, rubric: Mapping[str, float]) -> None:
    """Raises UsageError for points that the item cannot have."""
    if points is not None and not 0 <= points <= rubric[item]:
        raise UsageError(f"{item} is worth 0 to {rubric[item]:g} points, not {points:g}")


def give(
    connection: Connection,
    work: Work,
    assignment: str,
    points: Mapping[str, float | None],
    comments: Mapping[str, str] | None = None,
) -> None:
    """Give points, and comments, to items of an attempt, in a writer's transaction."""
    made = [
        Decision(Manual(attempt=work.attempt, item=item, points=each), "", assignment, work.student)
        for item, each in points.items()
    ]
    made += [
        Decision(Comment(text=text, item=item), "", assignment, work.student)
        for item, text in (comments or {}).items()
    ]
    decide(connection, made)
