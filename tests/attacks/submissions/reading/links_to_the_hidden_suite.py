# Makes links to the hidden suite: raised
import os


def attempt():
    os.symlink("@HIDDEN@/test_total.py", "@OPEN@/link")
    return 12345.0


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
