"""Confinement *base*: what the kernel is told to refuse before a line of student code runs.

The fork server calls `prepare` once, after its imports; every process it forks calls `Prepared.enter`. Landlock
judges which files may be read, seccomp which system calls may be made, rlimits how much of the machine may be used.
There is no way to enter in part: a step that fails ends the process with a status of its own.

Standard library only: the fork server imports this.
"""

import ctypes
import errno
import os
import platform
import site
import struct
import sys
import sysconfig
from collections.abc import Iterable, Sequence
from enum import IntEnum
from pathlib import Path
from typing import Any, Final

from grader.sandbox import syscalls

NOBODY: Final = 65534
#: What `unmet` says where landlock may be there, but something around this process, a container perhaps, refuses it.
FILTERED: Final = "landlock, which a filter around this process refuses"

# The same on every machine.
_CLOSE_RANGE, _CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 436, 444, 445, 446
_SECCOMP: Final = {"x86_64": 317, "aarch64": 277}
_CAPSET: Final = {"x86_64": 126, "aarch64": 91}

_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
# What landlock can judge: (since ABI, files, network, scopes), from the kernel's linux/landlock.h.
_JUDGED: Final = (
    (1, (1 << 13) - 1, 0, 0),  # execute, write, read, remove, make
    (2, 1 << 13, 0, 0),  # refer
    (3, 1 << 14, 0, 0),  # truncate
    (4, 0, 0b11, 0),  # bind and connect TCP
    (5, 1 << 15, 0, 0),  # ioctl on devices
    (6, 0, 0, 0b11),  # abstract unix sockets, signals
    (9, 1 << 16, 0, 0),  # unix sockets by path
    (10, 0, 0b1100, 0),  # bind and send UDP
)
_ALWAYS_READABLE: Final = ("/dev/null", "/dev/urandom", "/etc/ld.so.cache")

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_KEEPCAPS, _PR_CAPBSET_DROP = 1, 4, 8, 24
_PR_SET_NO_NEW_PRIVS, _PR_CAP_AMBIENT, _CLEAR_ALL = 38, 47, 4
_CAP_DAC_READ_SEARCH: Final = 2
_SIGKILL: Final = 9

#: Tasks that the user of the workers may have beyond those it had when the fork server started. Threads cost memory
#: that no other limit sees, and process numbers, of which a machine may have as few as 32,768.
_MORE_TASKS: Final = 1024
_DESCRIPTORS: Final = 64
_PARKED: Final = 60  # above what a fork server hands to its workers


class ConfinementUnavailable(Exception):
    """This machine or account cannot give the level base; `missing` names each thing it lacks."""

    def __init__(self, *missing: str) -> None:
        super().__init__("; ".join(missing))
        self.missing = missing


class Step(IntEnum):
    """What a fork does before it serves, after taking its descriptors the steps of `Prepared.enter`; the value is the
    exit status of a process in which that step failed.
    """

    TAKING = 240
    LIMITS = 241
    PARENT = 242
    LANDLOCK = 243
    DESCRIPTORS = 244
    SECCOMP = 245


class _Filter(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p)]


class _Kernel:
    """System calls by number, and prctl; only where there is a Linux C library."""

    def __init__(self) -> None:
        library = ctypes.CDLL(None, use_errno=True)
        self.call: Any = library["syscall"]
        self.call.restype = ctypes.c_long
        self.call.argtypes = (ctypes.c_long,) * 5
        self.prctl: Any = library["prctl"]
        self.prctl.restype = ctypes.c_int
        self.prctl.argtypes = (ctypes.c_int,) + (ctypes.c_ulong,) * 4


def landlock_abi() -> int:
    """The landlock ABI of this kernel, 0 where it has none, or the negative errno with which it refused to say."""
    if sys.platform != "linux":
        return 0
    report_abi = 1
    abi: int = _Kernel().call(_CREATE_RULESET, 0, 0, report_abi, 0)
    return abi if abi >= 0 else -ctypes.get_errno()


