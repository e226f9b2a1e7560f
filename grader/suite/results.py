"""How the tests of one submission ended, before points."""

from dataclasses import dataclass

from grader.models import Blocked, Verdict
from grader.sandbox.records import Loaded, Raised
from grader.suite.replay import Replay
from grader.suite.student import CallRecord


@dataclass(slots=True)
class TestResult:
    """How one test of one submission ended, before points; not frozen, since making a frozen one costs more than
    judging a test that passed.
    """

    __test__ = False

    test: Replay
    verdict: Verdict
    message: str = ""
    output: str = ""
    warnings: tuple[tuple[str, str, int | None], ...] = ()
    cpu: float = 0.0
    duration: float = 0.0
    #: The calls of the counted run of a test that did not pass, for diagnosis.
    calls: tuple[CallRecord, ...] = ()
    #: The verdict of the first run, where the second differed: by state kept between calls, or by a fault of the test.
    unstable: Verdict | None = None
    #: Why it did not run.
    blocked_by: Blocked | None = None
    #: The submission's exception that ended it.
    raised: Raised | None = None
    #: Its message tells of what came back and what was wanted, and of nothing else.
    compared: bool = False
    #: These two, where they were compared as wholes.
    pair: tuple[object, object] | None = None
    #: It must not run again.
    final: bool = False
    #: The function whose fault explains this one, which then costs no points; the verdict stays what it was.
    consequential_of: str | None = None


@dataclass(frozen=True)
class Run:
    """One submission's load and results, in collection order."""

    loaded: Loaded
    results: tuple[TestResult, ...]
