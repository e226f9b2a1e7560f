# Tells what it was given in the names of the fields of an array's type: failed
import numpy as np


def total(v):
    return np.zeros(2, dtype=[("smuggled " + repr(v), "f8"), (("smuggled title", "smuggled"), "f8")])


def scaled(X, factor):
    return np.zeros(2, dtype=np.dtype("f8", metadata={"smuggled": repr(X)}))