def has_seccomp_filter() -> bool:
    """Whether this kernel can filter system calls and kill a process for one."""
    if sys.platform != "linux" or platform.machine() not in _SECCOMP:
        return False
    get_action_available, kill_process = 2, ctypes.c_uint32(0x8000_0000)
    number, action = _SECCOMP[platform.machine()], ctypes.addressof(kill_process)
    return bool(_Kernel().call(number, get_action_available, 0, action, 0) == 0)


def unmet() -> tuple[str, ...]:
    """What the level base needs and this machine lacks, one phrase each; empty where nothing is missing."""
    if sys.platform != "linux":
        return ("a Linux kernel",)
    missing = []
    if platform.machine() not in syscalls.MACHINES or struct.calcsize("P") != 8:
        missing.append("a 64-bit Python on x86-64 or aarch64")
    abi = landlock_abi()
    if abi == -errno.EOPNOTSUPP:
        missing.append("landlock, which this kernel has but did not enable at boot")
    elif abi == -errno.EPERM:
        missing.append(FILTERED)
    elif abi < 1:
        missing.append("landlock, which Linux has from 5.13 on")
    if not has_seccomp_filter():
        missing.append("seccomp filters")
    return tuple(missing)


def interpreter_trees() -> list[str]:
    """The folders that lazy imports read: standard library, site-packages and shared objects.

    Not `sys.prefix`: a virtual environment may share its folder with a course, and /usr holds more than an interpreter.
    Nor `sys.path`: an editable install puts a checkout there.
    """
    library = [Path(sysconfig.get_path(name)).parent for name in ("stdlib", "platstdlib")]
    shared = ["/lib", "/lib64", "/usr/lib", "/usr/lib64"]
    places = (*map(str, library), *site.getsitepackages(), *shared)
    found = dict.fromkeys(Path(place).resolve() for place in places)
    return [str(path) for path in found if path.is_dir()]


def exposed(read_trees: Iterable[str], paths: Iterable[str]) -> list[str]:
    """Those of `paths` that lie in one of the trees, where confined code could read them."""
    trees = {Path(tree).resolve() for tree in read_trees}
    real = {path: Path(path).resolve() for path in paths}
    return [path for path, place in real.items() if not trees.isdisjoint((place, *place.parents))]


def has_user(number: int) -> bool:
    """Whether the user namespace of this process has a user and a group of that number."""
    for path in ("/proc/self/uid_map", "/proc/self/gid_map"):
        rows = [map(int, line.split()) for line in Path(path).read_text().splitlines()]
        if not any(first <= number < first + count for first, _, count in rows):
            return False
    return True


class Prepared:
    """What a fork server keeps for its workers: a landlock ruleset, a filter and limits, made once.

    `abi` is the landlock ABI in force; `notes` says what is unlike the ordinary case, a sentence each.
    """

    def __init__(
        self, kernel: _Kernel, ruleset: int, abi: int, limits: "_Limits", notes: Sequence[str]
    ) -> None:
        self.abi = abi
        self.notes = tuple(notes)
        self._kernel = kernel
        self._ruleset = ruleset
        self._limits = limits
        self._server = os.getpid()
        code = syscalls.program(platform.machine())
        self._code = ctypes.create_string_buffer(code, len(code))
        self._filter = _Filter(len(code) // 8, ctypes.addressof(self._code))
        self._filter_at = ctypes.addressof(self._filter)
        self._seccomp = _SECCOMP[platform.machine()]

    def enter(self, keep: Sequence[int] = (0, 1, 2, 3)) -> None:
        """Confine this process, just forked, for good; only the descriptors in `keep` stay open.

        Returns only if every step succeeded; otherwise the process ends with the status of the `Step` that failed.
        """
        step = Step.LIMITS
        try:
            self._limits.set()
            step = Step.PARENT
            # The server may have died before the kernel was told what to do in that case.
            self._check(self._kernel.prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0))
            if os.getppid() != self._server:
                os._exit(step)
            step = Step.LANDLOCK
            self._check(self._kernel.call(_RESTRICT_SELF, self._ruleset, 0, 0, 0))
            step = Step.DESCRIPTORS
            first = 0
            for descriptor in sorted(keep):
                if descriptor > first:
                    self._close(first, descriptor - 1)
                first = descriptor + 1
            self._close(first, 0xFFFF_FFFF)
            step = Step.SECCOMP
            self._check(self._kernel.call(self._seccomp, 1, 0, self._filter_at, 0))
        except BaseException:  # whatever it was, nothing may run unconfined
            os._exit(step)

    def _close(self, first: int, last: int) -> None:
        self._check(self._kernel.call(_CLOSE_RANGE, first, last, 0, 0))

    def _check(self, result: int) -> None:
        if result != 0:
            raise OSError(ctypes.get_errno(), "confinement step failed")


