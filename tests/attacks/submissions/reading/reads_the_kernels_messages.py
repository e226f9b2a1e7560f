# Reads the kernel's messages, modules and settings: raised
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
SYSLOG = {"x86_64": 103, "aarch64": 116}[os.uname().machine]


def attempt():
    if libc.syscall(SYSLOG, 10, None, 0) >= 0:
        return
    for name in ("/proc/modules", "/proc/kallsyms", "/proc/sys/kernel/hostname", "/sys/kernel/notes", "/proc/net/tcp"):
        try:
            open(name).close()
        except OSError as error:
            refused = error
        else:
            return
    raise refused


def total(v):
    attempt()
    return float(sum(v))


def scaled(X, factor):
    attempt()
    return X * factor
