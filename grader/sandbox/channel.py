"""Frames to and from a worker, on the trusted side: whole frames only, as they arrive, within a budget.

`SocketChannel` polls (fork-server workers); `PipeChannel` reads in threads and needs nothing that Windows lacks.
"""

import os
import queue
import select
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Protocol

from grader.sandbox.wire import HEADER, MAX_FRAME

MAX_OUTPUT = 64 << 10
_CHUNK = 1 << 20
#: Seconds that every exchange may wait before its worker's clock is read.
_PROMPT = 0.02
#: Pieces of one frame after which the clock is read, though the next piece is there already.
_PIECES = 64
#: Frames that a worker may send unread; an honest one sends one.
_AHEAD = 2


class Ended(Exception):
    """The worker closed its side."""


class OverTime(Exception):
    """The budget ran out before a frame was complete."""


class Unasked(Exception):
    """The worker wrote before it was asked, or more than it was asked for."""


class Oversize(Exception):
    """A frame claims to be longer than any frame may be."""


@dataclass(slots=True)
class Budget:
    """What is left for one exchange: an end on the worker's CPU clock, and seconds of waiting as the backstop.

    `limit` are the CPU seconds that the exchange alone may take, `unwatched` is how long we waited since that clock was
    last read.
    """

    cpu_end: float
    wall: float
    limit: float = float("inf")
    unwatched: float = 0.0


class Channel(Protocol):
    """One conversation with one worker."""

    def send(self, payload: bytes, budget: Budget) -> None:
        """Send a frame. Raises Unasked when something is there to read before we asked, Ended, OverTime."""

    def receive(self, budget: Budget) -> bytes:
        """The next frame's payload. Raises Ended, OverTime, Oversize, Unasked."""

    def output(self) -> bytes:
        """What the worker wrote to descriptors 1 and 2 since the last time, capped."""

    def close(self) -> None:
        """Close our side."""


class SocketChannel:
    """A socket for frames and a pipe for output, polled together."""

    def __init__(self, sock: socket.socket, output: int, cpu: Callable[[], float | None]) -> None:
        self._sock = sock
        self._output_fd = output
        self._cpu = cpu
        self._kept = bytearray()
        sock.setblocking(False)
        self._poll = select.poll()
        self._poll.register(sock, select.POLLIN)
        self._poll.register(output, select.POLLIN)

    def send(self, payload: bytes, budget: Budget) -> None:
        """See Channel."""
        data = HEADER.pack(len(payload)) + payload
        # What the worker wrote before it was asked is read as the answer, whose nonce it cannot have known.
        try:
            sent = self._sock.send(data)
        except BlockingIOError:
            sent = 0
        except OSError as error:
            raise Ended from error
        if sent < len(data):
            self._send_rest(memoryview(data)[sent:], budget)

    def _send_rest(self, view: memoryview, budget: Budget) -> None:
        self._poll.modify(self._sock, select.POLLOUT)
        try:
            while view:
                self._wait(budget)
                try:
                    view = view[self._sock.send(view) :]
                except BlockingIOError:
                    continue
                except OSError as error:
                    raise Ended from error
        finally:
            self._poll.modify(self._sock, select.POLLIN)

    def receive(self, budget: Budget) -> bytes:
        """See Channel."""
        data = self._read(budget, 1 << 16)
        while len(data) < 4:
            data += self._read(budget, 4)
        length: int = HEADER.unpack(data[:4])[0]
        if length > MAX_FRAME:
            raise Oversize
        missing = length + 4 - len(data)
        if missing > 0:
            # Grown as the bytes come: a header alone must not make us allocate.
            parts = [data]
            # Who sends a frame in pieces may time them so that we never wait, so all of this time counts.
            end = time.monotonic() + budget.wall
            while missing > 0:
                part = self._read(budget, min(missing, _CHUNK))
                parts.append(part)
                missing -= len(part)
                if len(parts) % _PIECES == 0:
                    self._watch(budget)
                if time.monotonic() > end:
                    raise OverTime
            data = b"".join(parts)
        elif missing < 0:
            raise Unasked
        return data[4:]

    def _read(self, budget: Budget, size: int) -> bytes:
        while True:
            self._wait(budget)
            try:
                data = self._sock.recv(size)
            except BlockingIOError:
                continue
            except OSError as error:
                raise Ended from error
            if not data:
                raise Ended
            return data

    def _wait(self, budget: Budget) -> None:
        """Wait until the socket is ready, draining output meanwhile. Raises OverTime."""
        # Most answers come before any clock needs to be read.
        pause = min(budget.wall, _PROMPT)
        while True:
            before = time.monotonic()
            ready = self._poll.poll(max(pause, 0.0) * 1000)
            waited = time.monotonic() - before
            budget.wall -= waited
            budget.unwatched += waited
            socket_ready = False
            for fd, event in ready:
                if fd == self._output_fd:
                    self._drain(event)
                else:
                    socket_ready = True
            if socket_ready and budget.wall > 0 and budget.unwatched < _PROMPT:
                return
            cpu = self._watch(budget)
            if socket_ready:
                return
            pause = budget.wall
            if cpu is not None:
                # Half of what is left, since two threads use it twice as fast.
                pause = min(pause, max((budget.cpu_end - cpu) / 2, 0.005))

    def _watch(self, budget: Budget) -> float | None:
        """Read the worker's clock. Raises OverTime."""
        cpu = self._cpu()
        budget.unwatched = 0.0
        if budget.wall <= 0 or (cpu is not None and cpu >= budget.cpu_end):
            raise OverTime
        return cpu

    def _drain(self, event: int) -> None:
        data = b""
        if event & select.POLLIN:
            data = _read_fd(self._output_fd)
            room = MAX_OUTPUT - len(self._kept)
            if room > 0:
                self._kept += data[:room]
        if not data:
            self._poll.unregister(self._output_fd)

    def output(self) -> bytes:
        """See Channel. What was written before an answer was read when we waited for that answer."""
        if not self._kept:
            return b""
        kept = bytes(self._kept)
        self._kept.clear()
        return kept

    def close(self) -> None:
        """See Channel."""
        self._sock.close()
        os.close(self._output_fd)


