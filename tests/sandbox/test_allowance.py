"""Which limit is named when time is over, under a clock that stands still until it is told."""

from dataclasses import dataclass, field

import pytest

from grader.manifests import Limits
from grader.sandbox.allowance import Allowance

LIMITS = Limits(load=1.0, call=0.2, test=0.4)
LATE = pytest.mark.parametrize("late", [0.0, 0.3, 20.0])


@dataclass
class Worker:
    """A worker that computes and waits as it is told."""

    submission: float = 10.0
    cpu: float | None = 7.0
    allowance: Allowance = field(init=False)

    def __post_init__(self) -> None:
        self.allowance = Allowance(lambda: self.cpu, LIMITS, self.submission)

    def ask(self, *, computes: float = 0.0, waits: float = 0.0, limit: float = LIMITS.call) -> str:
        """Which limit is named if this exchange is one that takes too long."""
        budget = self.allowance.budget(limit)
        granted = budget.wall
        if self.cpu is not None:
            self.cpu += computes
        budget.wall -= computes + waits
        named = self.allowance.exceeded(budget, granted)
        self.allowance.spend(granted - budget.wall)
        return named


@pytest.fixture
def worker() -> Worker:
    worker = Worker()
    worker.allowance.begin_test(LIMITS)
    return worker


@LATE
def test_a_call_that_computes_is_named_however_late_we_look(worker: Worker, late: float) -> None:
    assert worker.ask(computes=0.2 + late) == "it used more than 0.2 s of CPU time"


@LATE
def test_a_test_whose_calls_add_up_is_named_however_late_we_look(
    worker: Worker, late: float
) -> None:
    worker.ask(computes=0.15)
    worker.ask(computes=0.15)
    assert worker.ask(computes=0.15 + late) == "the test used more than 0.4 s of CPU time"


@LATE
def test_a_call_that_waits_is_named_however_late_we_look(worker: Worker, late: float) -> None:
    assert worker.ask(waits=0.8 + late) == "no answer within 0.8 s"


@LATE
def test_a_test_whose_waiting_adds_up_is_named_however_late_we_look(
    worker: Worker, late: float
) -> None:
    for _ in range(3):
        worker.ask(waits=0.3)
    assert worker.ask(waits=0.7 + late) == "its answers took more than 1.6 s in one test"


@LATE
@pytest.mark.parametrize(
    ("kind", "seconds", "named"),
    [
        ("computes", 0.16, "the submission used up its CPU time"),
        ("waits", 0.6, "its answers took more than 1.2 s in all"),
    ],
)
def test_a_submission_that_used_its_time_up_is_named_however_late_we_look(
    late: float, kind: str, seconds: float, named: str
) -> None:
    worker = Worker(submission=0.3)
    worker.allowance.begin_test(LIMITS)
    worker.ask(**{kind: seconds})
    worker.allowance.begin_test(LIMITS)
    assert worker.ask(**{kind: seconds + late}) == named


def test_loading_is_named_by_its_own_limit() -> None:
    worker = Worker()
    assert worker.ask(computes=1.0, limit=LIMITS.load) == "it used more than 1 s of CPU time"


def test_waiting_is_all_that_counts_where_no_clock_can_be_read() -> None:
    worker = Worker(cpu=None)
    worker.allowance.begin_test(LIMITS)
    assert worker.ask(computes=5.0, waits=0.4) == "no answer within 0.4 s"
