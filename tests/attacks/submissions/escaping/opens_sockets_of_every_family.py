# Opens a socket of every family and type: raised
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
SOCKET = {"x86_64": 41, "aarch64": 198}[os.uname().machine]


def attempt():
    for family in range(48):
        for kind in (1, 2, 3, 4, 5, 6, 10, 1 | 0o2000000):
            if libc.syscall(SOCKET, family, kind, 0) >= 0:
                return
    raise OSError(ctypes.get_errno(), "socket")


def total(v):
    attempt()
    return float(sum(v))


def scaled(X, factor):
    attempt()
    return X * factor
