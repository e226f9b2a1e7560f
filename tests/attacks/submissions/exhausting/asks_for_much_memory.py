# Asks for more memory than there is: raised
import numpy as np


def attempt():
    return np.ones(1 << 40).sum()


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
