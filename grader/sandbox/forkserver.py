"""A warm interpreter that never held a test, from which each worker is forked.

Started as `python -I` with a scrubbed environment. It imports numpy and the assignment's `given`, prepares confinement,
and then serves three requests over its control socket: `F` (with a socket and an output descriptor attached) forks a
worker and answers its pid; `K` and a pid kills and reaps that worker and answers how it ended; `D` does the same and
answers nothing. When the control socket closes, it kills what is left and ends.

Standard library and numpy only.
"""

import ctypes
import gc
import importlib
import importlib.util
import json
import os
import random
import signal
import socket
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

from grader.sandbox import confine, lifeline, loader, rehearsal, stateless, worker

#: What is asked for, and of which process; all of one length, so that none runs into the next.
REQUEST = struct.Struct("<cq")
PID = struct.Struct("<q")
#: wait status, CPU seconds
ENDED = struct.Struct("<id")
#: The worker's end of its conversation.
_WORKER = 3
#: Descriptors of our own lie above the ones that a worker gets.
_HIGH = 100


def import_given(folder: str | None) -> None:
    """Import the assignment's support package from `folder` under the name `given`, all of its modules."""
    if folder is None:
        return
    file = os.path.join(folder, "__init__.py")
    if not os.path.exists(file):
        return
    spec = importlib.util.spec_from_file_location(
        "given", file, submodule_search_locations=[folder]
    )
    if spec is None or spec.loader is None:
        raise ImportError(f"{file} cannot be imported")
    module = importlib.util.module_from_spec(spec)
    # Another assignment's, where one process meets several.
    for name in loader.modules_of("given"):
        del sys.modules[name]
    sys.modules["given"] = module
    spec.loader.exec_module(module)
    for entry in sorted(Path(folder).glob("*.py")):
        if entry.stem != "__init__":
            importlib.import_module(f"given.{entry.stem}")


def warm(given: str | None, allow: list[str]) -> None:
    """Import what every worker needs, and fix the seeds of the global generators, so that a run can be repeated."""
    for name in (
        "numpy.linalg",
        "numpy.random",
        "numpy.fft",
        "numpy.polynomial",
        "ast",
        "inspect",
        "linecache",
        "dataclasses",
    ):
        importlib.import_module(name)
    import_given(given)
    for name in loader.modules_of("given"):
        stateless.learn(sys.modules[name])
    for name in allow:
        try:
            importlib.import_module(name)
        except ImportError:
            continue
    random.seed(0)
    np.random.seed(0)  # noqa: NPY002  # student code may use the global generator
    # The first ufunc, matrix product and error state touch pages that all workers then share.
    with np.errstate(all="raise"):
        np.add.reduce(np.ones((2, 2)) @ np.ones((2, 2)))


def trees(given: str | None) -> list[str]:
    """The folders that a worker may read: the interpreter, its packages, the system's libraries, and `given`."""
    wanted = [*confine.interpreter_trees(), str(Path(np.__file__).parents[1])]
    if given is not None:
        wanted.append(given)
    return sorted({os.path.realpath(path) for path in wanted})


def serve(control: socket.socket, config: dict[str, Any]) -> None:
    """Fork workers until the control socket closes."""
    enter = None
    notes: list[str] = []
    readable = trees(config["given"])
    isolation = "none"
    try:
        warm(config["given"], config["allow"])
        sys.path[:] = [path for path in sys.path if _beneath(path, readable)]
        if config["confined"]:
            prepared = confine.prepare(
                readable,
                memory=config["memory"],
                cpu_seconds=config["cpu_seconds"],
                abi_cap=config["abi_cap"],
            )
            enter, notes, isolation = prepared.enter, list(prepared.notes), "base"
    except Exception as error:
        control.sendall(_json({"error": f"{type(error).__name__}: {error}"}))
        return
    # Stopped, it would not see that the control socket closed.
    lifeline.end_with_parent()
    control.sendall(_json({"isolation": isolation, "notes": notes, "trees": readable}))
    workers: set[int] = set()
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    fork = _cheapest_fork()
    rehearsal.rehearse()
    ready = worker.prepare(_WORKER, _WORKER)
    gc.collect()
    gc.freeze()
    try:
        while True:
            request, descriptors, _, _ = socket.recv_fds(control, REQUEST.size, 2)
            if not request:
                break
            wanted, pid = REQUEST.unpack(request)
            if wanted == b"F":
                pid = fork()
                if pid == 0:
                    _become_worker(ready, enter, *descriptors)
                if pid < 0:
                    raise OSError("no more processes can be made")
                for descriptor in descriptors:
                    os.close(descriptor)
                workers.add(pid)
                control.sendall(PID.pack(pid))
            else:
                ended = _end(pid)
                workers.discard(pid)
                if wanted == b"K":
                    control.sendall(ended)
    except ConnectionError:
        # Closed before an answer was read.
        pass
    finally:
        for pid in workers:
            os.kill(pid, signal.SIGKILL)


def _become_worker(
    ready: worker.Worker, enter: Callable[[], None] | None, sock: int, output: int
) -> NoReturn:
    """What a forked child does: take its descriptors, confine itself, serve."""
    try:
        os.dup2(output, 1)
        os.dup2(output, 2)
        os.dup2(sock, _WORKER)
        if enter is not None:
            enter()
        else:
            os.closerange(_WORKER + 1, 256)
        worker.run(ready)
    finally:
        os._exit(confine.Step.TAKING)


def _cheapest_fork() -> Callable[[], int]:
    """The C library's fork where this process has one thread, else Python's.

    Python's runs hooks in the child that replace locks which another thread might have held, and reseed
    generators. With one thread there is nothing to repair, and the hooks cost as much as the fork itself.
    """
    if len(os.listdir("/proc/self/task")) > 1:
        return os.fork
    fork: Callable[[], int] = ctypes.PyDLL(None).fork
    return fork


def _end(pid: int) -> bytes:
    """Kill and reap a worker; one that ended by itself shows how."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    _, status, usage = os.wait4(pid, 0)
    return ENDED.pack(status, usage.ru_utime + usage.ru_stime)


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value).encode()


def _beneath(path: str, folders: list[str]) -> bool:
    real = os.path.realpath(path)
    return any(real == folder or real.startswith(folder + os.sep) for folder in folders)


def main(control_fd: int) -> None:
    """Entry point of the fork server's process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.dup2(control_fd, _HIGH, inheritable=False)
    os.close(control_fd)
    control = socket.socket(fileno=_HIGH)
    config: dict[str, Any] = json.loads(control.recv(1 << 16))
    serve(control, config)


def main_plain() -> None:
    """Entry point of a worker that is a plain subprocess: frames on descriptors 0 and 1, output on 2."""
    config: dict[str, Any] = json.loads(sys.argv[1])
    reading, writing = os.dup(0), os.dup(1)
    if sys.platform == "win32":
        import msvcrt

        for descriptor in (reading, writing):
            msvcrt.setmode(descriptor, os.O_BINARY)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.dup2(2, 1)
    # An interrupt at the student's terminal is for the grader, which then ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warm(config["given"], config["allow"])
    plain = worker.prepare(reading, writing)
    plain.announce()
    worker.run(plain)
