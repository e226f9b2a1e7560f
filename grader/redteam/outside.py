"""What lies about on this machine, from outside: processes, files, shared memory and sockets that attacks may leave."""

import contextlib
import ctypes
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from grader.sandbox.confine import NOBODY, has_user

_SET_CHILD_SUBREAPER: Final = 36
_FOLDERS: Final = ("/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue", "/run")  # noqa: S108  # looked at, not used
#: What Python and this grader keep there themselves, as long as they run.
_OURS: Final = ("grader-", "pymp-", "sem.mp-", "pytest-")


def adopt_orphans() -> None:
    """Let processes whose parents end become children of this one, so that none gets lost."""
    ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def traces() -> frozenset[str]:
    """What is there now, of the user whom attacks run as: compare before and after."""
    user = NOBODY if os.geteuid() == 0 and has_user(NOBODY) else os.geteuid()
    return frozenset((*_processes(), *_files(user), *_ipc(user), *_sockets(user)))


def descendants(pid: int) -> Iterator[int]:
    """The processes below a process."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:  # it has ended meanwhile
            continue
        children.setdefault(parent, []).append(int(folder.name))
    ahead = [pid]
    while ahead:
        below = children.get(ahead.pop(), [])
        yield from below
        ahead.extend(below)


def _processes() -> Iterator[str]:
    for pid in descendants(os.getpid()):
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
            state = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2]
        except OSError:
            continue
        if state.split()[0] in "ZX":
            # It has ended, and only its parent has not looked yet.
            continue
        # The tracker that multiprocessing starts stays for the next batch.
        if b"resource_tracker" not in command:
            yield f"process {pid} ({command[:80].replace(bytes(1), b' ').decode(errors='replace')})"


def _files(user: int) -> Iterator[str]:
    for folder in (*_FOLDERS, str(Path.home())):
        try:
            entries = list(os.scandir(folder))
        except OSError:
            continue
        for entry in entries:
            with contextlib.suppress(OSError):
                owner = entry.stat(follow_symlinks=False).st_uid
                if owner == user and not entry.name.startswith(_OURS):
                    yield f"file {entry.path}"


def _ipc(user: int) -> Iterator[str]:
    for kind, owner in (("shm", 7), ("sem", 4), ("msg", 7)):
        for row in _table(f"/proc/sysvipc/{kind}"):
            if row[owner] == str(user):
                yield f"System V {kind} {row[1]}"


def _sockets(user: int) -> Iterator[str]:
    """Sockets that are bound to a port, but for those of processes that have nothing to do with this one."""
    listening, unconnected = "0A", "07"
    elsewhere = _of_others()
    for kind, state in (
        ("tcp", listening),
        ("tcp6", listening),
        ("udp", unconnected),
        ("udp6", unconnected),
    ):
        for row in _table(f"/proc/net/{kind}"):
            if row[3] == state and row[7] == str(user) and row[9] not in elsewhere:
                yield f"{kind} socket at {row[1]}"


def _of_others() -> set[str]:
    """The sockets that processes hold which are not below this one, by inode, as far as they can be seen."""
    ours = {os.getpid(), *descendants(os.getpid())}
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        if int(folder.name) in ours:
            continue
        with contextlib.suppress(OSError):
            for descriptor in (folder / "fd").iterdir():
                with contextlib.suppress(OSError):
                    found.add(str(descriptor.readlink()).removeprefix("socket:[").removesuffix("]"))
    return found


def _table(path: str) -> Iterator[list[str]]:
    with contextlib.suppress(OSError):
        yield from (line.split() for line in Path(path).read_text().splitlines()[1:])
