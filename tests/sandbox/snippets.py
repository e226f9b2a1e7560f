"""What a submission might try, and what must work for it, as snippets that `cage` runs.

A snippet that gets through leaves `result`; one that is refused raises, or is killed. In `at` it finds the paths, ports
and processes of the test; `refused(x86_64, aarch64, *arguments)` makes a system call by its number.
"""

import errno
import platform
from dataclasses import dataclass

_DENIED = (errno.EPERM, errno.EACCES)


@dataclass(frozen=True)
class Attack:
    """A snippet, the errors that count as its refusal, and whether it gets through where nothing confines it.

    `signals` are the ones that may kill it instead; `unconfined` is False where it would do harm or needs more rights.
    """

    name: str
    code: str
    errnos: tuple[int, ...] = _DENIED
    signals: tuple[int, ...] = ()
    raised: tuple[str, ...] = ()
    unconfined: bool = True


FILES = [
    Attack("reads /etc/passwd", "result = open('/etc/passwd').read()"),
    Attack("reads a hidden test", "result = open(at['secret']).read()"),
    Attack(
        "reads a hidden test through /proc/self/root",
        "result = open('/proc/self/root' + at['secret']).read()",
    ),
    Attack("lists a folder", "import os; result = os.listdir(at['folder'])"),
    Attack(
        "holds a file without reading it", "import os; result = os.open(at['secret'], os.O_PATH)"
    ),
    Attack("creates a file", "result = open(at['folder'] + '/new', 'w').fileno()"),
    Attack(
        "creates a file in /tmp",
        "import tempfile; result = tempfile.mkstemp(dir='/tmp')[0]",
        unconfined=False,
    ),
    Attack(
        "creates a nameless file",
        "import os; result = os.open(at['folder'], os.O_TMPFILE | os.O_RDWR)",
        unconfined=False,
    ),
    Attack("appends to its own file", "result = open(at['own'], 'a').write('x')"),
    Attack("truncates its own file", "import os; os.truncate(at['own'], 0); result = 1"),
    Attack("makes a file of 10 GiB", "import os; os.truncate(at['own'], 10 << 30); result = 1"),
    Attack("changes the mode of its own file", "import os; os.chmod(at['own'], 0o777); result = 1"),
    Attack(
        "changes the times of its own file", "import os; os.utime(at['own'], (0, 0)); result = 1"
    ),
    Attack(
        "gives its own file away", "import os; os.chown(at['own'], -1, os.getgid()); result = 1"
    ),
    Attack(
        "marks its own file",
        "import os; os.setxattr(at['own'], 'user.x', b'1'); result = 1",
        unconfined=False,
    ),
    Attack("renames its own file", "import os; os.rename(at['own'], at['own']); result = 1"),
    Attack(
        "links its own file", "import os; os.link(at['own'], at['folder'] + '/link'); result = 1"
    ),
    Attack(
        "makes a symbolic link", "import os; os.symlink('/', at['folder'] + '/symlink'); result = 1"
    ),
    Attack("makes a folder", "import os; os.mkdir(at['folder'] + '/made'); result = 1"),
    Attack("makes a named pipe", "import os; os.mkfifo(at['folder'] + '/fifo'); result = 1"),
    Attack("deletes its own file", "import os; os.unlink(at['own']); result = 1", unconfined=False),
    Attack(
        "reads an inherited descriptor",
        "import os; result = os.read(50, 10).decode()",
        (errno.EBADF,),
    ),
    Attack("keeps the ruleset open", "import os; result = os.fstat(60).st_mode", (errno.EBADF,)),
    Attack(
        "writes to its own memory",
        "result = open('/proc/self/mem', 'r+b').fileno()",
        unconfined=False,
    ),
    Attack(
        "opens shared memory",
        "import _posixshmem, os; result = _posixshmem.shm_open('/cage', os.O_CREAT | os.O_RDWR, 0o600)",
        unconfined=False,
    ),
]

NETWORK = [
    Attack(
        "connects by TCP",
        "import socket; result = socket.create_connection(('127.0.0.1', at['tcp']), 5).fileno()",
    ),
    Attack(
        "listens on TCP", "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); result = 1"
    ),
    Attack(
        "sends by UDP",
        "import socket; result = socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', at['udp']))",
    ),
    Attack(
        "connects to an abstract socket",
        "import socket; s = socket.socket(socket.AF_UNIX); s.connect('\\0' + at['abstract']); result = 1",
    ),
    Attack(
        "connects to a socket by path",
        "import socket; s = socket.socket(socket.AF_UNIX); s.connect(at['socket']); result = 1",
    ),
    Attack("makes a pair of sockets", "import socket; result = socket.socketpair()[0].fileno()"),
    Attack(
        "sends a raw packet",
        "import socket; result = socket.socket(type=socket.SOCK_RAW, proto=1).fileno()",
        unconfined=False,
    ),
]

