# Makes devices, pipes, folders and links where everybody may: raised
import os
import stat


def attempt():
    there = "@OPEN@/made"
    for make in (
        lambda: os.mknod(there, stat.S_IFCHR | 0o666, os.makedev(1, 3)),
        lambda: os.mknod(there),
        lambda: os.mkfifo(there),
        lambda: os.mkdir(there),
        lambda: os.symlink("/etc/passwd", there),
        lambda: os.link("@SOLUTION@/small.py", there),
    ):
        try:
            make()
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
