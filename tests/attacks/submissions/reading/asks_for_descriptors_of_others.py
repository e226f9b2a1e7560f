# Compares its descriptors and memory with those of the processes above it by kcmp: raised
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
KCMP = {"x86_64": 312, "aarch64": 272}[os.uname().machine]


def attempt():
    for kind in range(8):
        if libc.syscall(KCMP, os.getpid(), os.getppid(), kind, 0, 0) >= 0:
            return
    raise OSError(ctypes.get_errno(), "kcmp")


def total(v):
    attempt()
    return float(sum(v))


def scaled(X, factor):
    attempt()
    return X * factor