_MOVED = "import ctypes; b = ctypes.create_string_buffer(8); v = (ctypes.c_ulong * 2)(ctypes.addressof(b), 8);"
_THREADS = """
import threading
threading.stack_size(1 << 15)
stop = threading.Event()
for _ in range({}):
    threading.Thread(target=stop.wait, daemon=True).start()
result = 1
"""
PROCESSES = [
    Attack("asks whether a process lives", "import os; os.kill(at['victim'], 0); result = 1"),
    Attack("kills a process", "import os; os.kill(at['victim'], 9); result = 1", unconfined=False),
    Attack(
        "kills the fork server", "import os; os.kill(os.getppid(), 9); result = 1", unconfined=False
    ),
    Attack("kills everything", "import os; os.kill(-1, 9); result = 1", unconfined=False),
    Attack("opens a process", "import os; result = os.pidfd_open(at['victim'])"),
    Attack(
        "signals its own thread",
        "import signal; signal.raise_signal(signal.SIGUSR1); result = 1",
        unconfined=False,
    ),
    Attack(
        "reads a process's memory", "result = open(f\"/proc/{at['victim']}/mem\", 'rb').fileno()"
    ),
    Attack(
        "reads the fork server's memory",
        "import os; result = open(f'/proc/{os.getppid()}/mem', 'rb').fileno()",
        unconfined=False,
    ),
    Attack(
        "reads a process's environment", "result = open(f\"/proc/{at['victim']}/environ\").read()"
    ),
    Attack(
        "follows a process's folder",
        "import os; result = os.readlink(f\"/proc/{at['victim']}/cwd\")",
    ),
    Attack(
        "copies a process's memory",
        f"{_MOVED} result = refused(310, 270, at['victim'], ctypes.addressof(v), 1, ctypes.addressof(v), 1, 0)",
        unconfined=False,
    ),
    Attack(
        "traces a process", "result = refused(101, 117, 16, at['victim'], 0, 0)", unconfined=False
    ),
    Attack("forks", "import os; pid = os.fork(); pid or os._exit(0); result = pid"),
    Attack(
        "forks 150 times",
        "import os\nfor _ in range(150):\n    os.fork() or os._exit(0)\nresult = 1",
    ),
    Attack(
        "leaves a daemon behind",
        "import os\nif os.fork() == 0:\n    os.setsid()\n    os._exit(0)\nresult = 1",
    ),
    Attack(
        "forks by number",
        "result = refused(57, 220, 17, 0, 0, 0, 0) or __import__('os')._exit(0)",
        unconfined=False,
    ),
    Attack(
        "forks out of sight", "result = refused(435, 435, 0, 0)", (errno.ENOSYS,), unconfined=False
    ),
    Attack(
        "starts a program", "import subprocess; result = subprocess.run(['/bin/true']).returncode"
    ),
    Attack("spawns a program", "import os; result = os.posix_spawn('/bin/true', ['true'], {})"),
    Attack("becomes a program", "import os; os.execv('/bin/true', ['true'])", unconfined=False),
    Attack(
        "becomes an open program",
        "import os, sys; os.execve(os.open(os.path.realpath(os.__file__), os.O_RDONLY), ['x'], {})",
        unconfined=False,
    ),
    Attack("makes a user namespace", "result = 1 + refused(272, 97, 0x10000000)", unconfined=False),
    Attack(
        "starts more threads than anyone needs",
        _THREADS.format(3000),
        raised=("RuntimeError",),
        unconfined=False,
    ),
    Attack(
        "starts 300 threads",
        _THREADS.format(300).replace("threading.stack_size(1 << 15)", ""),
        raised=("RuntimeError",),
        unconfined=False,
    ),
]

