# Makes namespaces of every kind and enters those of the processes above it: raised
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
UNSHARE, SETNS = {"x86_64": (272, 308), "aarch64": (97, 268)}[os.uname().machine]


def attempt():
    for flag in (0x10000000, 0x20000, 0x2000000, 0x4000000, 0x8000000, 0x20000000, 0x40000000, 0x80, 0x400):
        if libc.syscall(UNSHARE, flag) >= 0:
            return
    for descriptor in range(8):
        if libc.syscall(SETNS, descriptor, 0) >= 0:
            return
    for name in ("user", "mnt", "net", "pid"):
        os.open(f"/proc/{os.getppid()}/ns/{name}", os.O_RDONLY)


def total(v):
    attempt()
    return float(sum(v))


def scaled(X, factor):
    attempt()
    return X * factor
