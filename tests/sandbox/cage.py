"""A small fork server to try confinement with: it forks, confines, runs a snippet and says how that went.

As a program (`python -I cage.py CONFIG`) it is the server; imported, it starts one and talks to it.
"""

import ctypes
import json
import os
import platform
import select
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import Any

IS_ROOT = os.name == "posix" and os.geteuid() == 0
ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


@dataclass(frozen=True)
class Outcome:
    """How a snippet ended: exit status or minus the signal, its `result`, or the exception that it raised."""

    exit: int
    result: Any = None
    raised: str | None = None
    errno: int | None = None

    @property
    def stopped(self) -> bool:
        """Whether the kernel refused it."""
        return self.exit < 0 or self.raised is not None


class Cage:
    """A running server whose workers are confined."""

    def __init__(self, python: Path | str = sys.executable, **config: Any) -> None:
        known = {"OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"}
        environment = {name: os.environ[name] for name in known & set(os.environ)}
        self.process = subprocess.Popen(
            [str(python), "-I", __file__, json.dumps({"root": str(ROOT), **config})],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**environment, "OPENBLAS_NUM_THREADS": "1", "LC_ALL": "C.UTF-8"},
        )
        self.state = self._answer()

    def run(
        self,
        code: str,
        at: dict[str, Any] | None = None,
        *,
        confined: bool = True,
        before: str = "",
    ) -> Outcome:
        """Run `code` in a fresh worker; it finds `at` there by that name and leaves its value in `result`.

        `before` runs first, unconfined, and may change `prepared`.
        """
        self.send(code, at, confined=confined, before=before)
        return Outcome(**self._answer())

    def send(
        self,
        code: str,
        at: dict[str, Any] | None = None,
        *,
        confined: bool = True,
        before: str = "",
    ) -> None:
        """Start a snippet without waiting for its end."""
        request = {"code": code, "at": at or {}, "confined": confined, "before": before}
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(request).encode() + b"\n")
        self.process.stdin.flush()

    def close(self) -> None:
        """End the server."""
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                stream.close()

    def _answer(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        if not select.select([self.process.stdout], [], [], PATIENCE)[0]:
            self.close()
            raise TimeoutError("the server of the cage does not answer")
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer


class World:
    """What there is to attack, and the worker's own file among it, all within reach of `user`."""

    def __init__(self, folder: Path, user: int) -> None:
        folder.mkdir()
        (folder / "secret").write_text("def test_hidden(): ...")
        (folder / "own").write_text("mine")
        shared, other = folder / "shared", folder / "other"
        shared.mkdir()
        other.mkdir()
        self.tcp = socket.create_server(("127.0.0.1", 0))
        self.udp = socket.socket(type=socket.SOCK_DGRAM)
        self.udp.bind(("127.0.0.1", 0))
        self.abstract, self.by_path = (socket.socket(socket.AF_UNIX) for _ in range(2))
        name = f"confine-{os.getpid()}-{folder.name}"
        self.abstract.bind("\0" + name)
        self.by_path.bind(str(folder / "socket"))
        self.abstract.listen()
        self.by_path.listen()
        self.victim = subprocess.Popen(["sleep", "600"], **as_user(user))
        if IS_ROOT:
            os.chown(folder / "own", user, user)
        for path in (shared, other, folder / "socket", folder):
            path.chmod(0o777)
        self.secret = str(folder / "secret")
        self.at: dict[str, Any] = {
            "secret": self.secret,
            "folder": str(shared),
            "own": str(folder / "own"),
            "tcp": self.tcp.getsockname()[1],
            "udp": self.udp.getsockname()[1],
            "abstract": name,
            "socket": str(folder / "socket"),
            "victim": self.victim.pid,
        }
        self.at_will = {**self.at, "folder": str(other)}

    def close(self) -> None:
        """Take it down; the processes and sockets were its own."""
        self.victim.kill()
        self.victim.wait()
        for each in (self.tcp, self.udp, self.abstract, self.by_path):
            each.close()


def as_user(user: int) -> dict[str, Any]:
    return {"user": user, "group": user, "extra_groups": []} if IS_ROOT else {}


def readable_by_others(path: Path) -> bool:
    """Whether any user may read `path`, by the permissions of it and of the folders above."""
    place = path.resolve()
    return all(folder.stat().st_mode & 0o005 == 0o005 for folder in (place, *place.parents))


def lay_out(folder: Path) -> Path:
    """Lay out this interpreter and numpy in `folder`, by links where possible; the path of its program."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    left_out = shutil.ignore_patterns(
        "site-packages", "test", "tests", "idlelib", "ensurepip", "config-*"
    )
    library = Path(sysconfig.get_path("stdlib"))
    shutil.copytree(library, folder / "lib" / version, copy_function=_link, ignore=left_out)
    import numpy as np

    packages = Path(np.__file__).parents[1]
    for name in ("numpy", "numpy.libs"):
        if (packages / name).is_dir():
            shutil.copytree(
                packages / name, folder / "packages" / name, copy_function=_link, ignore=left_out
            )
    (folder / "bin").mkdir()
    _link(os.path.realpath(sys.executable), str(folder / "bin" / version))
    return folder / "bin" / version


def _link(source: str, destination: str) -> None:
    try:
        os.link(source, destination)
    except OSError:  # another file system
        shutil.copy2(source, destination)


def serve(config: dict[str, Any]) -> None:
    """Prepare as told, then run one snippet a line."""
    sys.path.insert(0, config["root"])
    from grader.sandbox import confine

    sys.path.remove(config["root"])
    packages = Path(sys.prefix) / "packages"
    if packages.is_dir():
        sys.path.insert(0, str(packages))
    if config.get("user") is not None:
        os.setgroups([])
        os.setresgid(*[config["user"]] * 3)
        os.setresuid(*[config["user"]] * 3)
    import numpy as np

    np.linalg.solve(np.eye(2), np.ones(2))
    if config.get("inherited"):
        os.dup2(os.open(config["inherited"], os.O_RDONLY), 50)
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.dup2(2, 1)
    status = Path("/proc/self/status")
    prepared = confine.prepare(
        [*confine.interpreter_trees(), str(packages)],
        config.get("memory", 1 << 30),
        config.get("cpu_seconds", 30),
        abi_cap=config.get("abi_cap"),
        drop_to=config.get("drop_to", confine.NOBODY),
    )
    lines = [line.split(":", 1) for line in status.read_text().splitlines()]
    state: dict[str, Any] = {name: value.strip() for name, value in lines}
    state |= {"abi": prepared.abi, "notes": prepared.notes}
    _say(answers, state)
    for line in requests:
        request = json.loads(line)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            _try_out(prepared, request, writing)
        os.close(writing)
        with os.fdopen(reading, "rb") as results:
            outcome = results.read()
        _, ended = os.waitpid(child, 0)
        answer = json.loads(outcome) if outcome else {}
        _say(answers, {"exit": os.waitstatus_to_exitcode(ended), **answer})


def _try_out(prepared: Any, request: dict[str, Any], writing: int) -> None:
    try:
        exec(request["before"], {"prepared": prepared})
        os.dup2(writing, 3)
        if request["confined"]:
            prepared.enter()
        space = {"at": request["at"], "refused": _refused, "prepared_enter": prepared.enter}
        try:
            exec(request["code"], space)
            outcome = {"result": space.get("result")}
        except Exception as error:  # noqa: BLE001  # what a snippet meets is the answer
            outcome = {"raised": type(error).__name__, "errno": getattr(error, "errno", None)}
        os.write(3, json.dumps(outcome).encode())
        os._exit(0)
    finally:
        os._exit(99)


def _refused(x86_64: int | None, aarch64: int | None, *arguments: int) -> int:
    """Make a system call by its number; OSError where it fails."""
    number = {"x86_64": x86_64, "aarch64": aarch64}[platform.machine()]
    call = ctypes.CDLL(None, use_errno=True).syscall
    call.restype = ctypes.c_long
    result: int = call(ctypes.c_long(number or 0), *map(ctypes.c_long, arguments))
    if result < 0:
        raise OSError(ctypes.get_errno(), "refused")
    return result


def _say(stream: Any, value: Any) -> None:
    stream.write(json.dumps(value).encode() + b"\n")
    stream.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    serve(json.loads(sys.argv[1]))
