"""What this machine gives to confine student code, found out without changing the process that asks."""

import os
import platform
import sys
from dataclasses import dataclass
from pathlib import Path

from grader.sandbox import confine

_COMMAND = (
    'docker run --rm -it -v "${PWD}:/course" -w /course python:3.12-slim '
    'sh -c "pip install grading-descent && grader grade ..."'
)


@dataclass(frozen=True)
class Layers:
    """The layers of confinement that this machine offers.

    `landlock_abi` is 0 where there is none; `user_namespaces` says whether the settings allow them, `cgroup_delegated`
    whether this process may divide its own version 2 group; `uid` is None where there are no such users;
    `interpreter_readable` says whether an unprivileged user could read the interpreter; `missing` names in a phrase
    each what the level base lacks.
    """

    system: str
    kernel: str
    architecture: str
    landlock_abi: int
    seccomp: bool
    user_namespaces: bool
    cgroup_delegated: bool
    uid: int | None
    interpreter_readable: bool
    missing: tuple[str, ...]

    @property
    def base(self) -> bool:
        """Whether nothing is missing for the level base."""
        return not self.missing


def probe() -> Layers:
    """Look at this machine; answers on every operating system."""
    return Layers(
        system={"Darwin": "macOS"}.get(platform.system(), platform.system()),
        kernel=platform.release(),
        architecture=platform.machine(),
        landlock_abi=max(0, confine.landlock_abi()),
        seccomp=confine.has_seccomp_filter(),
        user_namespaces=_user_namespaces(),
        cgroup_delegated=_cgroup_delegated(),
        uid=os.getuid() if hasattr(os, "getuid") else None,
        interpreter_readable=all(map(_open_to_others, confine.interpreter_trees())),
        missing=confine.unmet(),
    )


def refusal(layers: Layers) -> str:
    """One sentence: why grading stops here and with what command it could go on; "" where it need not stop."""
    if layers.base:
        return ""
    lacks = " and ".join(layers.missing)
    if layers.system != "Linux":
        instead = f"on {layers.system}, run it in a container, where `grader doctor` says what its kernel has"
    elif confine.FILTERED in layers.missing:
        instead = (
            "run it outside of what filters it, or in a container whose runtime allows landlock"
        )
    else:
        instead = (
            "a container shares this kernel and cannot add it, so run it, in a container or not, "
            "on a machine where `grader doctor` finds it"
        )
    return f"student code is graded only where it can be confined, which needs {lacks}; {instead}: {_COMMAND}"


def _user_namespaces() -> bool:
    if not Path("/proc/self/ns/user").exists():
        return False
    refusing = {
        "/proc/sys/user/max_user_namespaces": "0",
        "/proc/sys/kernel/unprivileged_userns_clone": "0",
        "/proc/sys/kernel/apparmor_restrict_unprivileged_userns": "1",
    }
    return not any(_content(path) == value for path, value in refusing.items())


def _cgroup_delegated() -> bool:
    groups = Path("/sys/fs/cgroup")
    own = [
        line[3:] for line in _content("/proc/self/cgroup").splitlines() if line.startswith("0::")
    ]
    if not own or not (groups / "cgroup.controllers").exists():
        return False
    group = groups / own[0].lstrip("/")
    return all(
        os.access(group / name, os.W_OK) for name in ("cgroup.procs", "cgroup.subtree_control")
    )


def _open_to_others(tree: str) -> bool:
    if sys.platform == "win32" or os.geteuid() != 0:
        return os.access(tree, os.R_OK | os.X_OK)
    place = Path(tree)
    others_read, others_enter = 0o004, 0o001
    return bool(place.stat().st_mode & others_read) and all(
        folder.stat().st_mode & others_enter for folder in (place, *place.parents)
    )


def _content(path: str) -> str:
    try:
        return Path(path).read_text().strip()
    except OSError:
        return ""
