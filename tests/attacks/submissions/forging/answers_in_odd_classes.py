# Answers with matrices, masked, record and character arrays, and subclasses with properties: failed
import numpy as np


class Liar(np.ndarray):
    shape = property(lambda self: (4, 3))
    dtype = property(lambda self: np.dtype(float))
    nbytes = property(lambda self: 1 << 60)
    __array_priority__ = 1e9

    def tobytes(self, order="C"):
        return b"\x00" * (1 << 20)

    def __array_finalize__(self, other):
        raise SystemExit(0)


def total(v):
    return np.ndarray.__new__(np.matrix, (5, 5)) * 0 + 12345


def scaled(X, factor):
    if X.size == 0:
        return np.ma.masked_all((4, 3))
    return [np.zeros(7).view(np.recarray), np.char.array(["right"]), np.ma.masked]
