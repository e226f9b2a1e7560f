"""What befalls the processes of a batch from outside costs no points and stops nobody."""

import ast
import os
import resource
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from grader import batch, desk
from grader.batch import grade
from grader.desk import make_spawner, serve_bounded
from grader.errors import GraderError
from grader.executors import Beat, Emit, Processes, Serve, Task
from grader.models import Graded, Submission
from grader.orders import Plan
from grader.redteam.arena import Arena
from grader.redteam.outside import descendants
from grader.redteam.world import World
from tests.sandbox.conftest import Talk, fork_for
from tests.small_course import REFERENCE, write_course
from tests.test_executors import gone

__all__ = ["fork_for"]

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


def met() -> tuple[int, int, int]:
    """The same in the middle of a call of the slow submission."""
    end = time.monotonic() + 20
    while (found := tree()) is None and time.monotonic() < end:
        time.sleep(0.005)
    assert found is not None
    time.sleep(0.1)
    return found


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
    os.kill(met()[which], sent)
    report = arena.report()
    assert report.score == 5 or report.state == "needs_review", report.outcomes
    assert arena.grade(RIGHT).score == 5
    arena.close()


@pytest.mark.needs("landlock")
@pytest.mark.parametrize("which", [0, 1], ids=["runner", "fork server"])
def test_a_process_that_was_stopped_costs_nobody_a_point_and_does_not_stay(
    world: World, which: int
) -> None:
    done: list[Graded] = []
    processes = Processes[Submission](serve_bounded, Plan(world.assignment, None), 1, patience=4)
    batch = threading.Thread(target=processes.run, args=([SLOW, RIGHT], done.append))
    batch.start()
    stopped = met()[which]
    os.kill(stopped, signal.SIGSTOP)
    batch.join()
    assert {graded.student: graded.score for graded in done} == {"dave": 5, "carol": 5}
    assert gone(stopped)


def few_descriptors(plan: Plan, jobs: Iterator[Task[Submission]], emit: Emit, beat: Beat) -> None:
    """A job server that can open nothing more while it grades dave."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)

    def watched() -> Iterator[Task[Submission]]:
        for attempt in jobs:
            full = attempt.job.student == "dave"
            resource.setrlimit(resource.RLIMIT_NOFILE, (3 if full else soft, hard))
            yield attempt

    serve_bounded(plan, watched(), emit, beat)


def few_processes(plan: Plan, jobs: Iterator[Task[Submission]], emit: Emit, beat: Beat) -> None:
    """A job server whose fork server, which is no root, can make no process while it grades dave."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NPROC)

    def make(plan: Plan) -> Any:
        resource.setrlimit(resource.RLIMIT_NPROC, (1 if full else soft, hard))
        return make_spawner(plan)

    full = False

    def watched() -> Iterator[Task[Submission]]:
        nonlocal full
        for attempt in jobs:
            if full != (attempt.job.student == "dave"):
                full = not full
                os.kill(next(iter(descendants(os.getpid()))), signal.SIGKILL)
            yield attempt

    desk.make_spawner = make
    serve_bounded(plan, watched(), emit, beat)


@pytest.mark.needs("landlock")
@pytest.mark.parametrize("server", [few_descriptors, few_processes])
def test_what_finds_no_room_is_looked_at_by_a_person_and_stops_nobody(
    world: World, server: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.executors.MAX_MISHAPS", 2)
    monkeypatch.setattr(batch, "serve_bounded", server)
    done: list[Graded] = []
    dave = replace(RIGHT, student="dave")
    grade(Plan(world.assignment, None), [dave, RIGHT], done.append, jobs=1)
    ended = {graded.student: (graded.state, graded.score) for graded in done}
    assert ended == {"dave": ("needs_review", 0), "carol": ("graded", 5)}


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
def test_a_storm_of_signals_disturbs_no_batch(world: World) -> None:
    done: list[Graded] = []
    before = signal.signal(signal.SIGALRM, lambda *_: None)
    signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
    try:
        grade(Plan(world.assignment, None), [RIGHT, SLOW], done.append, jobs=1)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert {graded.student: graded.score for graded in done} == {"dave": 5, "carol": 5}


def test_no_limit_is_measured_by_a_clock_that_somebody_may_set() -> None:
    package = Path(__file__).parents[2] / "grader"
    files = [package / "desk.py", package / "batch.py", package / "executors.py"]
    files += [*(package / "sandbox").rglob("*.py"), *(package / "suite").rglob("*.py")]
    read = {
        ast.unparse(node)
        for file in files
        for node in ast.walk(ast.parse(file.read_bytes()))
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) in ("time", "datetime")
    }
    assert "time.monotonic" in read
    assert not read & {"time.time", "time.time_ns", "datetime.now", "datetime.utcnow"}


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


@pytest.mark.needs("landlock")
@pytest.mark.parametrize(
    "text",
    [
        "import a_module_that_is_missing\n",
        "import os; os._exit(3)\n",
        "import sys; sys.modules['numpy'] = None\nimport numpy\n",
    ],
    ids=["missing module", "crash", "broken numpy"],
)
def test_support_code_that_breaks_is_told_before_anybody_is_graded(
    tmp_path: Path, text: str
) -> None:
    plan = Plan(write_course(tmp_path), None)
    (plan.assignment.release_dir / "given" / "__init__.py").write_text(text)
    done: list[Graded] = []
    with pytest.raises(GraderError):
        grade(plan, [RIGHT], done.append, jobs=1)
    assert done == []


@pytest.mark.needs("landlock")
def test_a_suite_that_ends_its_process_is_told_before_anybody_is_graded(tmp_path: Path) -> None:
    plan = Plan(write_course(tmp_path, {"test_total.py": "import os\nos._exit(0)\n"}), None)
    done: list[Graded] = []
    with pytest.raises(GraderError, match="ended while it was starting, 3 times"):
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
