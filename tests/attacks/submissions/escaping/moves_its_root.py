# Mounts, moves its root, and opens trees and file systems: raised
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
MOUNT, PIVOT, CHROOT = {"x86_64": (165, 155, 161), "aarch64": (40, 41, 51)}[os.uname().machine]


def attempt():
    reached = (
        libc.syscall(CHROOT, b"@OPEN@"),
        libc.syscall(MOUNT, b"none", b"@OPEN@", b"tmpfs", 0, None),
        libc.syscall(PIVOT, b"@OPEN@", b"@OPEN@"),
        libc.syscall(428, -100, b"@OPEN@", 0),
        libc.syscall(430, b"tmpfs", 0),
        libc.syscall(442, -100, b"@OPEN@", 0, 0, 0),
    )
    if max(reached) < 0:
        raise OSError(ctypes.get_errno(), "mount")


def total(v):
    attempt()
    return float(sum(v))


def scaled(X, factor):
    attempt()
    return X * factor
