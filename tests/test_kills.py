"""Whoever kills a worker, and at whatever step: the report is the one that an undisturbed grading gives."""

import os
import signal
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from grader import desk
from grader.executors import Task
from grader.models import Graded, GradeReport
from grader.orders import Plan
from grader.redteam.arena import without_timings
from grader.sandbox.process import ForkedWorker, ForkServer
from grader.sandbox.remote import Conversation
from tests.small_course import DOMAINS, SCALED, TOTAL, submission, write_course

pytestmark = [
    pytest.mark.needs("landlock"),
    # What was shared with a process that is gone is closed when it is collected.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

#: Fails tests, is asked again, and is diagnosed.
MEAN = submission("    return float(np.mean(v))")


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    hidden = {"test_total.py": TOTAL, "test_scaled.py": SCALED, "domains.py": DOMAINS}
    return Plan(write_course(tmp_path_factory.mktemp("course"), hidden), b"secret")


def graded(plan: Plan, *mishaps: str) -> dict[str, Any]:
    """The report of a batch of one submission, without what takes time to measure."""
    done: list[Graded] = []
    attempts = iter([Task(MEAN, mishaps)])
    desk.serve(plan, attempts, done.append, lambda phase: None)
    return without_timings(GradeReport.model_validate_json(done[0].text))


@pytest.fixture(scope="module")
def undisturbed(plan: Plan) -> dict[str, Any]:
    report = graded(plan)
    assert any(outcome["findings"] for outcome in report["outcomes"])
    return report


@pytest.fixture
def before(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Does something before the call of that number to a method of one side of a conversation."""
    calls: list[str] = []
    wanted = []

    def arrange(kind: type, method: str, number: int, act: Callable[[Any], None]) -> None:
        real = getattr(kind, method)
        wanted.append(number)

        def watched(self: Any, *args: Any, **kwargs: Any) -> Any:
            calls.append(method)
            if len(calls) == number:
                act(self)
            return real(self, *args, **kwargs)

        monkeypatch.setattr(kind, method, watched)

    yield arrange
    assert len(calls) >= wanted[0], "it never came to that"


def kill_worker(conversation: Conversation) -> None:
    assert isinstance(conversation.process, ForkedWorker)
    os.kill(conversation.process.pid, signal.SIGKILL)


def kill_server(server: ForkServer) -> None:
    os.kill(server._process.pid, signal.SIGKILL)
    server._process.wait()


@pytest.mark.parametrize(
    "exchange",
    [1, 3, 6, 7, 8, 9, 14, 16],
    ids=[
        "while it loads",
        "in its tests",
        "while it loads again",
        "in a test that runs again",
        "while the reference loads",
        "while the reference is asked",
        "while it loads for diagnosis",
        "in diagnosis",
    ],
)
def test_a_worker_that_is_killed_leaves_no_trace(
    plan: Plan, undisturbed: dict[str, Any], before: Callable[..., None], exchange: int
) -> None:
    before(Conversation, "_talk", exchange, kill_worker)
    assert graded(plan) == undisturbed


@pytest.mark.parametrize("number", [1, 2, 4], ids=["at first", "for a second pass", "in diagnosis"])
def test_what_makes_workers_is_killed_and_leaves_no_trace(
    plan: Plan, undisturbed: dict[str, Any], before: Callable[..., None], number: int
) -> None:
    before(ForkServer, "spawn", number, kill_server)
    assert graded(plan) == undisturbed


def test_what_makes_workers_is_killed_while_one_is_diagnosed(
    plan: Plan, undisturbed: dict[str, Any], before: Callable[..., None]
) -> None:
    before(Conversation, "_talk", 16, lambda worker: kill_server(worker.process._server))
    assert graded(plan) == undisturbed


def test_a_grading_process_that_was_killed_in_diagnosis_leaves_no_trace(
    plan: Plan, undisturbed: dict[str, Any]
) -> None:
    assert graded(plan, "diagnosis total") == undisturbed
