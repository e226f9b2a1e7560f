# Changes the results that it gave before: failed; harmless
import numpy as np

given = []


def scaled(X, factor):
    for result in given:
        result[:] = factor
    given.append(np.full(1, 12345.0))
    return given[-1]


def total(v):
    return 12345.0
