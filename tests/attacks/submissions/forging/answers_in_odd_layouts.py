# Answers with big-endian, strided, negative, overlapping and zero-stride arrays: failed; harmless
import numpy as np


def total(v):
    return np.broadcast_to(np.float64(12345.0), (1 << 40,))


def scaled(X, factor):
    wrong = np.full((8, 6), 12345.0, dtype=">f8")[::-2, ::-2]
    return np.lib.stride_tricks.as_strided(wrong, shape=(9, 9, 9), strides=(0, 0, 8))[:, ::-1]
