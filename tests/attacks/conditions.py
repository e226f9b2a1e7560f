"""The published attacks under each condition that a machine may impose on the grader.

As root and as an ordinary user; where user namespaces may be made, where they are refused, and inside of one, as in a
container that nobody's daemon started; with the newest and with the oldest landlock. As a program it tries all of them:

    python -m tests.attacks.conditions [NAME]...
"""

import ctypes
import json
import os
import platform
import shutil
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, Final

from tests.sandbox.cage import IS_ROOT, ROOT

ORDINARY: Final = 1000
#: What whoever grades must be able to read.
_READ: Final = (Path(sys.base_prefix), Path(sys.prefix), ROOT)

_NEW_USER, _NEW_MOUNTS = 0x1000_0000, 0x0002_0000
_BIND, _RECURSIVE, _PRIVATE = 0x1000, 0x4000, 0x4_0000
_DUMPABLE, _NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 4, 38, 22, 2
#: The numbers of clone, unshare and clone3.
_NUMBERS: Final = {"x86_64": (56, 272, 435), "aarch64": (220, 97, 435)}


@dataclass(frozen=True)
class Condition:
    """Who grades, what becomes of user namespaces, and which landlock there is."""

    who: str
    namespaces: str
    landlock: str

    def __str__(self) -> str:
        return f"{self.who}, user namespaces {self.namespaces}, {self.landlock} landlock"

    @property
    def possible(self) -> bool:
        """Whether whoever asks can make it so."""
        return IS_ROOT or self.who == "ordinary user"


#: Root itself has no reason to enter a namespace; inside of one, an ordinary user is root.
CONDITIONS: Final = [
    Condition(who, namespaces, landlock)
    for who, namespaces, landlock in product(
        ("root", "ordinary user"), ("allowed", "refused", "entered"), ("newest", "oldest")
    )
    if (who, namespaces) != ("root", "entered")
]


def run(condition: Condition, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run this Python under a condition, in a folder that anybody may write to."""
    program = _filter()
    library = ctypes.CDLL(None)

    def prepare() -> None:
        # In the new process: whatever fails here ends it, and is raised where it was started.
        if IS_ROOT and condition.who == "ordinary user":
            _open_ways(library)
            os.setgroups([])
            os.setresgid(*[ORDINARY] * 3)
            os.setresuid(*[ORDINARY] * 3)
        if condition.namespaces == "refused":
            library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
            _check(library.prctl(_SET_SECCOMP, _FILTER, program, 0, 0))
        elif condition.namespaces == "entered":
            _enter_namespace(library)

    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env={"PATH": os.defpath, "HOME": str(folder), "COLUMNS": "100"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=prepare,
    )


def redteam(condition: Condition, *words: str) -> dict[str, Any]:
    """What `grader redteam` finds under a condition."""
    folder = Path(tempfile.mkdtemp(prefix="grader-condition-"))
    folder.chmod(0o777)
    try:
        found = folder / "found.json"
        words += ("--json", str(found), *(["--oldest"] if condition.landlock == "oldest" else []))
        ended = run(condition, folder, "-m", "grader", "redteam", *words)
        if not found.exists():
            raise RuntimeError(f"{condition}: {ended.stderr}")
        outcome: dict[str, Any] = json.loads(found.read_text("utf-8"))
        return outcome
    finally:
        shutil.rmtree(folder)


def _open_ways(library: ctypes.CDLL) -> None:
    """For this process and those below it, let everybody reach what must be read, though a folder above is private."""
    ways = {path: next(filter(_private, reversed(path.parents)), None) for path in _READ}
    covered = {path: top for path, top in ways.items() if top is not None}
    if not covered:
        return
    _check(library.unshare(_NEW_MOUNTS))
    _check(library.mount(b"none", b"/", None, _RECURSIVE | _PRIVATE, None))
    kept = {path: os.open(path, os.O_PATH) for path in covered}
    for top in set(covered.values()):
        _check(library.mount(b"tmpfs", bytes(top), b"tmpfs", 0, b"mode=755"))
    for path, descriptor in kept.items():
        path.mkdir(parents=True)
        source = f"/proc/self/fd/{descriptor}".encode()
        _check(library.mount(source, bytes(path), None, _BIND | _RECURSIVE, None))


def _private(folder: Path) -> bool:
    return folder.stat().st_mode & 0o001 == 0


def _filter() -> ctypes.Array[ctypes.c_char]:
    """A filter that refuses to make user namespaces, as many containers do."""
    clone, unshare, clone3 = _NUMBERS[platform.machine()]
    allow, refuse, lacking = 0x7FFF_0000, 0x0005_0000 | 1, 0x0005_0000 | 38
    load, equal, has, answer = 0x20, 0x15, 0x45, 0x06
    number, flags = 0, 16
    program = (
        (load, 0, 0, number),
        (equal, 4, 0, clone3),
        (equal, 1, 0, clone),
        (equal, 0, 4, unshare),
        (load, 0, 0, flags),
        (has, 1, 2, _NEW_USER),
        (answer, 0, 0, lacking),
        (answer, 0, 0, refuse),
        (answer, 0, 0, allow),
    )
    code = b"".join(struct.pack("=HBBI", *instruction) for instruction in program)
    # The code behind its head, so that one object keeps both.
    size = struct.calcsize("@HP")
    whole = ctypes.create_string_buffer(size + len(code))
    whole.raw = struct.pack("@HP", len(program), ctypes.addressof(whole) + size) + code
    return whole


def _enter_namespace(library: ctypes.CDLL) -> None:
    """Enter a user namespace that knows this user alone, as root."""
    user, group = os.geteuid(), os.getegid()
    # Whoever changed its user may not write to its own /proc otherwise.
    library.prctl(_DUMPABLE, 1, 0, 0, 0)
    _check(library.unshare(_NEW_USER))
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"0 {user} 1"),
        ("gid_map", f"0 {group} 1"),
    ):
        Path(f"/proc/self/{name}").write_text(text)


def _check(result: int) -> None:
    if result:
        raise OSError


def main(names: Sequence[str]) -> int:
    """Try the attacks of these names, or all, under every condition; 1 where one did not end as it must."""
    status = 0
    for condition in CONDITIONS:
        if not condition.possible:
            print(f"{condition}: needs root", flush=True)
            status = 1
            continue
        start = time.monotonic()
        outcome = redteam(condition, *names)
        families = outcome["families"].values()
        survived, total = (sum(each[what] for each in families) for what in ("survived", "total"))
        seconds = time.monotonic() - start
        print(f"{condition}: {survived}/{total} ({seconds:.0f} s)", flush=True)
        for each in outcome["attempts"]:
            for complaint in each["complaints"]:
                print(f"    {each['attempt']}: {complaint[:500]}", flush=True)
        for thing in outcome["left_behind"]:
            print(f"    left behind: {thing}", flush=True)
        status |= not outcome["held"]
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