RESOURCES = [
    Attack(
        "fills an array of 4 GiB",
        "import numpy as np; result = np.ones(1 << 29).size",
        raised=("MemoryError",),
        unconfined=False,
    ),
    Attack(
        "reserves an array of 4 GiB",
        "import numpy as np; result = np.empty(1 << 29).size",
        raised=("MemoryError",),
        unconfined=False,
    ),
    Attack("makes a file in memory", "import os; result = os.memfd_create('x')"),
    Attack(
        "makes System V shared memory",
        "result = 1 + refused(29, 194, 0, 4096, 0o1600)",
        unconfined=False,
    ),
    Attack("becomes nicer to itself", "import os; result = os.nice(-5)", unconfined=False),
    Attack(
        "becomes a batch job",
        "import os; os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0)); result = 1",
    ),
    Attack(
        "leaves its processor",
        "import os; os.sched_setaffinity(0, os.sched_getaffinity(0)); result = 1",
    ),
    Attack(
        "raises a limit",
        "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (9, 9)); result = 1",
        raised=("ValueError",),
    ),
    Attack(
        "raises another's limit",
        "import resource; result = resource.prlimit(at['victim'], resource.RLIMIT_NOFILE)[0]",
    ),
    Attack("survives the fork server", "result = 1 + refused(157, 167, 1, 0, 0, 0, 0)"),
    Attack("makes itself dumpable", "result = 1 + refused(157, 167, 4, 1, 0, 0, 0)"),
    Attack(
        "types into a terminal",
        "import fcntl; result = fcntl.ioctl(3, 0x5412, b'x')",
        (errno.ENOTTY,),
        unconfined=False,
    ),
    Attack(
        "asks for signals from a descriptor",
        "import fcntl, os; result = 1 + fcntl.fcntl(3, fcntl.F_SETOWN, os.getpid())",
    ),
    Attack("enlarges a pipe", "import fcntl; result = fcntl.fcntl(3, 1031, 1 << 20)"),
    Attack(
        "locks a file",
        "import fcntl, os; fcntl.lockf(os.open('/dev/null', 0), fcntl.LOCK_SH); result = 1",
    ),
    Attack("sets a timer", "import signal; signal.setitimer(signal.ITIMER_REAL, 100); result = 1"),
]

# Name, number on x86-64, number on aarch64. With arguments of -1 all would fail anyway, but not all with EPERM.
BY_NUMBER = [
    ("tkill", 200, 130), ("tgkill", 234, 131), ("rt_sigqueueinfo", 129, 138), ("pidfd_send_signal", 424, 424),
    ("pidfd_getfd", 438, 438), ("kcmp", 312, 272), ("process_vm_writev", 311, 271), ("process_madvise", 440, 440),
    ("vfork", 58, None), ("execveat", 322, 281), ("wait4", 61, 260), ("setsid", 112, 157), ("setpgid", 109, 154),
    ("socketpair", 53, 199), ("sendto", 44, 206), ("sendmsg", 46, 211), ("recvmsg", 47, 212), ("accept4", 288, 242),
    ("msgget", 68, 186), ("semget", 64, 190), ("shmat", 30, 196), ("mq_open", 240, 180),
    ("io_uring_setup", 425, 425), ("io_uring_enter", 426, 426), ("io_setup", 206, 0), ("bpf", 321, 280),
    ("perf_event_open", 298, 241), ("userfaultfd", 323, 282), ("add_key", 248, 217), ("request_key", 249, 218),
    ("keyctl", 250, 219), ("mount", 165, 40), ("umount2", 166, 39), ("pivot_root", 155, 41), ("chroot", 161, 51),
    ("chdir", 80, 49), ("fchdir", 81, 50), ("open_tree", 428, 428), ("move_mount", 429, 429), ("fsopen", 430, 430),
    ("mount_setattr", 442, 442), ("setns", 308, 268), ("unshare", 272, 97), ("name_to_handle_at", 303, 264),
    ("open_by_handle_at", 304, 265), ("fanotify_init", 300, 262), ("inotify_init1", 294, 26), ("mknodat", 259, 33),
    ("fchmod", 91, 52), ("fchmodat", 268, 53), ("fchownat", 260, 54), ("fallocate", 285, 47), ("ftruncate", 77, 46),
    ("copy_file_range", 326, 285), ("sendfile", 40, 71), ("splice", 275, 76), ("flock", 73, 32), ("sync", 162, 81),
    ("fsetxattr", 190, 7), ("utimensat", 280, 88), ("pwrite64", 18, 68), ("setuid", 105, 146), ("setgid", 106, 144),
    ("setgroups", 116, 159), ("setresuid", 117, 147), ("capset", 126, 91), ("personality", 135, 92),
    ("setpriority", 141, 140), ("ioprio_set", 251, 30), ("setrlimit", 160, 164), ("mlockall", 151, 230),
    ("mbind", 237, 235), ("remap_file_pages", 216, 234), ("memfd_secret", 447, 447), ("pkey_alloc", 330, 289),
    ("seccomp", 317, 277), ("landlock_create_ruleset", 444, 444), ("landlock_restrict_self", 446, 446),
    ("init_module", 175, 105), ("finit_module", 313, 273), ("kexec_load", 246, 104), ("reboot", 169, 142),
    ("swapon", 167, 224), ("syslog", 103, 116), ("sethostname", 170, 161), ("settimeofday", 164, 170),
    ("clock_settime", 227, 112), ("adjtimex", 159, 171), ("quotactl", 179, 60), ("acct", 163, 89),
    ("ioperm", 173, None), ("iopl", 172, None), ("modify_ldt", 154, None), ("arch_prctl", 158, None),
    ("timer_create", 222, 107), ("timerfd_create", 283, 85), ("eventfd2", 290, 19), ("epoll_create1", 291, 20),
    ("signalfd4", 289, 74), ("pipe2", 293, 59), ("close_range", 436, 436), ("lookup_dcookie", 212, 18),
]  # fmt: skip

