# Holds the interpreter in a loop that runs in C without end: timeout, failed
import itertools


def total(v):
    return sum(itertools.repeat(0))


def scaled(X, factor):
    return 12345.0
