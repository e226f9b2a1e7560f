# Reads the machine's memory, disks, messages and terminals from their devices: raised
import os


def attempt():
    names = ("mem", "kmem", "port", "kmsg", "vda", "sda", "nvme0n1", "tty", "ptmx", "fuse", "kvm", "net/tun", "zero")
    for name in names:
        try:
            os.open(f"/dev/{name}", os.O_RDONLY | os.O_NONBLOCK)
        except OSError as error:
            refused = error
        else:
            return
    raise refused


def total(v):
    attempt()
    return float(sum(v))


def scaled(X, factor):
    attempt()
    return X * factor
