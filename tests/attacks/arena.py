"""Where attempts are graded: a course, the real confined runner in a process of its own, and what there is to harm."""

import queue
import shutil
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from grader.batch import Plan, grade
from grader.exchange.folders import read_submission
from grader.grading import tree_digest
from grader.models import Graded, GradeReport, Submission
from grader.redteam.corpus import Attempt, corpus
from tests.small_course import write_course

PATIENCE = 120.0
ATTEMPTS = corpus()


class World:
    """What attempts are after, within reach of everybody on this machine."""

    def __init__(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="arena-"))
        self.assignment = write_course(self.root / "course")
        self.open = self.root / "open"
        others = self.root / "submissions" / "bob"
        for folder in (self.open, others, self.assignment.root / ".grader"):
            folder.mkdir(parents=True)
        (self.assignment.root / ".grader" / "secret").write_bytes(b"a secret")
        shutil.copy(self.assignment.solution_dir / "small.py", others)
        self.tcp = socket.create_server(("127.0.0.1", 0))
        self.tcp.setblocking(False)
        self.port = self.tcp.getsockname()[1]
        self.udp = socket.socket(type=socket.SOCK_DGRAM)
        self.udp.bind(("127.0.0.1", self.port))
        self.udp.setblocking(False)
        self.unix = socket.socket(socket.AF_UNIX)
        self.unix.bind(str(self.open / "socket"))
        self.unix.listen()
        self.unix.setblocking(False)
        self.victim = subprocess.Popen(["sleep", "600"])
        for path in (self.root, *self.root.rglob("*")):
            path.chmod(0o777)
        self._before = self._state()

    def harm(self) -> list[str]:
        """What an attempt reached."""
        found = []
        if self._state() != self._before:
            found.append("files were written")
        for name, read in (("TCP", self.tcp.accept), ("Unix", self.unix.accept)):
            try:
                read()
            except BlockingIOError:
                continue
            found.append(f"a {name} connection was made")
        try:
            self.udp.recv(1)
        except BlockingIOError:
            pass
        else:
            found.append("a datagram was sent")
        if self.victim.poll() is not None:
            found.append("a process was ended")
        return found

    def _state(self) -> object:
        folders = [self.open, Path("/dev/shm")]
        names = [sorted(path.name for path in folder.iterdir()) for folder in folders]
        return tree_digest(self.root), names

    def fill_in(self, source: bytes) -> bytes:
        """The source of an attempt with the places that it is after."""
        places: dict[str, object] = {
            "HIDDEN": self.assignment.hidden_dir,
            "SOLUTION": self.assignment.solution_dir,
            "OTHER": self.root / "submissions",
            "OPEN": self.open,
            "ROOT": self.assignment.root,
            "PORT": self.port,
        }
        for name, value in places.items():
            source = source.replace(f"@{name}@".encode(), str(value).encode())
        return source

    def hand_in(self, attempt: Attempt) -> Submission:
        """What the grader reads of an attempt in the folder of a student."""
        desk = Path(tempfile.mkdtemp(prefix="desk-"))
        try:
            attempt.layout.lay_out(desk / "mallory", self.fill_in)
            return read_submission("mallory", desk / "mallory", self.assignment)
        finally:
            shutil.rmtree(desk)

    def close(self) -> None:
        """Take it down; the process and the sockets are its own."""
        self.victim.kill()
        self.victim.wait()
        for each in (self.tcp, self.udp, self.unix):
            each.close()
        shutil.rmtree(self.root)


class Arena:
    """A running batch that grades what it is given, one after another, in one process of its own."""

    def __init__(self, world: World, *, confined: bool = True, abi_cap: int | None = None) -> None:
        self.world = world
        self._jobs: queue.Queue[Submission | None] = queue.Queue()
        self._done: queue.Queue[Graded | BaseException] = queue.Queue()
        plan = Plan(world.assignment, b"a secret", confined, abi_cap)
        self._thread = threading.Thread(target=self._run, args=(plan,))
        self._thread.start()

    def _run(self, plan: Plan) -> None:
        try:
            grade(plan, iter(self._jobs.get, None), self._done.put, jobs=1)
        except BaseException as error:  # noqa: BLE001  # whoever waits for a report raises it
            self._done.put(error)

    def attack(self, attempt: Attempt) -> GradeReport:
        """The report of an attempt."""
        return self.grade(self.world.hand_in(attempt))

    def grade(self, submission: Submission) -> GradeReport:
        """The report of a submission."""
        self._jobs.put(submission)
        done = self._done.get(timeout=PATIENCE)
        if isinstance(done, BaseException):
            raise done
        return GradeReport.model_validate_json(done.text)

    def close(self) -> None:
        """End the batch."""
        self._jobs.put(None)
        self._thread.join(PATIENCE)


def without_timings(report: GradeReport) -> dict[str, Any]:
    """A report but for what is never the same twice."""
    data = report.model_dump(mode="json")
    for outcome in data["outcomes"]:
        del outcome["cpu"], outcome["duration"]
    return data


def descendants(pid: int) -> Iterator[int]:
    """The processes below a process."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        children.setdefault(parent, []).append(int(folder.name))
    ahead = [pid]
    while ahead:
        below = children.get(ahead.pop(), [])
        yield from below
        ahead.extend(below)
