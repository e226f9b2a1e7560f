"""What attempts are after, within reach of everybody on this machine, and whether one of them reached it."""

import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

from grader.exchange.folders import read_submission
from grader.grading import tree_digest
from grader.models import Submission
from grader.redteam.corpus import Attempt
from grader.redteam.course import write_course

_PATIENCE_OF_VICTIMS = "100000"


class World:
    """A course with its secret and another student's work, servers that listen, and a process to end."""

    def __init__(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="grader-world-"))
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
        self.victim = subprocess.Popen(["sleep", _PATIENCE_OF_VICTIMS])
        for path in (self.root, *self.root.rglob("*")):
            # Whatever keeps attempts away, it shall not be the modes of files.
            path.chmod(0o777)
        self._before = self._state()

    def harm(self) -> list[str]:
        """What an attempt reached."""
        found = []
        if self._state() != self._before:
            found.append("files were written")
        for name, read in (("TCP", self.tcp.accept), ("Unix", self.unix.accept)):
            try:
                connection, _ = read()
            except BlockingIOError:
                continue
            connection.close()
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
        return tree_digest(self.root), sorted(path.name for path in self.open.iterdir())

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
        with tempfile.TemporaryDirectory(prefix="grader-desk-") as desk:
            folder = Path(desk) / "mallory"
            attempt.layout.lay_out(folder, self.fill_in)
            return read_submission("mallory", folder, self.assignment)

    def close(self) -> None:
        """Take it down; the process and the sockets are its own."""
        self.victim.kill()
        self.victim.wait()
        for each in (self.tcp, self.udp, self.unix):
            each.close()
        shutil.rmtree(self.root)
