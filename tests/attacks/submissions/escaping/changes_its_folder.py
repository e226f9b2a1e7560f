# Changes its folder, its root of names and the modes of what others create: raised
import os


def attempt():
    for change in (
        lambda: os.chdir("@OPEN@"),
        lambda: os.fchdir(os.open("@OPEN@", os.O_PATH)),
        lambda: os.umask(0),
        lambda: os.setsid(),
        lambda: os.setpgid(0, 0),
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
