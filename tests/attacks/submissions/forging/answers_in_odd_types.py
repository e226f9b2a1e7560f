# Answers with structured, object, text, date, void and long double arrays: failed; harmless
import numpy as np

KINDS = ["O", "U8", "S8", "V8", "M8[s]", "m8[D]", "g", "G", [("x", "f8"), ("y", "O")]]


def total(v):
    return [np.zeros(3, dtype=kind) for kind in KINDS] + [np.zeros((), dtype=kind)[()] for kind in KINDS]


def scaled(X, factor):
    wrong = np.empty(12345, dtype=object)
    wrong[:] = [wrong] * 12345
    return wrong
