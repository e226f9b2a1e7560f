"""What people decide about grades: kept for ever, each with who, when and why; the last one about a matter counts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Literal

from pydantic import Field, field_validator
from sqlalchemy import Connection, select

from grader.errors import StoreError, UsageError
from grader.gradebook import audit
from grader.gradebook.tables import decisions
from grader.models import Frozen


class Body(Frozen):
    """What was decided; its class says about what."""

    kind: ClassVar[str]

    @property
    def matter(self) -> str:
        """Within one student and assignment, what a later decision of this kind replaces."""
        return ""


class Student(Body):
    """A student on the roster."""

    kind = "student"
    name: str = ""
    email: str = ""
    section: str = ""
    #: What other systems call this student, by system.
    ids: dict[str, str] = Field(default_factory=dict)


class Team(Body):
    """Students who hand in together, under the name of the team."""

    kind = "team"
    members: tuple[str, ...]


class Extension(Body):
    """A later due date for one student, or team."""

    kind = "extension"
    due: datetime

    @field_validator("due")
    @classmethod
    def _due_has_a_zone(cls, due: datetime) -> datetime:
        if due.tzinfo is None:
            raise ValueError("a due date needs a time zone")
        return due


class Override(Body):
    """Points that replace whatever was computed; None takes that back."""

    kind = "override"
    points: float | None


#: The item under which points beyond the maximum are given.
EXTRA_CREDIT = "extra credit"


class Manual(Body):
    """Points given by hand to one attempt: for an item of a rubric, for a function in place of what its tests gave, or
    as extra credit; None takes them back.
    """

    kind = "manual"
    attempt: int
    item: str
    points: float | None = Field(ge=0)

    @property
    def matter(self) -> str:
        """An item of an attempt."""
        return f"{self.attempt} {self.item}"


class Comment(Body):
    """What the student reads."""

    kind = "comment"
    text: str
    item: str = ""

    @property
    def matter(self) -> str:
        """An item, or the work as a whole."""
        return self.item


class Waiver(Body):
    """A test that does not count as it was graded: everyone gets its points, or it leaves the maximum."""

    kind = "waiver"
    test: str
    gives: Literal["points", "nothing", "as graded"]

    @property
    def matter(self) -> str:
        """A test."""
        return self.test


class Choice(Body):
    """The attempt that counts, whatever the rule says; None takes that back."""

    kind = "choice"
    attempt: int | None


class HandedIn(Body):
    """When an attempt was handed in, where that became known later or was wrong."""

    kind = "handed in"
    attempt: int
    submitted: datetime

    @property
    def matter(self) -> str:
        """An attempt."""
        return str(self.attempt)


class Appeal(Body):
    """A student's appeal against a grade, or against what one test gave."""

    kind = "appeal"
    state: Literal["open", "closed"]
    test: str = ""

    @property
    def matter(self) -> str:
        """A test, or the grade as a whole."""
        return self.test


class Published(Body):
    """A grade as a student was told it."""

    kind = "published"
    attempt: int | None
    #: The row of the report that it follows from; none where nothing was handed in.
    report: int | None
    points: float
    max_points: float
    provisional: bool = False
    #: Of these points, what people gave by hand, by item, and what being late took off.
    manual: dict[str, float] = Field(default_factory=dict)
    late: float = 0.0
    #: How it came about, line by line.
    lines: tuple[str, ...] = ()


class Forced(Body):
    """A batch that grades everything again, whatever the gradebook has: that it was begun, or is done."""

    kind = "forced"
    #: The digest of the path of its submissions, which may be somebody's name.
    place: str
    #: The newest report when it was begun.
    after: int
    done: bool = False


class Erased(Body):
    """Rows that were erased because a student's personal data had to be; by table."""

    kind = "erased"
    rows: dict[str, tuple[int, ...]]


KINDS: Mapping[str, type[Body]] = {kind.kind: kind for kind in Body.__subclasses__()}


@dataclass(frozen=True)
class Decision:
    """A decision on its way into the gradebook."""

    body: Body
    why: str = ""
    assignment: str = ""
    student: str = ""


@dataclass(frozen=True)
class Decided:
    """A decision as it stands there."""

    id: int
    body: Any
    why: str
    assignment: str
    student: str
    at: str
    who: str

    @property
    def told(self) -> str:
        """Who, when and why."""
        reason = f": {self.why}" if self.why else ""
        return f"{self.who}, {self.at}{reason}"


def decide(connection: Connection, made: Iterable[Decision]) -> None:
    """Add decisions, in a writer's transaction. Raises UsageError for text that no database holds."""
    at, who = audit.now(), audit.who()
    rows = [
        {
            "kind": each.body.kind,
            "assignment": each.assignment,
            "student": each.student,
            "body": each.body.model_dump_json(),
            "why": each.why,
            "at": at,
            "who": who,
        }
        for each in made
    ]
    if any("\0" in value for row in rows for value in row.values()):
        raise UsageError("a text with a null character in it cannot be kept")
    audit.append(connection, {"decisions": rows})


def history(
    connection: Connection,
    kinds: Sequence[type[Body]],
    assignment: str | None = None,
    student: str | None = None,
) -> list[Decided]:
    """All decisions of these kinds in their order; of one assignment, or one student, if named."""
    query = select(decisions).where(decisions.c.kind.in_([kind.kind for kind in kinds]))
    if assignment is not None:
        query = query.where(decisions.c.assignment == assignment)
    if student is not None:
        query = query.where(decisions.c.student == student)
    found = []
    for row in connection.execute(query.order_by(decisions.c.id)):
        try:
            body = KINDS[row.kind].model_validate_json(row.body)
        except ValueError as error:
            raise StoreError(
                f"decision {row.id} cannot be read: grader db check", slug="gradebook-damaged"
            ) from error
        found.append(Decided(row.id, body, row.why, row.assignment, row.student, row.at, row.who))
    return found


def standing(
    connection: Connection,
    kinds: Sequence[type[Body]],
    assignment: str | None = None,
    student: str | None = None,
) -> dict[tuple[str, str], list[Decided]]:
    """The decisions that count, by kind and student: for each matter the last one."""
    last: dict[tuple[str, str, str, str], Decided] = {}
    for each in history(connection, kinds, assignment, student):
        last[each.body.kind, each.student, each.assignment, each.body.matter] = each
    found: dict[tuple[str, str], list[Decided]] = defaultdict(list)
    for (kind, whose, _, _), each in last.items():
        found[kind, whose].append(each)
    return found
