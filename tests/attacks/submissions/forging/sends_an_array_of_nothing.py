# Sends an array of 0 times 2**62 numbers, and one with more axes than there are: refused
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


def attempt(*shape):
    array = struct.pack(f"<cBBB{len(shape)}Q", b"a", 11, 0, len(shape), *shape)
    data = b"v" + machinery("decoder").nonce + b"N" + array
    os.write(3, struct.pack("<I", len(data)) + data)
    time.sleep(60)


def total(v):
    return attempt(0, 1 << 62)


def scaled(X, factor):
    return attempt(*[1] * 60)