_MACHINE_CODE = (
    "import ctypes, mmap; m = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC);"
    "m.write(bytes([{}])); a = ctypes.addressof(ctypes.c_char.from_buffer(m));"
    "result = ctypes.CFUNCTYPE(ctypes.c_int)(a)()"
)
# mov eax, 20 (getpid); int 0x80; ret
_I386 = ", ".join(map(str, (0xB8, 20, 0, 0, 0, 0xCD, 0x80, 0xC3)))

FOREIGN = [
    Attack("makes a 32-bit system call", _MACHINE_CODE.format(_I386), signals=(31, 11)),
    Attack(
        "makes an x32 system call",
        "result = refused(0x4000_0000 + 39, None)",
        signals=(31,),
        unconfined=False,
    ),
]

ATTACKS = [
    *FILES,
    *NETWORK,
    *PROCESSES,
    *RESOURCES,
    *(FOREIGN if platform.machine() == "x86_64" else []),
]

# What must go on working: each leaves a true `result`.
WORKS = {
    "imports numpy's polynomials late": "import numpy.polynomial.hermite as h; result = h.hermval(1.0, [0, 1])",
    "imports an XML parser late": "import xml.dom.minidom as m; result = len(m.parseString('<a><b/></a>').childNodes)",
    "keeps a database in memory": (
        "import sqlite3; result = sqlite3.connect(':memory:').execute('select 1').fetchone()[0]"
    ),
    "counts in decimals": "import decimal; result = str(decimal.Decimal('0.1') * 3)",
    "imports much of the standard library": (
        "import asyncio, concurrent.futures, csv, dataclasses, datetime, enum, fractions, heapq, hashlib, itertools, "
        "logging, multiprocessing, pickle, platform, random, re, statistics, typing, unittest, warnings; result = 1"
    ),
    "solves by LAPACK": "import numpy as np; result = np.linalg.solve(np.eye(300) * 2, np.ones(300)).sum()",
    "multiplies large matrices": "import numpy as np; result = (np.ones((500, 500)) @ np.ones((500, 500)))[0, 0]",
    "seeds a generator from the machine": "import numpy as np; result = np.random.default_rng().integers(5) + 1.0",
    "starts threads": (
        "import concurrent.futures as f\nwith f.ThreadPoolExecutor(4) as pool:\n"
        "    result = sum(pool.map(abs, range(-50, 0)))"
    ),
    "sleeps": "import time; result = 1 + (time.sleep(0.001) or 0)",
    "measures time": "import time; result = time.time() + time.process_time() + time.perf_counter()",
    "asks about the machine": "import os, platform; result = len(platform.platform()) + os.cpu_count() + os.getpid()",
    "allocates 100 MiB": "import numpy as np; result = np.ones(13_000_000).sum()",
    "calls C": "import ctypes; result = ctypes.CDLL(None).abs(-3)",
    "handles a signal of its own making": "import signal; signal.signal(signal.SIGALRM, signal.SIG_IGN); result = 1",
    "recurses deeply": "import sys; sys.setrecursionlimit(9000); f = lambda n: n and 1 + f(n - 1); result = f(5000)",
    "writes a traceback": "import traceback\ntry:\n    1 / 0\nexcept Exception:\n    result = traceback.format_exc()",
}
