"""Runs jobs in processes that are replaced when they die or hang; knows nothing of grading.

A job server is a function `serve(arguments, jobs, emit, beat)`: it takes tasks from the iterator `jobs`,
calls `emit` with the result of each, and `beat(phase)` before each step that may hang. A step that takes longer than
`patience` costs its process; the job then goes to a fresh one together with the phase in which it went wrong.
"""

import contextlib
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

from grader.errors import GraderFault
from grader.sandbox.lifeline import end_with_parent
from grader.sandbox.process import cpu_clock

J = TypeVar("J")

Emit = Callable[[Any], None]
Beat = Callable[[str], None]
Serve = Callable[[Any, Iterator[Any], Emit, Beat], None]


@dataclass(frozen=True)
class Task(Generic[J]):
    """A job, the phases in which earlier tries at it hung or died, and those of them in which one computed on."""

    job: J
    mishaps: tuple[str, ...] = ()
    hung: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lost(Generic[J]):
    """A job that could not be done: its process died or hung too often."""

    job: J
    mishaps: tuple[str, ...]


class ServerError(GraderFault):
    """A job server cannot start or go on; every job would meet the same error."""


#: So many mishaps of one job, then it is given up.
MAX_MISHAPS = 6
#: So many servers in a row that end before they are ready, then none will be.
MAX_FALSE_STARTS = 3
#: So many tries, a moment apart, at starting a server while there is none.
MAX_REFUSALS = 40
_PHASE_SIZE = 400


class _Server(Generic[J]):
    """A process that serves jobs, and what it is doing."""

    def __init__(self, serve: Serve, arguments: Any, cpu: int | None = None) -> None:
        self.cpu = cpu
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        # Shared memory: a message for each step would cost more than most steps.
        self._phase = context.RawArray("c", _PHASE_SIZE)
        self._since = context.RawValue("d", time.monotonic())
        self._spent = context.RawValue("d", 0.0)
        self.process = context.Process(
            target=_serve,
            args=(serve, arguments, theirs, (self._phase, self._since, self._spent), cpu),
            daemon=False,
        )
        self.process.start()
        theirs.close()
        self.task: Task[J] | None = None
        self.ready = False

    @property
    def phase(self) -> str:
        """What it said last that it was about to do."""
        return bytes(self._phase.value).decode("utf-8", "replace")

    @property
    def busy_for(self) -> float:
        """Seconds since then."""
        return time.monotonic() - float(self._since.value)

    @property
    def answered(self) -> bool:
        """Whether it has said something that nobody heard yet."""
        return self.connection.poll()

    @property
    def computes(self) -> bool:
        """Whether it has been computing since then, if slowly: one that was stopped, or waits for a disk, has not."""
        clock = None if self.process.pid is None else cpu_clock(self.process.pid)
        if clock is None:
            return True
        try:
            spent = time.clock_gettime(clock) - float(self._spent.value)
        except OSError:
            return False
        return spent > self.busy_for / 10

    def give(self, task: Task[J]) -> None:
        """Hand it a job. Raises OSError when it is gone."""
        self.task = task
        self._phase.value, self._since.value = b"", time.monotonic()
        self.connection.send(task)

    def end(self, *, politely: bool = False) -> None:
        """End the process."""
        if politely:
            with contextlib.suppress(OSError):
                self.connection.send(None)
            self.process.join(5)
        self.connection.close()
        if self.process.is_alive():
            self.process.kill()
        self.process.join()


