"""Runs jobs in processes that are replaced when they die or hang; knows nothing of grading.

A job server is a function `serve(arguments, jobs, emit, beat)`: it takes attempts from the iterator `jobs`,
calls `emit` with the result of each, and `beat(phase)` before each step that may hang. A step that takes longer than
`patience` costs its process; the job then goes to a fresh one together with the phase in which it went wrong.
"""

import contextlib
import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

from grader.errors import GraderFault

J = TypeVar("J")

Emit = Callable[[Any], None]
Beat = Callable[[str], None]
Serve = Callable[[Any, Iterator[Any], Emit, Beat], None]


@dataclass(frozen=True)
class Attempt(Generic[J]):
    """A job, the phases in which earlier attempts at it hung or died, and those of them in which one hung."""

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
        self.process = context.Process(
            target=_serve,
            args=(serve, arguments, theirs, self._phase, self._since, cpu),
            daemon=False,
        )
        self.process.start()
        theirs.close()
        self.attempt: Attempt[J] | None = None
        self.ready = False

    @property
    def phase(self) -> str:
        """What it said last that it was about to do."""
        return bytes(self._phase.value).decode("utf-8", "replace")

    @property
    def busy_for(self) -> float:
        """Seconds since then."""
        return time.monotonic() - float(self._since.value)

    def give(self, attempt: Attempt[J]) -> None:
        """Hand it a job. Raises OSError when it is gone."""
        self.attempt = attempt
        self._phase.value, self._since.value = b"", time.monotonic()
        self.connection.send(attempt)

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
        self._again: deque[Attempt[J]] = deque()
        self._jobs: Iterator[J] = iter(())
        self._false_starts = 0

    def run(self, jobs: Iterable[J], emit: Emit) -> None:
        """Do the jobs. Raises ServerError when no server can start, and what a server raises for all jobs alike."""
        self._jobs = iter(jobs)
        self._servers = [_Server(self._serve, self._arguments, cpu) for cpu in self._cpus]
        try:
            while self._servers:
                ready = wait([server.connection for server in self._servers], timeout=0.25)
                for server in list(self._servers):
                    if server.connection in ready:
                        self._attend(server, emit)
                    elif (server.attempt or not server.ready) and server.busy_for > self._limit(
                        server
                    ):
                        self._replace(server, emit, hung=True)
        finally:
            for server in self._servers:
                server.end()

    def _limit(self, server: _Server[J]) -> float:
        return self._patience if server.ready else self._start_patience

    def _next(self) -> Attempt[J] | None:
        if self._again:
            return self._again.popleft()
        job = next(self._jobs, None)
        return None if job is None else Attempt(job)

    def _attend(self, server: _Server[J], emit: Emit) -> None:
        """Take a message from a server and give it something to do."""
        try:
            kind, value = server.connection.recv()
        except (EOFError, OSError):
            self._replace(server, emit, hung=False)
            return
        if kind == "error":
            raise value
        server.ready = True
        server.attempt = None
        if kind == "result":
            emit(value)
        attempt = self._next()
        try:
            if attempt is None:
                self._servers.remove(server)
                server.end(politely=True)
            else:
                server.give(attempt)
        except OSError:
            self._replace(server, emit, hung=False)

    def _replace(self, server: _Server[J], emit: Emit, *, hung: bool) -> None:
        """End a server that died or hangs; its job goes to a new one, or is lost."""
        server.end()
        self._servers.remove(server)
        self._false_starts = 0 if server.ready else self._false_starts + 1
        if self._false_starts >= MAX_FALSE_STARTS:
            raise ServerError(
                f"a grading process ended while it was starting, {MAX_FALSE_STARTS} times in a row"
            )
        attempt = server.attempt
        self._servers.append(_Server(self._serve, self._arguments, server.cpu))
        if attempt is None:
            return
        phase = server.phase
        mishaps = (*attempt.mishaps, phase)
        if len(mishaps) < MAX_MISHAPS:
            hangs = (*attempt.hung, phase) if hung else attempt.hung
            self._again.append(Attempt(attempt.job, mishaps, hangs))
        else:
            emit(Lost(attempt.job, mishaps))


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


def _serve(
    serve: Serve,
    arguments: Any,
    connection: Connection,
    phase: Any,
    since: Any,
    cpu: int | None,
) -> None:
    """The process of a job server."""
    if cpu is not None:
        os.sched_setaffinity(0, {cpu})
    # An interrupt is for the parent, which ends its servers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def jobs() -> Iterator[Any]:
        connection.send(("ready", None))
        while (attempt := connection.recv()) is not None:
            yield attempt

    def emit(result: Any) -> None:
        connection.send(("result", result))

    def beat(name: str) -> None:
        phase.value = name.encode("utf-8", "replace")[: _PHASE_SIZE - 1]
        since.value = time.monotonic()

    try:
        serve(arguments, jobs(), emit, beat)
    except (EOFError, BrokenPipeError):
        # The parent has gone.
        return
    except Exception as error:  # noqa: BLE001  # the parent raises it where a person sees it
        with contextlib.suppress(OSError):
            connection.send(("error", error))
