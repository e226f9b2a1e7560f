# Forks by fork, vfork, clone and clone3 as the kernel knows them: raised
import ctypes
import os
import struct

libc = ctypes.CDLL(None, use_errno=True)
CALLS = {"x86_64": ((57,), (56, 17), (56, 0x4000 | 0x100 | 17)), "aarch64": ((220, 17), (220, 17 | 1 << 32))}


def attempt():
    reached = [libc.syscall(*map(ctypes.c_long, call)) for call in CALLS[os.uname().machine]]
    arguments = struct.pack("<8Q", 0, 0, 0, 0, 17, 0, 0, 0)
    reached.append(libc.syscall(435, arguments, len(arguments)))
    if 0 in reached:
        os._exit(0)
    if max(reached) < 0:
        raise OSError(ctypes.get_errno(), "clone")


def total(v):
    attempt()
    return float(sum(v))


def scaled(X, factor):
    attempt()
    return X * factor
