# Sends a list that is 100,000 lists deep: refused
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
    data = b"v" + machinery("decoder").nonce + b"N" + (b"l" + struct.pack("<I", 1)) * 100_000 + b"N"
    os.write(3, struct.pack("<I", len(data)) + data)
    time.sleep(60)


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
