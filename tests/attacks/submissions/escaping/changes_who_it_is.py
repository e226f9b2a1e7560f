# Changes its user and its namespaces: raised
import ctypes
import os


def attempt():
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(0x10000000) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    os.setuid(0)


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
