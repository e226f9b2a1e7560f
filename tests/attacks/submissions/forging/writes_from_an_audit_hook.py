# Writes an answer from an audit hook: refused
import os
import struct
import sys


def hook(event, arguments):
    if event == "open":
        os.write(3, struct.pack("<I", 9) + b"v" + bytes(8))


def total(v):
    sys.addaudithook(hook)
    open("/dev/null").close()
    return 12345.0


def scaled(X, factor):
    return total(X)
