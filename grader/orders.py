"""What a person asks of a batch, what its processes need to know, how it is watched, and what came of it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from grader.course import Assignment
from grader.models import Graded, GradeReport


@dataclass(frozen=True)
class Plan:
    """What the processes of one batch need to know."""

    assignment: Assignment
    secret: bytes | None
    confined: bool = True
    #: Landlock is restricted to this ABI; for tests of what old kernels give.
    abi_cap: int | None = None
    #: Told in the process that grades, after each test, of the report so far: for a run that may be killed.
    reached: Callable[[GradeReport], None] | None = None


@dataclass
class Batch:
    """What came of a batch, for the table at its end."""

    isolation: str
    rows: list[tuple[str, str, float, float, str]] = field(default_factory=list)
    #: Of these, how many the gradebook had already.
    unchanged: int = 0
    #: Where everything is graded again: who began that, and when; it may have been stopped since.
    begun: str = ""

    def add(self, graded: Graded) -> None:
        """Note a finished submission."""
        remark = (graded.remark or "")[:200]
        self.rows.append((graded.student, graded.state, graded.score, graded.max_score, remark))

    def count(self, state: str) -> int:
        """How many submissions ended so."""
        return sum(row[1] == state for row in self.rows)

    @property
    def graded(self) -> int:
        """Submissions with a score."""
        return self.count("graded")

    @property
    def needs_review(self) -> int:
        """Submissions that a person must look at."""
        return self.count("needs_review")

    @property
    def missing(self) -> int:
        """Students who handed nothing in."""
        return self.count("missing")


class Watcher(Protocol):
    """Whoever shows how far a batch is."""

    def start(self, total: int, ignored: tuple[str, ...]) -> None:
        """So many submissions lie there, and these other things."""

    def advance(self, graded: Graded) -> None:
        """One submission is finished."""


class Again(StrEnum):
    """Which submissions are graded although the gradebook has a report of them."""

    #: Those whose report does not hold any more: submission, suite, versions or isolation are others.
    STALE = "stale"
    #: These, and those that a person must look at.
    FAILED = "failed"
    #: Those that differ from what was graded last, even if the suite does too.
    CHANGED = "changed"
    ALL = "all"


@dataclass(frozen=True)
class Request:
    """What a person asks to be graded, and how."""

    #: None stands for what the gradebook holds.
    folder: Path | None
    jobs: int = 1
    json_file: Path | None = None
    confined: bool = True
    #: Grade there instead of in processes here.
    cluster: str | None = None
    #: These students alone; none stands for all.
    only: tuple[str, ...] = ()
    again: Again = Again.STALE
    #: When students handed in, as far as the person knows; "" stands for all others.
    times: Mapping[str, datetime] = field(default_factory=dict)

    def times_of_nobody(self, students: Collection[str]) -> list[str]:
        """What to tell of times that were given for others than these students: misspelt names, perhaps."""
        if self.only:
            return []
        strangers = (name for name in self.times if name and name not in students)
        return [f"the time of {name}, of whom there is nothing" for name in strangers]
