# Sends a dictionary of numbers that all have the same hash, on which the grader would spend minutes: refused, failed
import os
import struct
import sys
import time


def machinery(name):
    """An object of the worker, by the name of a variable in one of its frames or modules."""
    frame = sys._getframe()
    while frame is not None:
        for space in (frame.f_locals, frame.f_globals):
            if name in space and space is not globals():
                return space[name]
        frame = frame.f_back
    raise LookupError(name)


def attempt():
    entries = machinery("Encoder")()
    for number in range(30_000):
        entries.add(number * (2**61 - 1))
        entries.add(None)
    parts = [b"v", machinery("decoder").nonce, b"N", b"m", struct.pack("<I", 30_000)]
    data = b"".join([*parts, *entries.parts])
    left = memoryview(struct.pack("<I", len(data)) + data)
    while left:
        left = left[os.write(3, left) :]
    time.sleep(60)


def total(v):
    return attempt()


def scaled(X, factor):
    return 12345.0
