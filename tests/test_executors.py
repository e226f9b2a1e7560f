"""Whatever befalls processes and machine, each job is done, or given up after enough tries."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from multiprocessing.context import SpawnProcess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from grader import executors
from grader.executors import Beat, Emit, Processes, Serve, ServerError, Task

LINUX = pytest.mark.needs("linux")


def tells(seconds: float, jobs: Iterator[Task[str]], emit: Emit, beat: Beat) -> None:
    """A job server that takes its time for each job, and tells what befell earlier attempts at it."""
    for attempt in jobs:
        beat(attempt.job)
        time.sleep(seconds)
        emit((attempt.job, attempt.mishaps, attempt.hung))


def stops(_: None, jobs: Iterator[Task[str]], emit: Emit, beat: Beat) -> None:
    """A job server that somebody stops at its first attempt."""
    for attempt in jobs:
        beat(attempt.job)
        if not attempt.mishaps:
            Path(attempt.job).write_text(str(os.getpid()))
            os.kill(os.getpid(), signal.SIGSTOP)
        emit((attempt.job, attempt.mishaps, attempt.hung))


def has_no_room(_: None, jobs: Iterator[Task[str]], emit: Emit, beat: Beat) -> None:
    """A job server that finds no room at its first attempt."""
    for attempt in jobs:
        beat(attempt.job)
        if not attempt.mishaps:
            raise OSError(24, "Too many open files")
        emit((attempt.job, attempt.mishaps, attempt.hung))


def closes_its_pipes(_: None, jobs: Iterator[Task[str]], emit: Emit, beat: Beat) -> None:
    """A job server whose descriptors are all closed at its first attempt."""
    for attempt in jobs:
        beat(attempt.job)
        if not attempt.mishaps:
            os.closerange(3, 256)
        emit((attempt.job, attempt.mishaps, attempt.hung))


def waits(file: str, jobs: Iterator[Task[str]], emit: Emit, beat: Beat) -> None:
    """A job server that does not notice anything."""
    for _ in jobs:
        Path(file).write_text(str(os.getpid()))
        time.sleep(600)


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"


def gone(pid: int) -> bool:
    """Whether a process ends within some seconds."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            if not is_there(pid):
                return True
        except OSError:
            return True
        time.sleep(0.05)
    return False


def test_a_slow_disk_is_no_reason_to_do_a_job_twice() -> None:
    done: list[Any] = []

    def keep(result: Any) -> None:
        # Longer than the patience with a job.
        time.sleep(3.5 if not done else 0)
        done.append(result)

    jobs = [f"job {number}" for number in range(4)]
    Processes[str](tells, 0.05, 2, patience=3).run(jobs, keep)
    assert sorted(done) == [(job, (), ()) for job in jobs]


@LINUX
def test_an_interrupt_does_not_reach_a_process_that_is_being_started(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    start = SpawnProcess.start

    def interrupted(process: SpawnProcess) -> None:
        start(process)
        assert process.pid is not None
        os.kill(process.pid, signal.SIGINT)

    monkeypatch.setattr(SpawnProcess, "start", interrupted)
    done: list[Any] = []
    Processes[str](tells, 0.0, 1, patience=30).run(["a job"], done.append)
    assert len(done) == 1
    assert capfd.readouterr().err == ""


@LINUX
def test_an_interrupt_waits_until_what_is_being_started_can_be_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    start = SpawnProcess.start
    started: list[SpawnProcess] = []

    def interrupted(process: SpawnProcess) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        start(process)
        started.append(process)

    monkeypatch.setattr(SpawnProcess, "start", interrupted)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    # As those that show how far a batch is: it blocks no signal.
    end = threading.Event()
    threading.Thread(target=end.wait).start()
    try:
        with pytest.raises(KeyboardInterrupt):
            Processes[str](tells, 0.0, 1, patience=30).run(["a job"], pytest.fail)
    finally:
        signal.signal(signal.SIGINT, before)
        end.set()
    assert len(started) == 1
    assert not started[0].is_alive()


def test_a_process_that_was_stopped_costs_its_job_nothing_and_does_not_stay(tmp_path: Path) -> None:
    done: list[Any] = []
    job = str(tmp_path / "pid")
    Processes[str](stops, None, 1, patience=3).run([job], done.append)
    assert done == [(job, (job,), ())]
    assert gone(int(Path(job).read_text()))


@LINUX
@pytest.mark.parametrize(("spent", "computes"), [(5.0, True), (0.1, False)])
def test_one_that_computes_is_told_from_one_that_was_stopped(spent: float, computes: bool) -> None:
    server: Any = object.__new__(executors._Server)
    server.process = SimpleNamespace(pid=os.getpid())
    server._since = SimpleNamespace(value=time.monotonic() - 10)
    server._spent = SimpleNamespace(value=time.process_time() - spent)
    assert server.computes is computes


@pytest.mark.parametrize("server", [has_no_room, closes_its_pipes])
def test_a_process_that_cannot_go_on_hands_its_job_to_a_fresh_one(server: Serve) -> None:
    done: list[Any] = []
    Processes[str](server, None, 1).run(["job"], done.append)
    assert done == [("job", ("job",), ())]


@LINUX
def test_processes_end_with_the_batch_that_started_them(tmp_path: Path) -> None:
    program = (
        "from grader.executors import Processes\nfrom tests.test_executors import waits\n"
        f"Processes(waits, {str(tmp_path / 'pid')!r}, 1).run(['job'], print)\n"
    )
    batch = subprocess.Popen([sys.executable, "-c", program], cwd=Path(__file__).parents[1])
    while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
        assert batch.poll() is None
        time.sleep(0.05)
    batch.kill()
    batch.wait()
    assert gone(int((tmp_path / "pid").read_text()))


def fill_the_machine(monkeypatch: pytest.MonkeyPatch, refusals: int) -> None:
    """Leave no room for a process until one was asked for so often."""
    real = executors._Server.__init__
    left = iter(range(refusals))

    def start(server: Any, *arguments: Any) -> None:
        if next(left, None) is not None:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        real(server, *arguments)

    monkeypatch.setattr(executors._Server, "__init__", start)


def test_a_machine_that_is_full_for_a_moment_delays_a_batch(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fill_the_machine(monkeypatch, 3)
    done: list[Any] = []
    Processes[str](tells, 0, 2).run(["one", "two"], done.append)
    assert sorted(done) == [("one", (), ()), ("two", (), ())]


def test_a_machine_that_stays_full_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    fill_the_machine(monkeypatch, 100)
    monkeypatch.setattr(executors, "MAX_REFUSALS", 3)
    with pytest.raises(ServerError, match="no grading process can be started: Resource temp"):
        Processes[str](tells, 0, 1).run(["one"], print)
