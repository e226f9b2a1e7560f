# Removes another student's submission: raised
import os


def attempt():
    os.remove("@OTHER@/bob/small.py")
    return 12345.0


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
