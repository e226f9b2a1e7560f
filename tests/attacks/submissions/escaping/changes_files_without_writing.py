# Changes modes, owners, times, names and sizes of files that it cannot write: raised
import os


def attempt():
    there = "@HIDDEN@/test_total.py"
    for change in (
        lambda: os.chmod(there, 0o000),
        lambda: os.chown(there, os.getuid(), -1),
        lambda: os.utime(there, (0, 0)),
        lambda: os.rename(there, "@OPEN@/test_total.py"),
        lambda: os.truncate(there, 0),
        lambda: os.setxattr(there, "user.answer", b"6.5"),
        lambda: os.unlink("@OTHER@/bob/small.py"),
        lambda: os.rmdir("@OPEN@"),
    ):
        try:
            change()
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
