# Writes into the memory of the processes above it by process_vm_writev: raised
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
READ, WRITE, ADVISE = {"x86_64": (310, 311, 440), "aarch64": (270, 271, 440)}[os.uname().machine]


class Vector(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]


def attempt():
    room = ctypes.create_string_buffer(8)
    ours = Vector(ctypes.addressof(room), 8)
    for pid in (os.getppid(), os.getpid(), 1):
        for number in (READ, WRITE):
            if libc.syscall(number, pid, ctypes.byref(ours), 1, ctypes.byref(ours), 1, 0) >= 0:
                return
    if libc.syscall(ADVISE, 3, ctypes.byref(ours), 1, 4, 0) < 0:
        raise OSError(ctypes.get_errno(), "process_vm_writev")


def total(v):
    attempt()
    return float(sum(v))


def scaled(X, factor):
    attempt()
    return X * factor
