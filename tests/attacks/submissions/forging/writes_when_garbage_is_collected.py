# Writes an answer from the garbage collector's call-backs: refused
import gc
import os
import struct


def attempt(*args):
    os.write(3, struct.pack("<I", 9) + b"v" + bytes(8))


def total(v):
    gc.callbacks.append(attempt)
    gc.collect()
    return 12345.0


def scaled(X, factor):
    return total(X)
