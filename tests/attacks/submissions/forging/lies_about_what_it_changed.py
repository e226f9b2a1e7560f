# Forges what an answer says of changed arguments, warnings and generators: refused
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


def attempt(meta):
    encoder = machinery("Encoder")()
    encoder.begin(machinery("Message").VALUE, machinery("decoder").nonce)
    encoder.add(meta)
    encoder.add(12345.0)
    data = encoder.payload()
    os.write(3, struct.pack("<I", len(data)) + data)
    time.sleep(60)


def total(v):
    return attempt({"changed": 1 << 70, "warnings": [(1, 2, 3)] * 10_000})


def scaled(X, factor):
    return attempt({"generators": [("PCG64", -1)], "score": 5.0, "aliased": "all"})
