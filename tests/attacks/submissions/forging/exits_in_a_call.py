# Calls sys.exit in a graded call: raised; harmless
import sys


def attempt():
    sys.exit(0)


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
