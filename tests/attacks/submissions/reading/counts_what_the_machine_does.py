# Counts the machine's instructions and cache misses, which tell what others compute: raised
import ctypes
import os
import struct

libc = ctypes.CDLL(None, use_errno=True)
PERF = {"x86_64": 298, "aarch64": 241}[os.uname().machine]


def attempt():
    attributes = ctypes.create_string_buffer(struct.pack("<IIQ", 1, 112, 0), 112)
    for pid, cpu in ((0, -1), (-1, 0), (os.getppid(), -1)):
        if libc.syscall(PERF, attributes, pid, cpu, -1, 0) >= 0:
            return
    raise OSError(ctypes.get_errno(), "perf_event_open")


def total(v):
    attempt()
    return float(sum(v))


def scaled(X, factor):
    attempt()
    return X * factor