def _read_fd(fd: int) -> bytes:
    return os.read(fd, 1 << 16)


class PipeChannel:
    """Three pipes of a plain subprocess, read by threads; needs only what every system has."""

    def __init__(
        self,
        requests: IO[bytes],
        answers: IO[bytes],
        output: IO[bytes],
        cpu: Callable[[], float | None],
    ) -> None:
        self._requests = requests
        self._cpu = cpu
        self._kept: deque[bytes] = deque()
        self._kept_size = 0
        self._frames: queue.Queue[bytes | type[Exception]] = queue.Queue(_AHEAD)
        threading.Thread(target=self._read_frames, args=(answers,), daemon=True).start()
        threading.Thread(target=self._read_output, args=(output,), daemon=True).start()

    def _read_frames(self, answers: IO[bytes]) -> None:
        try:
            while True:
                header = answers.read(4)
                if len(header) < 4:
                    break
                missing: int = HEADER.unpack(header)[0]
                if missing > MAX_FRAME:
                    self._frames.put(Oversize)
                    return
                parts = []
                while missing:
                    part = answers.read(min(missing, _CHUNK))
                    if not part:
                        self._frames.put(Ended)
                        return
                    parts.append(part)
                    missing -= len(part)
                self._frames.put(b"".join(parts))
        except (OSError, ValueError):
            pass
        self._frames.put(Ended)

    def _read_output(self, output: IO[bytes]) -> None:
        try:
            while data := output.read1(1 << 16):  # type: ignore[attr-defined]  # a buffered pipe has read1
                if self._kept_size < MAX_OUTPUT:
                    self._kept.append(data[: MAX_OUTPUT - self._kept_size])
                    self._kept_size += len(self._kept[-1])
        except (OSError, ValueError):
            pass

    def send(self, payload: bytes, budget: Budget) -> None:
        """See Channel. A worker that does not read is met by the wall clock of `receive`, so large frames are
        written in a thread.
        """
        if not self._frames.empty():
            early = self._frames.get()
            raise Unasked if isinstance(early, bytes) else early
        data = HEADER.pack(len(payload)) + payload
        if len(data) <= 4096:
            self._write(data)
        else:
            threading.Thread(target=self._write, args=(data,), daemon=True).start()

    def _write(self, data: bytes) -> None:
        try:
            self._requests.write(data)
            self._requests.flush()
        except (OSError, ValueError):
            self._frames.put(Ended)

    def receive(self, budget: Budget) -> bytes:
        """See Channel."""
        while True:
            cpu = self._cpu()
            if budget.wall <= 0 or (cpu is not None and cpu >= budget.cpu_end):
                raise OverTime
            before = time.monotonic()
            try:
                frame = self._frames.get(timeout=min(budget.wall, 0.25))
            except queue.Empty:
                continue
            finally:
                budget.wall -= time.monotonic() - before
            if not isinstance(frame, bytes):
                raise frame
            return frame

    def output(self) -> bytes:
        """See Channel."""
        parts = []
        while self._kept:
            parts.append(self._kept.popleft())
        self._kept_size = 0
        return b"".join(parts)

    def close(self) -> None:
        """See Channel."""
        try:
            self._requests.close()
        except OSError:
            pass
        # The thread that reads frames may be waiting for room.
        while not self._frames.empty():
            self._frames.get()
