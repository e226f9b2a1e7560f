"""What attacks might leave behind is seen from outside."""

import re
from pathlib import Path

import pytest

from grader.redteam import outcome
from tests.attacks import conditions
from tests.attacks.conditions import Condition

#: Leaves one thing of each kind behind, as the user whom attacks run as, looks, and takes everything away again.
LEAVE = """\
import ctypes, os, signal, socket, sys, time
from pathlib import Path
from grader.redteam import outside

outside.adopt_orphans()
before = outside.traces()
name = f"left-{os.getpid()}"
files = [Path(start + name) for start in ("/tmp/", "/tmp/tmp", "/var/tmp/", "/dev/shm/")]
reading, writing = os.pipe()
libc = ctypes.CDLL(None)
segment = 0
if os.fork() == 0:
    if os.geteuid() == 0:
        os.setresgid(*[65534] * 3)
        os.setresuid(*[65534] * 3)
    for file in files:
        file.touch()
    segment = libc.shmget(0, 4096, 0o1600)
    if os.fork() == 0:
        os.setsid()
        listening = socket.create_server(("127.0.0.1", 0))
        bound = socket.socket(type=socket.SOCK_DGRAM)
        bound.bind(("127.0.0.1", 0))
        os.write(writing, f"{os.getpid()} {segment}".encode())
        time.sleep(60)
    os._exit(0)
os.wait()
pid, segment = map(int, os.read(reading, 100).split())
found = outside.traces() - before
libc.shmctl(segment, 0, 0)
os.kill(pid, signal.SIGKILL)
os.waitpid(pid, 0)
for file in files:
    file.unlink()
for each in sorted(found):
    print(each.splitlines()[0])
print("and then", sorted(outside.traces() - before))
"""


@pytest.mark.needs("linux")
@pytest.mark.usefixtures("leaves_traces")
@pytest.mark.parametrize(
    "who", [pytest.param("root", marks=pytest.mark.needs("root")), "ordinary user"]
)
def test_whatever_is_left_behind_is_found(who: str, tmp_path: Path) -> None:
    said = conditions.run(Condition(who, "allowed", "newest"), tmp_path, "-c", LEAVE)
    *found, last = said.stdout.splitlines() or [said.stderr]
    assert [re.sub(r"(\d|left-).*", "", line) for line in found] == [
        "System V shm ",
        "file /dev/shm/",
        "file /tmp/",
        "file /tmp/tmp",
        "file /var/tmp/",
        "process ",
        "tcp socket at ",
        "udp socket at ",
    ]
    assert last == "and then []"


def test_a_corpus_that_leaves_something_behind_has_not_held(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    left = iter([frozenset({"process 1"}), frozenset({"process 1", "file /tmp/x"})])
    monkeypatch.setattr(outcome, "traces", lambda: next(left))
    monkeypatch.setattr(outcome, "adopt_orphans", lambda: None)
    monkeypatch.setattr(outcome, "survey", lambda *_, **__: iter(()))
    found = outcome.try_all([], jobs=1, abi_cap=None, plain=False, announce=lambda: None)
    assert found.left_behind == ("file /tmp/x",)
    assert not found.held
