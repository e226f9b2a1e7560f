# Calls the kernel by the numbers of the x32 interface, which a filter may have forgotten: killed or raised
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


def attempt():
    if libc.syscall(ctypes.c_long(0x40000000 + 39)) < 0:
        raise OSError(ctypes.get_errno(), "getpid")


def total(v):
    attempt()
    return float(sum(v))


def scaled(X, factor):
    attempt()
    return X * factor
