# Writes an answer from a signal handler and from a tracing function: refused
import os
import struct
import sys


def attempt(*args):
    os.write(3, struct.pack("<I", 9) + b"v" + bytes(8))


def total(v):
    sys.setprofile(attempt)
    len(v)
    sys.setprofile(None)
    return 12345.0


def scaled(X, factor):
    return total(X)
