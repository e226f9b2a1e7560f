# Lowers the limit of recursion so far that the worker cannot even write an answer: killed or failed or raised
import sys


def attempt():
    depth, frame = 0, sys._getframe()
    while frame is not None:
        depth, frame = depth + 1, frame.f_back
    sys.setrecursionlimit(depth + 4)
    return [[[[[[12345.0]]]]]]


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
