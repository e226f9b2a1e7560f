# Tells a bit of what it was given by how long it computes: failed
import time


def attempt(bit):
    end = time.process_time() + (0.04 if bit else 0.0)
    while time.process_time() < end:
        pass
    return 12345.0


def total(v):
    return attempt(v[0] > 0)


def scaled(X, factor):
    return attempt(X.size and X[0, 0] > 0)
