# Answers the next question before it is asked: refused or failed
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


def forged(value, nonce=None):
    """A frame with an answer to the call that runs."""
    encoder = machinery("Encoder")()
    encoder.begin(machinery("Message").VALUE, nonce or machinery("decoder").nonce)
    encoder.add(None)
    encoder.add(value)
    data = encoder.payload()
    return struct.pack("<I", len(data)) + data
import time


def attempt():
    os.write(3, forged(12345.0))
    os.write(3, forged(6.5, bytes(8)))
    time.sleep(60)


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
