"""Starts workers and ends them, forked from a confined fork server, and says what any worker is."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from grader.errors import ConfinementError, GraderFault
from grader.sandbox import confine
from grader.sandbox.channel import Channel, SocketChannel

#: The package's own folder, for an interpreter that is started without the caller's path.
PACKAGE_PARENT = str(Path(__file__).resolve().parents[2])

#: The program of a process that becomes a fork server or a worker.
BOOT = (
    "import sys; sys.path.append(sys.argv.pop()); from grader.sandbox import forkserver; "
    "sys.path.pop(); forkserver.{entry}"
)

#: What is told of a worker that never served.
NEVER_THERE = "a worker ended before any student code was in it"

_SIGNALS = {
    4: "an illegal instruction",
    6: "an abort",
    7: "a bus error",
    8: "an arithmetic trap",
    9: "a kill signal (out of memory?)",
    11: "a segmentation fault",
    24: "the CPU time limit",
    25: "the file size limit",
    31: "a forbidden system call",
}


@dataclass(frozen=True)
class Exit:
    """How a worker ended. `signal` is 0 unless a signal ended it; `by_us` when that was our SIGKILL."""

    code: int
    signal: int
    cpu: float

    @property
    def never_started(self) -> bool:
        """Whether it did not come so far as to serve, if it is not known to have served."""
        return not self.signal and self.code in tuple(confine.Step)

    @property
    def told(self) -> str:
        """The end as a sentence without its full stop."""
        if self.signal:
            return f"the process was ended by {_SIGNALS.get(self.signal, f'signal {self.signal}')}"
        return f"the process ended itself with exit status {self.code}"


@dataclass(frozen=True)
class Setup:
    """What the workers of one assignment share."""

    given: Path | None
    allow: tuple[str, ...] = ()
    memory: int = 1 << 30
    cpu_seconds: int = 300
    abi_cap: int | None = None
    #: Folders that no worker may be able to read, wherever the interpreter lies.
    secret: tuple[Path, ...] = ()


class Process(Protocol):
    """One running worker."""

    channel: Channel
    #: It has said that it is there. If not, its first answer will show it.
    announced: bool

    def cpu(self) -> float | None:
        """CPU seconds it has used, or None where the system cannot tell."""

    def end(self) -> Exit:
        """Kill it if it still runs, and say how it ended."""

    def dismiss(self) -> None:
        """Kill it, and do not wait until it has ended."""


class Spawner(Protocol):
    """Makes workers of one assignment."""

    isolation: str
    notes: tuple[str, ...]

    def spawn(self) -> Process:
        """A fresh worker."""

    def close(self) -> None:
        """End every worker and whatever made them."""


def scrubbed_environment() -> dict[str, str]:
    """The environment of student code: nothing of the caller's but what its BLAS needs to compute correctly."""
    kept = {name: value for name, value in os.environ.items() if name.startswith("OPENBLAS_")}
    kept |= dict.fromkeys(
        (
            "OPENBLAS_NUM_THREADS",
            "OMP_NUM_THREADS",
            "MKL_NUM_THREADS",
            "BLIS_NUM_THREADS",
        ),
        "1",
    )
    if sys.platform == "win32":
        kept |= {name: os.environ[name] for name in ("SYSTEMROOT", "PATH") if name in os.environ}
    else:
        kept |= {"LANG": "C.UTF-8"}
    return kept


def cpu_clock(pid: int) -> int | None:
    """The number of another process's CPU clock, where the system has such clocks."""
    if not sys.platform.startswith("linux"):
        return None
    # clock_getcpuclockid(3): the complement of the pid, shifted, with the bits for "scheduler clock of the process".
    return (~pid << 3) | 2


class ForkedWorker:
    """A worker that the fork server made."""

    announced = False

    def __init__(self, server: "ForkServer", pid: int, sock: socket.socket, output: int) -> None:
        self.pid = pid
        self._server = server
        self._clock = (~pid << 3) | 2
        self.channel: Channel = SocketChannel(sock, output, self.cpu)

    def cpu(self) -> float | None:
        """See Process."""
        try:
            return time.clock_gettime(self._clock)
        except OSError:
            return 0.0

    def end(self) -> Exit:
        """See Process."""
        # Not before: a worker whose conversation ends runs on to its own end.
        ended = self._server.end(self.pid)
        self.channel.close()
        return ended

    def dismiss(self) -> None:
        """See Process."""
        try:
            self._server.dismiss(self.pid)
        finally:
            self.channel.close()


