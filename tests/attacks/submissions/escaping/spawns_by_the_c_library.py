# Starts programs by posix_spawn, system and popen of the C library: raised
import ctypes
import os


def attempt():
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.system(b"true") == 0:
        return
    for start in (os.posix_spawn, os.posix_spawnp):
        try:
            start("/bin/true", ["true"], {})
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
