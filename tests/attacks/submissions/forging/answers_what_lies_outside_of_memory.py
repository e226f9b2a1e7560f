# Answers with views whose strides lead outside of memory, so that whoever copies them crashes: killed
import numpy as np


def attempt():
    return np.lib.stride_tricks.as_strided(np.zeros(4), shape=(1000,), strides=(1 << 40,))


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
