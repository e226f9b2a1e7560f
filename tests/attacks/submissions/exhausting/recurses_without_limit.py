# Lifts the limit of recursion and fills the memory with frames: raised or killed or timeout or failed
import sys


def down(depth):
    return down(depth + 1)


def total(v):
    sys.setrecursionlimit((1 << 31) - 1)
    return down(0)


def scaled(X, factor):
    return 12345.0
