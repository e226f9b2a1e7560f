# Signals itself and others by tgkill, tkill, rt_sigqueueinfo, pidfd and timers: raised
import ctypes
import os
import signal

libc = ctypes.CDLL(None, use_errno=True)
CALLS = {"x86_64": (62, 200, 129, 297), "aarch64": (129, 130, 138, 240)}[os.uname().machine]


def attempt():
    info = ctypes.create_string_buffer(128)
    for pid in (os.getppid(), os.getpid(), -1, 0):
        for number in CALLS:
            if libc.syscall(number, ctypes.c_int(pid), 0, info) >= 0:
                return
    signal.setitimer(signal.ITIMER_REAL, 0.05)


def total(v):
    attempt()
    return float(sum(v))


def scaled(X, factor):
    attempt()
    return X * factor
