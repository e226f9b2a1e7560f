"""Jobs on a Dask cluster: each is done once, whatever becomes of the machines; and a batch gives what it gives here."""

import gc
import json
import multiprocessing
import os
import signal
from collections.abc import Iterator
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

import dask
import pytest
from distributed import Client, LocalCluster

from grader.batch import grade_folder
from grader.cluster import Cluster
from grader.course import Course
from grader.errors import ConfinementError, CourseError, UsageError
from grader.gradebook import maintenance
from grader.gradebook.schema import open_gradebook
from grader.models import Graded
from grader.orders import Request
from tests.multiply import multiply, prepared
from tests.small_course import REFERENCE, STUB, write_course

pytestmark = [
    pytest.mark.needs("distributed"),
    pytest.mark.slow,
    # What Dask itself does on its way is not under test.
    pytest.mark.filterwarnings("default"),
]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The scheduler of a cluster of two workers."""
    with (
        dask.config.set({"distributed.worker.daemon": False}),
        LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            dashboard_address=None,
            silence_logs=50,
        ) as cluster,
    ):
        yield cluster.scheduler_address


def run(address: str, jobs: list[int], sent: Any = 2) -> list[Any]:
    done: list[Any] = []
    Cluster[int](address, multiply, prepared, sent, patience=30).run(jobs, done.append)
    return done


def test_every_job_is_done_once_on_every_worker(address: str) -> None:
    done = run(address, list(range(40, 80)))
    assert sorted(job for job, _, _ in done) == list(range(40, 80))
    assert all(result == 2 * job for job, result, _ in done)
    assert len({process for _, _, process in done}) == 2


def test_an_error_of_all_jobs_is_raised_where_the_batch_runs(address: str) -> None:
    with pytest.raises(CourseError, match="the suite is broken"):
        run(address, [1, 99])


def test_workers_that_refuse_get_no_jobs_and_each_is_told(
    address: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(ConfinementError, match="no worker of the cluster can grade: this machine"):
        run(address, [1], sent="refuse")
    assert "tcp://" in caplog.text
    assert "takes no submissions: this machine" in caplog.text


@pytest.mark.parametrize("name", ["local:0", "local:many", "nowhere"])
def test_what_is_no_cluster_is_told(name: str) -> None:
    with pytest.raises(UsageError, match="cluster"):
        run(name, [1])


def test_one_of_this_machine_beside_another_warns_of_no_port(
    address: str, recwarn: pytest.WarningsRecorder
) -> None:
    assert len(run("local:1", [1])) == len(run(address, [1])) == 1
    assert "Port" not in "".join(str(warned.message) for warned in recwarn)


def test_a_cluster_that_does_not_answer_leaves_nothing_to_be_closed_later() -> None:
    # What was raised keeps the client from being collected, and so from being closed by that.
    with pytest.raises(UsageError, match="no cluster answers") as raised:
        run("nowhere", [1])
    clients = [found for found in gc.get_objects() if type(found) is Client]
    assert {client.status for client in clients} == {"closed"}, raised


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Ctrl-C does what it does in a terminal, also where these tests run in the background and would ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("moment", ["while workers start", "while they work"])
def test_an_interrupt_ends_a_batch_and_meets_no_worker(
    moment: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    before = set(multiprocessing.active_children())
    start = SpawnProcess.start
    done: list[Any] = []

    def interrupted(process: SpawnProcess) -> None:
        start(process)
        assert process.pid is not None
        # As from a terminal: it goes to all, and this thread is not the one that made the cluster.
        os.kill(process.pid, signal.SIGINT)
        if moment == "while workers start":
            os.kill(os.getpid(), signal.SIGINT)

    def emit(result: Any) -> None:
        done.append(result)
        if len(done) == 3:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(SpawnProcess, "start", interrupted)
    cluster = Cluster[int]("local:1", multiply, prepared, 2, patience=30)
    with pytest.raises(KeyboardInterrupt):
        cluster.run(range(40, 80), emit)
    assert len(done) == (0 if moment == "while workers start" else 3)
    assert set(multiprocessing.active_children()) == before
    assert "Traceback" not in capfd.readouterr().err


class Killer:
    """Kills a worker of the cluster after the second report."""

    def __init__(self, address: str | None) -> None:
        self.address = address
        self.told = 0

    def start(self, total: int, ignored: tuple[str, ...]) -> None:
        """Nothing to do."""

    def advance(self, graded: Graded) -> None:
        self.told += 1
        if self.told == 2 and self.address is not None:
            with Client(self.address, set_as_default=False) as client:
                processes = client.run(os.getpid)
            os.kill(next(iter(processes.values())), signal.SIGKILL)


@pytest.mark.needs("landlock")
def test_a_batch_gives_what_it_gives_here_even_if_a_machine_is_lost(
    address: str, tmp_path: Path
) -> None:
    assignment = write_course(tmp_path / "course")
    folder = tmp_path / "submissions"
    folder.mkdir()
    for number in range(10):
        text = STUB if number % 3 == 0 else REFERENCE.replace("v.sum()", f"v.sum() * {number % 2}")
        (folder / f"s{number}.py").write_text(f"{text}# {number}\n")
    course = Course.find(assignment.root)
    found = []
    for cluster in (None, address):
        file = tmp_path / "reports.json"
        book = open_gradebook(tmp_path / f"{cluster is None}.db")
        request = Request(folder, json_file=file, cluster=cluster)
        grade_folder(course, assignment, request, Killer(cluster), book)
        assert maintenance.check(book) == []
        with book.read() as connection:
            counted = connection.exec_driver_sql(
                "SELECT count(DISTINCT key), count(*) FROM reports"
            )
            assert tuple(counted.one()) == (10, 10)
        book.close()
        reports = json.loads(file.read_text(encoding="utf-8"))["reports"]
        for report in reports:
            for outcome in report["outcomes"]:
                del outcome["cpu"], outcome["duration"]
        found.append(reports)
    assert found[0] == found[1]
