"""`grader` for a shell without starting Python anew: a process that has imported everything forks for each command.

Pages run dozens of commands, and most of what each costs is its start. As a program with the path of a socket, this
serves; `installed` writes the `grader` that asks it.
"""

import gc
import importlib
import json
import os
import pkgutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from grader.sandbox.lifeline import end_with_parent

#: What commands import when they need it.
_LATE = (
    "alembic.command",
    "jinja2",
    "matplotlib.backends.backend_svg",
    "matplotlib.figure",
    "multiprocessing.popen_spawn_posix",
    "rich.progress",
    "sqlalchemy.dialects.sqlite",
)
#: What runs when it is imported, and what takes longer than all others for the one page that needs it.
_NOT_NOW = ("__main__", ".migrations.", ".nbgrader.exporter")
_ASK = """\
#!{python} -IS
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as ours:
    ours.connect({path!r})
    said = json.dumps([sys.argv, os.getcwd(), dict(os.environ)]).encode()
    socket.send_fds(ours, [len(said).to_bytes(4, "big") + said], [0, 1, 2])
    code = ours.recv(1)
sys.exit(code[0] if code else 70)
"""


@contextmanager
def installed(folder: Path) -> Iterator[None]:
    """A program `grader` in that folder, for as long as this lasts."""
    path = folder / "socket"
    command = [sys.executable, "-m", "tests.documents.warm", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True) as server:
        assert server.stdout is not None
        server.stdout.read(1)
        program = folder / "grader"
        program.write_text(_ASK.format(python=sys.executable, path=str(path)))
        program.chmod(0o755)
        try:
            yield
        finally:
            server.terminate()


def _import_everything() -> None:
    import grader

    # Pages are no measurements: one process a batch is the cheapest.
    os.cpu_count = lambda: 1
    for module in pkgutil.walk_packages(grader.__path__, "grader."):
        if not any(part in module.name for part in _NOT_NOW):
            importlib.import_module(module.name)
    for name in _LATE:
        importlib.import_module(name)
    # What is never looked at by the collector stays shared with every command.
    gc.freeze()


def _serve(path: str) -> None:
    end_with_parent()
    _import_everything()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path)
        listening.listen()
        print(".", end="", flush=True)
        running: set[int] = set()
        try:
            while True:
                asking, _ = listening.accept()
                pid = os.fork()
                if pid == 0:
                    running.clear()
                    listening.close()
                    _answer(asking)
                running.add(pid)
                asking.close()
        finally:
            for pid in running:
                os.waitpid(pid, 0)


def _answer(asking: socket.socket) -> NoReturn:
    end_with_parent()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    said, descriptors, _, _ = socket.recv_fds(asking, 1 << 16, 3)
    while len(said) < 4 + int.from_bytes(said[:4], "big"):
        said += asking.recv(1 << 16)
    for number, descriptor in enumerate(descriptors):
        os.dup2(descriptor, number)
        os.close(descriptor)
    sys.stdin = os.fdopen(0, closefd=False)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", buffering=1, closefd=False)
    sys.argv, folder, environment = json.loads(said[4:])
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    from grader.cli import main

    try:
        main()
    except SystemExit as ended:
        sys.stdout.flush()
        sys.stderr.flush()
        asking.send(bytes([int(ended.code or 0)]))
    # Taking everything apart that was imported would cost more than most commands.
    os._exit(0)


if __name__ == "__main__":
    _serve(sys.argv[1])
