# Changes its personality, its segments and its rights to ports: raised
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
NUMBERS = {"x86_64": (135, 154, 172, 173), "aarch64": (92,)}[os.uname().machine]


def attempt():
    for number in NUMBERS:
        if libc.syscall(number, 0, 0, 0) >= 0:
            return
    raise OSError(ctypes.get_errno(), "personality")


def total(v):
    attempt()
    return float(sum(v))


def scaled(X, factor):
    attempt()
    return X * factor
