"""What the processes that try a suite are asked, and what they answer: data that travels between them and us."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from grader.authoring.candidates import Candidate
from grader.course import Assignment
from grader.models import Verdict
from grader.suite.place import Place


@dataclass(frozen=True)
class Plan:
    """What the processes need to know."""

    assignment: Assignment
    place: Place


@dataclass(frozen=True)
class Try:
    """Grade a candidate."""

    candidate: Candidate
    seed: str
    #: The functions whose results may differ from the reference's; None for any. Other tests need not run.
    touched: frozenset[str] | None = None
    #: Seeds under which the tests of `functions` must end as they do under `seed`.
    others: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    #: Measure how far its results lie from the reference's.
    measured: bool = False


@dataclass(frozen=True)
class Kill:
    """Find a test of these functions, in this order, that fails a mutant."""

    number: int
    files: Mapping[str, bytes]
    functions: tuple[str, ...]
    seed: str


@dataclass(frozen=True)
class Inspect:
    """Look at the suite itself: what it draws when it is read, and its domains."""


Job: TypeAlias = Try | Kill | Inspect


@dataclass(frozen=True)
class Failure:
    """A test that did not pass."""

    test: str
    function: str
    group: str
    verdict: Verdict
    message: str
    consequential_of: str | None


@dataclass(frozen=True)
class Tried:
    """What became of a candidate."""

    #: Points earned by function, of those whose tests ran.
    points: Mapping[str, float]
    failures: tuple[Failure, ...]
    #: Tests that end otherwise under another seed.
    unsteady: tuple[str, ...]
    #: Tests that right work fails and then passes, all else being the same, with their functions.
    flaky: Mapping[str, str]
    #: The largest error in units of the tolerance; None where nothing can be compared.
    ratio: float | None
    #: CPU seconds, ours and the worker's, of the grading alone.
    cpu: float


@dataclass(frozen=True)
class Killed:
    """The test that failed a mutant, or None."""

    by: str | None


@dataclass(frozen=True)
class Inspected:
    """What is wrong with the suite itself, and what is in it."""

    #: By function; what belongs to none under "".
    problems: tuple[tuple[str, str], ...]
    tests: Mapping[str, int]
    tolerances: Mapping[str, str | None]


@dataclass(frozen=True)
class Answer:
    """A job's answer, and the seconds that it took."""

    job: Job
    value: Tried | Killed | Inspected
    seconds: float
