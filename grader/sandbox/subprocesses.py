"""Workers that are plain subprocesses: for a student's own machine, and for graders told to do without confinement."""

import json
import subprocess
import sys
import threading
import time

from grader.errors import GraderFault
from grader.sandbox.channel import Budget, Channel, Ended, Oversize, OverTime, PipeChannel, Unasked
from grader.sandbox.process import (
    BOOT,
    NEVER_THERE,
    PACKAGE_PARENT,
    Exit,
    Setup,
    cpu_clock,
    scrubbed_environment,
)

#: Seconds within which one must serve.
_STARTING = 30.0


class PlainWorker:
    """A worker that is a plain subprocess: for a student's own machine, and for graders told to do without
    confinement.
    """

    announced = True

    def __init__(self, setup: Setup) -> None:
        config = {
            "given": None if setup.given is None else str(setup.given.resolve()),
            "allow": list(setup.allow),
        }
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-I",
                "-c",
                BOOT.format(entry="main_plain()"),
                json.dumps(config),
                PACKAGE_PARENT,
            ],
            env=scrubbed_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        requests, answers, output = self._process.stdin, self._process.stdout, self._process.stderr
        if requests is None or answers is None or output is None:
            raise GraderFault("a worker has no pipes")
        self._read = (answers, output)
        self._clock = cpu_clock(self._process.pid)
        self.channel: Channel = PipeChannel(requests, answers, output, self.cpu)

    def cpu(self) -> float | None:
        """See Process."""
        if self._clock is None:
            return None
        try:
            return time.clock_gettime(self._clock)
        except OSError:
            return 0.0

    def end(self) -> Exit:
        """See Process."""
        code = self._process.poll()
        if code is None:
            self._process.kill()
            code = self._process.wait()
        # Closing waits for the threads at the pipes, and those for whatever the worker left behind.
        threading.Thread(target=self._close_pipes, daemon=True).start()
        return Exit(max(code, 0), -code if code < 0 else 0, 0.0)

    def dismiss(self) -> None:
        """See Process."""
        self.end()

    def await_announcement(self) -> None:
        """Wait until it serves. Raises GraderFault if it never does."""
        try:
            self.channel.receive(Budget(float("inf"), _STARTING))
        except (Ended, OverTime, Oversize, Unasked) as error:
            self.end()
            raise GraderFault(NEVER_THERE) from error

    def _close_pipes(self) -> None:
        self.channel.close()
        for pipe in self._read:
            pipe.close()


class PlainSpawner:
    """Makes plain subprocesses; the first starts at once, since starting takes a moment in which a suite can
    be collected.
    """

    isolation = "none"
    notes: tuple[str, ...] = ()

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._ahead: PlainWorker | None = PlainWorker(setup)

    def spawn(self) -> PlainWorker:
        """See Spawner."""
        worker, self._ahead = self._ahead or PlainWorker(self._setup), None
        worker.await_announcement()
        return worker

    def close(self) -> None:
        """See Spawner."""
        if self._ahead is not None:
            self._ahead.end()
            self._ahead = None
