"""The system calls that confined code may make, and the seccomp filter made of them.

Everything that is not listed here fails with EPERM. A call that is newer than the list fails with ENOSYS, as on a
kernel that lacks it, so that a newer C library falls back on what it did before. A foreign instruction set ends the
process.

Standard library only: the fork server imports this.
"""

import errno
import struct
from dataclasses import dataclass
from typing import Final, NamedTuple

_WORD: Final = 0xFFFF_FFFF

# What may not stand among the flags of open: write access, creation, truncation, a nameless file, and a descriptor
# without access, which landlock does not judge. O_TMPFILE is named without O_DIRECTORY: it differs between machines.
_O_WRONLY, _O_RDWR, _O_CREAT, _O_TRUNC, _O_PATH, _O_TMPFILE = 1, 2, 0o100, 0o1000, 1 << 21, 1 << 22
_WRITING: Final = _O_WRONLY | _O_RDWR | _O_CREAT | _O_TRUNC | _O_PATH | _O_TMPFILE

# What glibc and musl ask for when they start a thread; musl adds the obsolete CLONE_DETACHED.
_THREAD: Final = 0x003D_0F00
_CLONE_DETACHED: Final = 0x0040_0000

_TCGETS, _TIOCGWINSZ, _FIONREAD, _FIONCLEX, _FIOCLEX = 0x5401, 0x5413, 0x541B, 0x5450, 0x5451
_F_DUPFD, _F_GETFD, _F_SETFD, _F_GETFL, _F_DUPFD_CLOEXEC = 0, 1, 2, 3, 1030
_PR_GET_DUMPABLE, _PR_SET_NAME, _PR_GET_NAME, _PR_GET_NO_NEW_PRIVS = 3, 15, 16, 39


@dataclass(frozen=True)
class Check:
    """A condition on one argument: `argument & mask` is among `values`.

    The kernel reads most arguments as 32-bit numbers, so their upper half may hold anything; that of a `wide` one
    must be 0.
    """

    index: int
    values: tuple[int, ...]
    mask: int = _WORD
    wide: bool = False

    def __str__(self) -> str:
        which = f"argument {self.index}" + (f" & {self.mask:#x}" if self.mask != _WORD else "")
        if len(self.values) == 1:
            return f"{which} is {self.values[0]:#x}"
        return f"{which} is one of {', '.join(f'{value:#x}' for value in self.values)}"


class Syscall(NamedTuple):
    """A system call, its number on each machine (None where it has none) and why it is allowed.

    It is allowed where all of `checks` hold, and fails with `otherwise` where one does not.
    """

    name: str
    x86_64: int | None
    aarch64: int | None
    reason: str
    checks: tuple[Check, ...] = ()
    otherwise: int = errno.EPERM


_OPEN = (Check(1, (0,), mask=_WRITING),)
_OPENAT = (Check(2, (0,), mask=_WRITING),)
_TERMINAL = (Check(1, (_TCGETS, _TIOCGWINSZ, _FIONREAD, _FIONCLEX, _FIOCLEX)),)
_DESCRIPTOR = (Check(1, (_F_DUPFD, _F_GETFD, _F_SETFD, _F_GETFL, _F_DUPFD_CLOEXEC)),)
_NAMING = (Check(0, (_PR_GET_DUMPABLE, _PR_SET_NAME, _PR_GET_NAME, _PR_GET_NO_NEW_PRIVS)),)
_THREAD_ONLY = (Check(0, (_THREAD,), mask=_WORD ^ _CLONE_DETACHED, wide=True),)
_OWN_LIMITS = (Check(0, (0,)), Check(2, (0,), wide=True))