@dataclass
class _Asked:
    """Our ends of the channels of a worker that a fork server was asked for, and its number, once it is known."""

    sock: socket.socket
    output: int
    pid: int | None = None

    def close(self) -> None:
        """Give the channels up; the fork server ends the worker when it ends itself."""
        self.sock.close()
        os.close(self.output)


class ForkServer:
    """The client of one fork server. Raises ConfinementError where this machine cannot confine."""

    def __init__(self, setup: Setup, *, confined: bool = True) -> None:
        from grader.sandbox.forkserver import ENDED, PID, REQUEST

        self._request_format, self._pid_format, self._ended_format = REQUEST, PID, ENDED
        ours, theirs = socket.socketpair()
        fd = theirs.fileno()
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", BOOT.format(entry=f"main({fd})"), PACKAGE_PARENT],
            pass_fds=[fd],
            env=scrubbed_environment(),
            cwd="/",
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        theirs.close()
        self._control = ours
        #: A worker that was asked for before anybody wants it.
        self._ahead: _Asked | None = None
        config = {
            "given": None if setup.given is None else str(setup.given.resolve()),
            "allow": list(setup.allow),
            "memory": setup.memory,
            "cpu_seconds": setup.cpu_seconds,
            "abi_cap": setup.abi_cap,
            "confined": confined,
        }
        ours.sendall(json.dumps(config).encode())
        answer = ours.recv(1 << 16)
        ready: dict[str, Any] = (
            json.loads(answer) if answer else {"error": "it ended while starting"}
        )
        if "error" in ready:
            self.close()
            raise ConfinementError(f"the fork server cannot confine student code: {ready['error']}")
        self.isolation: str = ready["isolation"]
        self.notes: tuple[str, ...] = tuple(ready["notes"])
        if confined:
            self._keep_secret(setup.secret, ready["trees"])

    def _keep_secret(self, secret: Sequence[Path], readable: Sequence[str]) -> None:
        exposed = confine.exposed(readable, [str(path) for path in secret])
        if exposed:
            self.close()
            raise ConfinementError(
                f"student code must be able to read the interpreter's folders, and {exposed[0]} lies in one of them: "
                "move the course or the interpreter"
            )

    def spawn(self) -> ForkedWorker:
        """See Spawner."""
        asked, self._ahead = self._ahead or self._ask(), None
        try:
            return ForkedWorker(self, self._number_of(asked), asked.sock, asked.output)
        except BaseException:
            asked.close()
            raise

    def _ask(self) -> _Asked:
        """Ask for a worker, and do not wait for it."""
        ours, theirs = socket.socketpair()
        reading, writing = os.pipe()
        try:
            fork = self._request_format.pack(b"F", 0)
            socket.send_fds(self._control, [fork], [theirs.fileno(), writing])
        except BaseException:
            ours.close()
            os.close(reading)
            raise
        finally:
            theirs.close()
            os.close(writing)
        return _Asked(ours, reading)

    def _number_of(self, asked: _Asked) -> int:
        if asked.pid is None:
            asked.pid = self._pid_format.unpack(self._answer(self._pid_format.size))[0]
        return asked.pid

    def end(self, pid: int) -> Exit:
        """Kill and reap a worker."""
        if self._ahead is not None:
            # Answers come in the order of the questions.
            self._number_of(self._ahead)
        self._control.sendall(self._request_format.pack(b"K", pid))
        status, cpu = self._ended_format.unpack(self._answer(self._ended_format.size))
        killed_by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else 0
        return Exit(code, killed_by, cpu)

    def dismiss(self, pid: int) -> None:
        """Let a worker be killed and reaped, and the next one be made, while the caller goes on."""
        self._control.sendall(self._request_format.pack(b"D", pid))
        if self._ahead is None:
            # Where there is no room for it now, who wants it will see.
            with contextlib.suppress(OSError):
                self._ahead = self._ask()

    def _answer(self, size: int) -> bytes:
        data = self._control.recv(size)
        if len(data) != size:
            raise GraderFault("the fork server ended")
        return data

    def close(self) -> None:
        """See Spawner."""
        if self._ahead is not None:
            self._ahead.close()
        self._control.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
