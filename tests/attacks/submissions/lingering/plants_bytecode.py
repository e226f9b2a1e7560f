# Plants compiled modules where the next interpreter would find them: raised
import os
import sys


def attempt():
    for folder in (*sys.path, os.path.dirname(os.__file__), os.path.expanduser("~/.local/lib"), "@ROOT@"):
        for name in ("sitecustomize.py", "usercustomize.py", "left.pth", "__pycache__/small.cpython-311.pyc"):
            try:
                open(os.path.join(folder, name), "xb").close()
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