ALLOWED: Final = (
    Syscall("read", 0, 63, "requests from the suite runner, modules, data files"),
    Syscall("readv", 19, 65, "as read, into several buffers"),
    Syscall("pread64", 17, 67, "the loader of shared objects reads their headers with it"),
    Syscall("write", 1, 64, "replies and captured output; no writable file can be opened"),
    Syscall("writev", 20, 66, "as write, from several buffers"),
    Syscall("lseek", 8, 62, "buffered files ask for their position"),
    Syscall("open", 2, None, "lazy imports; what may be read is for landlock to say", _OPEN),
    Syscall("openat", 257, 56, "as open", _OPENAT),
    Syscall("close", 3, 57, "gives up a descriptor"),
    Syscall("dup", 32, 23, "redirected output; gives no new access"),
    Syscall("dup2", 33, None, "as dup"),
    Syscall("dup3", 292, 24, "as dup"),
    Syscall("fcntl", 72, 25, "copies and reads descriptors; no owner, lease, lock", _DESCRIPTOR),
    Syscall("ioctl", 16, 29, "open() asks whether a file is a terminal", _TERMINAL, errno.ENOTTY),
    Syscall("stat", 4, None, "imports look for files; existence and size are not hidden"),
    Syscall("lstat", 6, None, "as stat"),
    Syscall("fstat", 5, 80, "size of an open file"),
    Syscall("newfstatat", 262, 79, "as stat"),
    Syscall("statx", 332, 291, "as stat, in newer C libraries"),
    Syscall("access", 21, None, "as stat"),
    Syscall("faccessat", 269, 48, "as stat"),
    Syscall("faccessat2", 439, 439, "as stat"),
    Syscall("readlink", 89, None, "os.path.realpath"),
    Syscall("readlinkat", 267, 78, "as readlink"),
    Syscall("getdents64", 217, 61, "imports list the folders of sys.path"),
    Syscall("getcwd", 79, 17, "os.path.abspath"),
    Syscall("poll", 7, None, "waits on a descriptor it has"),
    Syscall("ppoll", 271, 73, "as poll"),
    Syscall("select", 23, None, "as poll"),
    Syscall("pselect6", 270, 72, "as poll"),
    Syscall("mmap", 9, 222, "memory, and code of extension modules; bounded by RLIMIT_AS"),
    Syscall("munmap", 11, 215, "as mmap"),
    Syscall("mremap", 25, 216, "large arrays that grow"),
    Syscall("mprotect", 10, 226, "relocation of extension modules, thread stacks"),
    Syscall("madvise", 28, 233, "free() gives pages back; numpy asks for huge ones"),
    Syscall("brk", 12, 214, "malloc"),
    Syscall("clone", 56, 220, "threads of its own, never a process", _THREAD_ONLY),
    Syscall("set_robust_list", 273, 99, "start of a thread"),
    Syscall("rseq", 334, 293, "start of a thread"),
    Syscall("futex", 202, 98, "locks, the interpreter's among them"),
    Syscall("gettid", 186, 178, "threading.get_native_id"),
    Syscall("sched_yield", 24, 124, "spinning locks, time.sleep(0)"),
    Syscall("sched_getaffinity", 204, 123, "os.cpu_count; reads only"),
    Syscall("prctl", 157, 167, "names a thread, reads its own flags", _NAMING),
    Syscall("exit", 60, 93, "end of a thread"),
    Syscall("exit_group", 231, 94, "end of the process"),
    Syscall("rt_sigaction", 13, 134, "signal.signal; handlers change nothing but its own course"),
    Syscall("rt_sigprocmask", 14, 135, "start of a thread"),
    Syscall("rt_sigreturn", 15, 139, "return from a signal handler"),
    Syscall("sigaltstack", 131, 132, "faulthandler"),
    Syscall("restart_syscall", 219, 128, "a sleep goes on after a stop"),
    Syscall("nanosleep", 35, 101, "time.sleep"),
    Syscall("clock_nanosleep", 230, 115, "time.sleep"),
    Syscall("clock_gettime", 228, 113, "time.perf_counter, where the kernel must be asked"),
    Syscall("clock_getres", 229, 114, "time.get_clock_info"),
    Syscall("gettimeofday", 96, 169, "time.time in old C libraries"),
    Syscall("time", 201, None, "as gettimeofday"),
    Syscall("times", 100, 153, "os.times"),
    Syscall("getrusage", 98, 165, "time.process_time, resource.getrusage"),
    Syscall("getrlimit", 97, 163, "size of its own stack"),
    Syscall("prlimit64", 302, 261, "as getrlimit: reads its own limits, sets none", _OWN_LIMITS),
    Syscall("getrandom", 318, 278, "numpy.random.default_rng, os.urandom"),
    Syscall("getcpu", 309, 168, "numeric libraries ask where they run"),
    Syscall("sysinfo", 99, 179, "os.sysconf: memory of the machine"),
    Syscall("uname", 63, 160, "platform"),
    Syscall("getpid", 39, 172, "os.getpid"),
    Syscall("getppid", 110, 173, "os.getppid"),
    Syscall("getuid", 102, 174, "os.path.expanduser"),
    Syscall("geteuid", 107, 175, "as getuid"),
    Syscall("getgid", 104, 176, "as getuid"),
    Syscall("getegid", 108, 177, "as getuid"),
)

