# Forges a raised exception that is none, and one with a million bases: refused or timeout or blocked
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


def attempt(record):
    encoder = machinery("Encoder")()
    encoder.begin(machinery("Message").RAISED, machinery("decoder").nonce)
    encoder.add(None)
    encoder.add(record)
    data = encoder.payload()
    os.write(3, struct.pack("<I", len(data)) + data)
    time.sleep(60)


def total(v):
    return attempt([None])


def scaled(X, factor):
    return attempt(("Passed" + "\tobject" * 100_000, "", "\n" * 100_000))
