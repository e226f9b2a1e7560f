# Opens files for writing, for appending, for creating, without a name, and in memory: raised
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
OPEN, CREAT = {"x86_64": (2, 85), "aarch64": (None, None)}[os.uname().machine]


def attempt():
    for folder in ("@OPEN@", "/tmp", "/var/tmp", "/dev/shm", "/run", os.path.expanduser("~"), "."):
        for flags in (0o1, 0o2, 0o3, 0o101, 0o102, 0o1001, 0o2001, 0o20200002, 0o20000000):
            for name in (folder, folder + "/left"):
                try:
                    os.open(name, flags, 0o666)
                except OSError as error:
                    refused = error
                else:
                    return
                if CREAT and libc.syscall(CREAT, name.encode(), 0o666) >= 0:
                    return
                if libc.syscall(437, -100, name.encode(), flags.to_bytes(8, "little") + bytes(16), 24) >= 0:
                    return
    raise refused


def total(v):
    attempt()
    return float(sum(v))


def scaled(X, factor):
    attempt()
    return X * factor
