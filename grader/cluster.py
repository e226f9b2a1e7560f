"""Runs jobs on the machines of a Dask cluster; knows nothing of grading.

Dask reaches the machines and notices when one is gone; which job goes where is decided here, so that each is accounted
for once. Every worker first gets what all jobs have in common, as bytes: no folder is shared. It prepares that, or
says why it cannot; only then it gets jobs, as many at once as it has threads, and does them in processes of its own
(see `executors`). The jobs of a worker that was lost go to others.
"""

import atexit
import contextlib
import logging
import multiprocessing
import queue
import shutil
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Generic, TypeVar

from grader.errors import ConfinementError, GraderError, MissingExtraError, UsageError
from grader.executors import MAX_MISHAPS, Emit, Lost, Processes, Serve, Task, uninterrupted

log = logging.getLogger(__name__)

J = TypeVar("J")

#: Makes the arguments of a job server from what was sent and an empty folder. Raises GraderError where it cannot.
Prepare = Callable[[Any, Path], Any]
#: Seconds between two looks at which workers there are.
_LOOK = 1.0
#: Seconds that a batch waits for a worker when it has none.
_PATIENCE = 120.0


class Cluster(Generic[J]):
    """Does jobs on a cluster: `tcp://HOST:PORT` or `tls://HOST:PORT` of its scheduler, or `local:N` for N processes
    here.
    """

    def __init__(
        self, address: str, serve: Serve, prepare: Prepare, sent: Any, *, patience: float
    ) -> None:
        self._address = address
        self._order = (serve, prepare, sent, patience)
        self._key = f"{time.time_ns():x}"
        #: Free threads, by the address of the worker.
        self._free: dict[str, int] = {}
        #: Why a worker takes no jobs.
        self.refused: dict[str, str] = {}
        self._asked: dict[str, Any] = {}
        self._running: dict[Any, tuple[str, Task[J]]] = {}
        self._again: deque[Task[J]] = deque()
        self._emit: Emit = lambda result: None

    def run(self, jobs: Iterable[J], emit: Emit) -> None:
        """Do the jobs. Raises ConfinementError when no worker can, and what a job server raises for all alike."""
        self._emit = emit
        waiting = (Task(job) for job in jobs)
        looked = idle_since = time.monotonic()
        with _connected(self._address) as client:
            try:
                self._look(client)
                while True:
                    if time.monotonic() - looked > _LOOK:
                        looked = time.monotonic()
                        self._look(client)
                    more = self._give(client, waiting)
                    if self._running:
                        self._collect(client)
                        idle_since = time.monotonic()
                    elif not more:
                        return
                    else:
                        self._wait_for_workers(idle_since)
            finally:
                with contextlib.suppress(Exception):
                    client.run(_close, self._key)

    def _wait_for_workers(self, since: float) -> None:
        if self.refused and not self._free and not self._asked:
            reasons = "; ".join(dict.fromkeys(self.refused.values()))
            raise ConfinementError(f"no worker of the cluster can grade: {reasons}")
        if time.monotonic() - since > _PATIENCE:
            raise UsageError(f"the cluster {self._address} has no workers", slug="cluster")
        time.sleep(0.05)

    def _look(self, client: Any) -> None:
        """Take in workers that came, and take back the jobs of those that went."""
        threads = client.nthreads()
        for address in set(threads) - set(self._free) - set(self.refused) - set(self._asked):
            self._asked[address] = client.submit(
                _open, self._key, self._order, threads[address], workers=[address], pure=False
            )
        for address, answer in list(self._asked.items()):
            if address not in threads or answer.status in ("error", "cancelled", "lost"):
                del self._asked[address]
            elif answer.status == "finished":
                del self._asked[address]
                refusal = _result(client, answer, address)
                if refusal is None:
                    self._free[address] = threads[address]
                else:
                    self.refused[address] = refusal
                    log.warning("%s takes no submissions: %s", address, refusal)
        for address in set(self._free) - set(threads):
            del self._free[address]
        for future, (address, task) in list(self._running.items()):
            if address not in threads:
                del self._running[future]
                future.cancel()
                self._lost(task)

    def _give(self, client: Any, waiting: Iterator[Task[J]]) -> bool:
        """Give every free thread a job; whether there may be more jobs."""
        for address, free in self._free.items():
            for _ in range(free):
                task = self._again.popleft() if self._again else next(waiting, None)
                if task is None:
                    return False
                future = client.submit(_do, self._key, task.job, workers=[address], pure=False)
                self._running[future] = address, task
                self._free[address] -= 1
        return True

    def _collect(self, client: Any) -> None:
        """Wait a moment for results."""
        from distributed import wait

        try:
            done = wait(list(self._running), timeout=_LOOK / 4, return_when="FIRST_COMPLETED").done
        except TimeoutError:
            return
        for future in done:
            address, task = self._running.pop(future)
            if address in self._free:
                self._free[address] += 1
            result = _result(client, future, address)
            if isinstance(result, GraderError):
                raise result
            if result is None:
                self._lost(task)
            else:
                self._emit(result)

    def _lost(self, task: Task[J]) -> None:
        """A job whose machine is gone goes to another, or is given up."""
        mishaps = (*task.mishaps, "its machine was lost")
        if len(mishaps) < MAX_MISHAPS:
            self._again.append(Task(task.job, mishaps))
        else:
            self._emit(Lost(task.job, mishaps))


