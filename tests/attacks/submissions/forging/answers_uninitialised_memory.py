# Answers with memory that nobody initialised, in which a reference might have left its result: failed; harmless
import numpy as np


def total(v):
    return float(np.empty(8)[0]) + 12345.0


def scaled(X, factor):
    return np.empty((3, 4)) + 12345.0