class Processes(Generic[J]):
    """Does jobs in several processes at once; `emit` gets results as they come, and `Lost` for a job that
    cannot be done.
    """

    def __init__(
        self,
        serve: Serve,
        arguments: Any,
        count: int,
        *,
        patience: float = 60.0,
        start_patience: float = 120.0,
        pinned: bool = True,
    ) -> None:
        self._cpus = _cpus(count) if pinned else [None] * count
        self._serve = serve
        self._arguments = arguments
        self._patience = patience
        self._start_patience = start_patience
        self._servers: list[_Server[J]] = []
        #: The CPUs of servers for which the machine had no room.
        self._waiting: list[int | None] = []
        self._refusals = 0
        self._again: deque[Task[J]] = deque()
        self._jobs: Iterator[J] = iter(())
        self._false_starts = 0

    def run(self, jobs: Iterable[J], emit: Emit) -> None:
        """Do the jobs. Raises ServerError when no server can start, and what a server raises for all jobs alike."""
        self._jobs = iter(jobs)
        try:
            for cpu in self._cpus:
                self._start(cpu)
            while self._servers or self._waiting:
                # Without a server this is the pause before another try.
                ready = wait([server.connection for server in self._servers], timeout=0.25)
                if not ready and self._waiting:
                    self._start(self._waiting.pop())
                for server in list(self._servers):
                    # Asked again: keeping the result of another may have taken long.
                    if server.connection in ready or (self._overdue(server) and server.answered):
                        self._attend(server, emit)
                    elif self._overdue(server):
                        self._replace(server, emit, hung=server.computes)
        finally:
            for server in self._servers:
                server.end()

    def _overdue(self, server: _Server[J]) -> bool:
        limit = self._patience if server.ready else self._start_patience
        return bool(server.task or not server.ready) and server.busy_for > limit

    def _start(self, cpu: int | None) -> None:
        """Start a server, or remember that there was no room. Raises ServerError when there is none for long."""
        try:
            with uninterrupted():
                self._servers.append(_Server(self._serve, self._arguments, cpu))
        except OSError as error:
            self._waiting.append(cpu)
            self._refusals += not self._servers
            if self._refusals >= MAX_REFUSALS:
                raise ServerError(
                    f"no grading process can be started: {error.strerror or error}"
                ) from error
        else:
            self._refusals = 0

    def _next(self) -> Task[J] | None:
        if self._again:
            return self._again.popleft()
        job = next(self._jobs, None)
        return None if job is None else Task(job)

    def _attend(self, server: _Server[J], emit: Emit) -> None:
        """Take a message from a server and give it something to do."""
        try:
            kind, value = server.connection.recv()
        except (EOFError, OSError):
            self._replace(server, emit, hung=False)
            return
        if kind == "error" and isinstance(value, (OSError, MemoryError)):
            # The machine may have had no room at that moment: a fresh process may find some.
            self._replace(server, emit, hung=False, why=f": {value}")
            return
        if kind == "error":
            raise value
        server.ready = True
        server.task = None
        if kind == "result":
            emit(value)
        task = self._next()
        try:
            if task is None:
                self._servers.remove(server)
                server.end(politely=True)
                # Nor is there work for one that could not be started.
                self._waiting.clear()
            else:
                server.give(task)
        except OSError:
            self._replace(server, emit, hung=False)

    def _replace(self, server: _Server[J], emit: Emit, *, hung: bool, why: str = "") -> None:
        """End a server that died or hangs; its job goes to a new one, or is lost."""
        server.end()
        self._servers.remove(server)
        self._false_starts = 0 if server.ready else self._false_starts + 1
        if self._false_starts >= MAX_FALSE_STARTS:
            raise ServerError(
                f"a grading process ended while it was starting, {MAX_FALSE_STARTS} times in a row{why}"
            )
        task = server.task
        self._start(server.cpu)
        if task is None:
            return
        phase = server.phase
        mishaps = (*task.mishaps, phase)
        if len(mishaps) < MAX_MISHAPS:
            hangs = (*task.hung, phase) if hung else task.hung
            self._again.append(Task(task.job, mishaps, hangs))
        else:
            emit(Lost(task.job, mishaps))


def _cpus(count: int) -> list[int | None]:
    """A CPU of its own for each server, where there are enough of them.

    A server that talks to a child of its own waits for it at each step: on one CPU the two take turns, on two each
    message has to wake one that sleeps.
    """
    if not hasattr(os, "sched_getaffinity"):
        return [None] * count
    cpus = sorted(os.sched_getaffinity(0))
    if count > len(cpus):
        return [None] * count
    # Two batches of few servers each start at different places.
    first = os.getpid() % len(cpus)
    return [cpus[(first + number) % len(cpus)] for number in range(count)]


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Processes and threads that are started here meet no interrupt, unless they ask for it; one for us waits until the
    end.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # The first process starts this one, too, which would let interrupts through again.
    resource_tracker.ensure_running()
    came: list[int] = []
    ours = threading.current_thread() is threading.main_thread()
    # One that meets another thread than this would be raised here all the same.
    handler = signal.signal(signal.SIGINT, lambda number, _: came.append(number)) if ours else None
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        if ours:
            signal.signal(signal.SIGINT, handler)
        if came:
            signal.raise_signal(signal.SIGINT)


def _serve(
    serve: Serve,
    arguments: Any,
    connection: Connection,
    shown: tuple[Any, Any, Any],
    cpu: int | None,
) -> None:
    """The process of a job server, which shows its phase, since when, and its CPU time then."""
    end_with_parent()
    phase, since, spent = shown
    if cpu is not None:
        os.sched_setaffinity(0, {cpu})
    # An interrupt is for the parent, which ends its servers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})

    def jobs() -> Iterator[Any]:
        connection.send(("ready", None))
        while (task := connection.recv()) is not None:
            yield task

    def emit(result: Any) -> None:
        connection.send(("result", result))

    def beat(name: str) -> None:
        phase.value = name.encode("utf-8", "replace")[: _PHASE_SIZE - 1]
        since.value = time.monotonic()
        spent.value = time.process_time()

    try:
        serve(arguments, jobs(), emit, beat)
    except (EOFError, BrokenPipeError):
        # The parent has gone.
        return
    except Exception as error:  # noqa: BLE001  # the parent raises it where a person sees it
        with contextlib.suppress(OSError):
            connection.send(("error", error))
