# Attaches to the processes above it as a debugger: raised
import ctypes
import os


def attempt():
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.ptrace(16, os.getppid(), 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "ptrace")


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
