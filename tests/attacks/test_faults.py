"""What befalls the processes of a batch from outside costs no points and stops nobody."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.batch import Plan, grade
from grader.errors import GraderError
from grader.models import Graded, Submission
from grader.redteam.arena import Arena
from grader.redteam.outside import descendants
from grader.redteam.world import World
from tests.sandbox.conftest import Talk, fork_for, forker
from tests.small_course import REFERENCE, write_course

__all__ = ["fork_for", "forker"]

pytestmark = pytest.mark.slow

RIGHT = Submission("carol", {"small": REFERENCE.encode()})
#: Right, and busy for long enough to be met in the middle of a call.
SLOW = Submission(
    "dave",
    {"small": REFERENCE.replace("    v = np", "    time.sleep(0.2)\n    v = np").encode()
     + b"\nimport time\n"},
)  # fmt: skip


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    made = World()
    yield made
    made.close()


def tree() -> tuple[int, int, int] | None:
    """The suite runner, its fork server and a worker, once all three are there."""
    for server in descendants(os.getpid()):
        try:
            if b"forkserver.main(" not in Path(f"/proc/{server}/cmdline").read_bytes():
                continue
            stat = Path(f"/proc/{server}/stat").read_text()
        except OSError:
            continue
        runner = int(stat.rpartition(")")[2].split()[1])
        workers = list(descendants(server))
        if workers and runner != os.getpid():
            return runner, server, workers[-1]
    return None


@pytest.mark.needs("landlock")
@pytest.mark.parametrize(
    ("which", "sent"),
    [(0, signal.SIGKILL), (1, signal.SIGKILL), (2, signal.SIGKILL), (2, signal.SIGSTOP)],
    ids=["runner killed", "fork server killed", "worker killed", "worker stopped"],
)
def test_a_process_that_is_lost_costs_nobody_a_point(
    world: World, which: int, sent: signal.Signals
) -> None:
    arena = Arena(world)
    assert arena.grade(RIGHT).score == 5
    arena.send(SLOW)
    end = time.monotonic() + 20
    while (found := tree()) is None and time.monotonic() < end:
        time.sleep(0.005)
    assert found is not None
    time.sleep(0.1)
    os.kill(found[which], sent)
    report = arena.report()
    assert report.score == 5 or report.state == "needs_review", report.outcomes
    assert arena.grade(RIGHT).score == 5
    arena.close()


def test_a_storm_of_signals_on_our_side_loses_no_byte(fork_for: Callable[..., Talk]) -> None:
    talk = fork_for("def f(x):\n    return x")
    before = signal.signal(signal.SIGALRM, lambda *_: None)
    signal.setitimer(signal.ITIMER_REAL, 0.0005, 0.0005)
    try:
        for size in (1, 1000, 100_000):
            data = bytes(size)
            assert all(talk.value("f", data) == data for _ in range(20))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.needs("landlock")
@pytest.mark.parametrize(
    "text", ["import a_module_that_is_missing\n", "raise RuntimeError('broken')\n", "def test(:\n"]
)
def test_a_suite_that_cannot_be_read_is_told_before_anybody_is_graded(
    tmp_path: Path, text: str
) -> None:
    plan = Plan(write_course(tmp_path, {"test_total.py": text}), None)
    done: list[Graded] = []
    with pytest.raises(GraderError):
        grade(plan, [RIGHT], done.append, jobs=1)
    assert done == []


@pytest.mark.parametrize(
    "broken",
    [
        "np.ndarray.tobytes = None",
        "np.dtype = np.generic = np.asarray = None",
        "import sys; sys.modules['numpy'] = None; np.core = np._core = None",
    ],
    ids=lambda text: text[:20],
)
def test_a_submission_that_breaks_its_numpy_breaks_only_its_own_answers(
    fork_for: Callable[..., Talk], broken: str
) -> None:
    body = f"    try:\n        {broken}\n    except TypeError:\n        pass\n"
    source = f"import numpy as np\ndef f(x):\n{body}    return np.ones(3)\n"
    talk = fork_for(source)
    assert talk("f", 1.0).kind in ("value", "raised", "killed")
    assert fork_for("def g(x):\n    return x").value("g", 3) == 3
