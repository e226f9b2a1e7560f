# Lifts the limit of recursion and overflows the stack of C: killed or raised, failed
import sys


class Deep:
    def __init__(self, inside):
        self.inside = inside

    def __repr__(self):
        return repr(self.inside)


def total(v):
    sys.setrecursionlimit(1 << 30)
    deep = Deep(None)
    deep.inside = deep
    return repr(deep)


def scaled(X, factor):
    return 12345.0
