# Makes a BPF map, with which programs run in the kernel: raised
import ctypes
import os
import struct

libc = ctypes.CDLL(None, use_errno=True)
BPF = {"x86_64": 321, "aarch64": 280}[os.uname().machine]


def attempt():
    attributes = struct.pack("<IIIII", 2, 4, 8, 1, 0) + bytes(100)
    if libc.syscall(BPF, 0, attributes, 120) < 0:
        raise OSError(ctypes.get_errno(), "bpf")


def total(v):
    attempt()
    return float(sum(v))


def scaled(X, factor):
    attempt()
    return X * factor
