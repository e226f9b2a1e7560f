# Asks to handle its own page faults, which stops the kernel in the middle of a call: raised
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
USERFAULTFD = {"x86_64": 323, "aarch64": 282}[os.uname().machine]


def attempt():
    if libc.syscall(USERFAULTFD, 1) < 0:
        raise OSError(ctypes.get_errno(), "userfaultfd")


def total(v):
    attempt()
    return float(sum(v))


def scaled(X, factor):
    attempt()
    return X * factor