class _Limits:
    """The rlimits of a worker, none above what this process may set."""

    def __init__(self, memory: int, cpu_seconds: int) -> None:
        import resource

        pages = int(Path("/proc/self/statm").read_text().split()[0])
        memory += pages * resource.getpagesize()
        # Beyond the CPU limit SIGXCPU comes first and SIGKILL a second later.
        wanted = {
            resource.RLIMIT_CORE: (0, 0),
            resource.RLIMIT_FSIZE: (0, 0),
            resource.RLIMIT_MEMLOCK: (0, 0),
            resource.RLIMIT_MSGQUEUE: (0, 0),
            resource.RLIMIT_NOFILE: (_DESCRIPTORS, _DESCRIPTORS),
            resource.RLIMIT_NPROC: (_tasks(os.getuid()) + _MORE_TASKS,) * 2,
            resource.RLIMIT_AS: (memory, memory),
            resource.RLIMIT_CPU: (cpu_seconds, cpu_seconds + 1),
        }
        self._setrlimit = resource.setrlimit
        self._table = []
        for which, (soft, hard) in wanted.items():
            most = resource.getrlimit(which)[1]
            if most == resource.RLIM_INFINITY:
                most = sys.maxsize
            self._table.append((which, (min(soft, most), min(hard, most))))

    def set(self) -> None:
        """Set them."""
        for which, pair in self._table:
            self._setrlimit(which, pair)


def prepare(
    read_trees: Sequence[str],
    memory: int,
    cpu_seconds: int,
    *,
    abi_cap: int | None = None,
    drop_to: int | None = NOBODY,
) -> Prepared:
    """Make ready for confined workers, and give up every privilege of this process.

    Workers may read beneath `read_trees` (those that exist), take `memory` bytes beyond what this process has now, and
    `cpu_seconds` of CPU time. `abi_cap` restricts landlock to an older ABI. A process of root becomes the user and
    group `drop_to` with no other groups, unless it is None. Call it after the imports, from the main thread, which must
    be the one that forks. Raises ConfinementUnavailable; the process is then of no further use.
    """
    missing = unmet()
    if missing:
        raise ConfinementUnavailable(*missing)
    kernel = _Kernel()
    abi = min(landlock_abi(), _JUDGED[-1][0], abi_cap or sys.maxsize)
    trees = [os.path.realpath(tree) for tree in read_trees]
    if "/" in trees:
        raise ConfinementUnavailable("a narrower place for the interpreter than the whole machine")
    try:
        ruleset = _ruleset(kernel, trees, abi)
        notes = _give_up_privileges(kernel, trees, drop_to)
        limits = _Limits(memory, cpu_seconds)
    except OSError as error:
        raise ConfinementUnavailable(f"a step of the confinement: {error}") from error
    return Prepared(kernel, ruleset, abi, limits, notes)


