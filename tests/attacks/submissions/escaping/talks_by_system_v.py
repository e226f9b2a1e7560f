# Talks by the shared memory, semaphores and message queues of System V: raised
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
NUMBERS = {"x86_64": (29, 64, 68), "aarch64": (194, 190, 186)}[os.uname().machine]


def attempt():
    shm, sem, msg = NUMBERS
    reached = (
        libc.syscall(shm, 0x5EED, 4096, 0o1666),
        libc.syscall(sem, 0x5EED, 1, 0o1666),
        libc.syscall(msg, 0x5EED, 0o1666),
    )
    if max(reached) < 0:
        raise OSError(ctypes.get_errno(), "System V")


def total(v):
    attempt()
    return float(sum(v))


def scaled(X, factor):
    attempt()
    return X * factor
