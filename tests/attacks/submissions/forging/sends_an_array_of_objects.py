# Sends arrays of a type that no code stands for, and with fewer bytes than they claim: refused
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


def attempt(code, length, content):
    array = struct.pack("<cBBBQ", b"a", code, 0, 1, length) + content
    data = b"v" + machinery("decoder").nonce + b"N" + array
    os.write(3, struct.pack("<I", len(data)) + data)
    time.sleep(60)


def total(v):
    return attempt(200, 1, bytes(8))


def scaled(X, factor):
    return attempt(11, 1 << 61, bytes(8))