def _ruleset(kernel: _Kernel, trees: Sequence[str], abi: int) -> int:
    """A descriptor of the rules: everything that this ABI judges is refused, but reading the trees."""
    judged = [rights for since, *rights in _JUDGED if since <= abi]
    attributes = struct.pack("=QQQ", *(sum(rights) for rights in zip(*judged, strict=True)))
    buffer = ctypes.create_string_buffer(attributes, len(attributes))
    ruleset = _result(kernel.call(_CREATE_RULESET, ctypes.addressof(buffer), len(attributes), 0, 0))
    path_beneath = 1
    for path in (*trees, *_ALWAYS_READABLE):
        try:
            place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except FileNotFoundError:
            continue
        rights = _READ_FILE | _READ_DIR if Path(path).is_dir() else _READ_FILE
        rule = ctypes.create_string_buffer(struct.pack("=Qi", rights, place), 12)
        _result(kernel.call(_ADD_RULE, ruleset, path_beneath, ctypes.addressof(rule), 0))
        os.close(place)
    import fcntl

    parked = fcntl.fcntl(ruleset, fcntl.F_DUPFD_CLOEXEC, _PARKED)
    os.close(ruleset)
    return parked


def _give_up_privileges(kernel: _Kernel, trees: Sequence[str], drop_to: int | None) -> list[str]:
    """Leave this process without capabilities, and no program or core dump that could bring them back."""
    notes = []
    capabilities = 0
    if os.geteuid() == 0:
        # Fails past the last capability, and where a container withholds the right: nothing here is ever executed.
        for capability in range(64):
            kernel.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)
        if drop_to is None:
            notes.append("the workers run as root, without its capabilities")
        elif not has_user(drop_to):
            notes.append(
                f"this user namespace knows no uid {drop_to}, so the workers run as its root, "
                "without capabilities"
            )
        else:
            _result(kernel.prctl(_PR_SET_KEEPCAPS, 1, 0, 0, 0))
            os.setgroups([])
            os.setresgid(drop_to, drop_to, drop_to)
            os.setresuid(drop_to, drop_to, drop_to)
            hidden = _unreadable(trees)
            if hidden:
                capabilities = 1 << _CAP_DAC_READ_SEARCH
                notes.append(
                    f"uid {drop_to} may not read {hidden}, so the workers keep the capability to read "
                    "whatever landlock lets them"
                )
    kernel.prctl(_PR_CAP_AMBIENT, _CLEAR_ALL, 0, 0, 0)
    _set_capabilities(kernel, capabilities)
    _result(kernel.prctl(_PR_SET_KEEPCAPS, 0, 0, 0, 0))
    _result(kernel.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
    _result(kernel.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0))
    return notes


def _set_capabilities(kernel: _Kernel, capabilities: int) -> None:
    version_3 = 0x2008_0522
    # Effective, permitted, inheritable: the lower halves, then the upper ones.
    sets = capabilities, capabilities, 0, 0, 0, 0
    header = ctypes.create_string_buffer(struct.pack("=Ii", version_3, 0), 8)
    data = ctypes.create_string_buffer(struct.pack("=6I", *sets), 24)
    number = _CAPSET[platform.machine()]
    _result(kernel.call(number, ctypes.addressof(header), ctypes.addressof(data), 0, 0))


def _unreadable(trees: Sequence[str]) -> str | None:
    """A place beneath the trees that the real user may not read by the permissions of files, or None."""
    files = [getattr(module, "__file__", None) for module in list(sys.modules.values())]
    for path in (*trees, *exposed(trees, filter(None, files))):
        wanted = os.R_OK | os.X_OK if path in trees else os.R_OK
        # Asks for the real user and ignores the capabilities that are still held.
        if not os.access(path, wanted):
            return path
    return None


def _tasks(user: int) -> int:
    """How many threads the processes of `user` have in all."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            fields = dict(
                line.split(":", 1) for line in status.read_text("ascii", "replace").splitlines()
            )
        except OSError:  # it has ended meanwhile
            continue
        if int(fields["Uid"].split()[0]) == user:
            total += int(fields["Threads"])
    return total


def _result(value: int) -> int:
    if value < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return value