def _result(client: Any, future: Any, address: str) -> Any:
    """What a task that has ended left on its worker; None where it failed, or the worker went before it was fetched.

    Dask itself would wait for ever for a worker of that address to come back and do the task again.
    """
    while future.status == "finished":
        try:
            return future.result(timeout=_LOOK)
        except TimeoutError:
            if address not in client.nthreads():
                break
    future.cancel()
    return None


@contextmanager
def _connected(address: str) -> Iterator[Any]:
    """A client of the cluster. Raises MissingExtraError without Dask, UsageError where nothing answers."""
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise MissingExtraError("cluster", "grading on a cluster") from error
    with contextlib.ExitStack() as stack:
        kind, _, count = address.partition(":")
        target: Any = address
        if kind == "local":
            if not count.isdecimal() or not int(count):
                raise UsageError(
                    f"{address!r} is no cluster: local:2 has two workers", slug="cluster"
                )
            stack.enter_context(dask.config.set({"distributed.worker.daemon": False}))
            # In the midst of making workers Dask could not end them.
            with uninterrupted():
                target = stack.enter_context(
                    LocalCluster(
                        n_workers=int(count),
                        threads_per_worker=1,
                        dashboard_address=None,
                        # It answers by HTTP all the same; the port that it would take may be taken, of which it warns.
                        scheduler_kwargs={"dashboard_address": ":0"},
                        silence_logs=50,
                    )
                )
        client = Client.__new__(Client)
        try:
            client.__init__(target, timeout=15)
        except (OSError, ValueError) as error:
            # Dask would close it when it is collected: perhaps while the lock is held that closing takes.
            client.close()
            raise UsageError(f"no cluster answers at {address}: {error}", slug="cluster") from error
        yield stack.enter_context(client)


# What follows runs on the workers.


class _Lane:
    """One job server of a worker, and the thread that waits for it."""

    def __init__(self, serve: Serve, arguments: Any, patience: float) -> None:
        self._jobs: queue.Queue[Any] = queue.Queue()
        self._results: queue.Queue[Any] = queue.Queue()
        self._processes = Processes[Any](serve, arguments, 1, patience=patience, pinned=False)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._processes.run(iter(self._jobs.get, None), self._results.put)
        except BaseException as error:  # noqa: BLE001  # raised where the batch runs
            self._results.put(error)

    @property
    def alive(self) -> bool:
        return self._thread.is_alive()

    def do(self, job: Any) -> Any:
        self._jobs.put(job)
        return self._results.get()

    def close(self) -> None:
        self._jobs.put(None)
        self._thread.join(10)


class _Site:
    """What a worker holds for one batch."""

    def __init__(
        self, serve: Serve, prepare: Prepare, sent: Any, patience: float, threads: int
    ) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="grader-"))
        try:
            arguments = prepare(sent, self._folder)
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise
        self._order = serve, arguments, patience
        self._idle: queue.Queue[_Lane | None] = queue.Queue()
        self._lanes: list[_Lane] = []
        for _ in range(threads):
            self._idle.put(None)

    def do(self, job: Any) -> Any:
        lane = self._idle.get()
        try:
            if lane is None or not lane.alive:
                lane = _Lane(*self._order)
                self._lanes.append(lane)
            return lane.do(job)
        finally:
            self._idle.put(lane)

    def close(self) -> None:
        for lane in self._lanes:
            lane.close()
        shutil.rmtree(self._folder, ignore_errors=True)


_SITES: dict[str, _Site] = {}


def _open(key: str, order: tuple[Serve, Prepare, Any, float], threads: int) -> str | None:
    """Get ready for a batch; why this worker cannot, or None."""
    serve, prepare, sent, patience = order
    # Dask marks its workers as processes that may have no children; ours end with the batch.
    multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]  # there is no other way
    try:
        _SITES[key] = _Site(serve, prepare, sent, patience, threads)
    except GraderError as error:
        return str(error)
    return None


def _do(key: str, job: Any) -> Any:
    """Do a job; what a job server raises for all alike is returned, since only that survives the way back whole."""
    result = _SITES[key].do(job)
    if isinstance(result, BaseException) and not isinstance(result, GraderError):
        raise result
    return result


def _close(key: str) -> None:
    site = _SITES.pop(key, None)
    if site is not None:
        site.close()


def _close_all() -> None:
    for key in list(_SITES):
        _close(key)


# Before multiprocessing waits for children that nobody has told to end.
atexit.register(_close_all)