# Their arguments lie behind a pointer, where a filter cannot look. ENOSYS makes the C library take the older call.
UNSEEN: Final = (
    Syscall("clone3", 435, 435, "clone is judged in its place", otherwise=errno.ENOSYS),
    Syscall("openat2", 437, 437, "openat is judged in its place", otherwise=errno.ENOSYS),
)

#: The newest number that was considered for the list (set_mempolicy_home_node, Linux 5.17).
NEWEST: Final = 450

#: The machines that have a table, by the name that `platform.machine` gives, with their AUDIT_ARCH number.
MACHINES: Final = {"x86_64": 0xC000_003E, "aarch64": 0xC000_00B7}
_X32: Final = 0x4000_0000

_KILL, _ALLOW, _ERRNO = 0x8000_0000, 0x7FFF_0000, 0x0005_0000
_LOAD, _AND, _JUMP, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x54, 0x05, 0x15, 0x35, 0x06
_NUMBER, _ARCH, _ARGUMENTS = 0, 4, 16
_FURTHEST: Final = 255

_Instruction = tuple[int, int, int, int]  # code, jump if true, jump if false, constant
_Code = tuple[_Instruction, ...]


def number(call: Syscall, machine: str) -> int | None:
    """The number of `call` on `machine`, or None where it has none."""
    return {"x86_64": call.x86_64, "aarch64": call.aarch64}[machine]


def program(machine: str) -> bytes:
    """The filter for `machine` as an array of struct sock_filter; KeyError for a machine without a table."""
    arch = MACHINES[machine]
    foreign = {_X32: _end(_KILL)} if machine == "x86_64" else {}
    head: _Code = (
        (_LOAD, 0, 0, _ARCH),
        (_EQUAL, 1, 0, arch),
        *_end(_KILL),
        (_LOAD, 0, 0, _NUMBER),
    )
    code = head + _tree(_ranges(machine, foreign))
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in code)


def _ranges(machine: str, foreign: dict[int, _Code]) -> list[tuple[int, _Code]]:
    """What to do from each number on, up to the next: sorted, neighbours different, the first 0."""
    single = {number(call, machine): _judge(call.checks, call.otherwise) for call in ALLOWED}
    single |= {number(call, machine): _end(_ERRNO | call.otherwise) for call in UNSEEN}
    rest = _end(_ERRNO | errno.EPERM)
    starts = {NEWEST + 1: _end(_ERRNO | errno.ENOSYS), **foreign}
    for n in (n for n in single if n is not None):
        starts[n] = single[n]
        if n + 1 not in single:
            starts.setdefault(n + 1, rest)
    starts.setdefault(0, rest)
    ranges: list[tuple[int, _Code]] = []
    for start, code in sorted(starts.items()):
        if not ranges or ranges[-1][1] != code:
            ranges.append((start, code))
    return ranges


def _tree(ranges: list[tuple[int, _Code]]) -> _Code:
    """Find the range that holds the loaded number by halving: each of ~400 numbers is tried when a filter is set."""
    if len(ranges) == 1:
        return ranges[0][1]
    middle = len(ranges) // 2
    low, high = _tree(ranges[:middle]), _tree(ranges[middle:])
    pivot = ranges[middle][0]
    if len(low) <= _FURTHEST:
        return ((_AT_LEAST, len(low), 0, pivot), *low, *high)
    return ((_AT_LEAST, 0, 1, pivot), (_JUMP, 0, 0, len(low)), *low, *high)


def _judge(checks: tuple[Check, ...], otherwise: int) -> _Code:
    """Allow where all checks hold; built from the end, so that every jump knows how far it goes."""
    if not checks:
        return _end(_ALLOW)
    code = _end(_ALLOW) + _end(_ERRNO | otherwise)
    for check in reversed(checks):
        refuse = len(code) - 1
        low = _ARGUMENTS + 8 * check.index
        last = len(check.values) - 1
        tests: _Code = tuple(
            (_EQUAL, last - i, 0 if i < last else refuse, value)
            for i, value in enumerate(check.values)
        )
        masked: _Code = ((_AND, 0, 0, check.mask),) if check.mask != _WORD else ()
        code = ((_LOAD, 0, 0, low), *masked, *tests, *code)
        if check.wide:
            code = ((_LOAD, 0, 0, low + 4), (_EQUAL, 0, len(code) - 1, 0), *code)
    return code


def _end(answer: int) -> _Code:
    return ((_RETURN, 0, 0, answer),)
