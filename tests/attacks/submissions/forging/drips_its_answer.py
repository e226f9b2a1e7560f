# Sends its answer byte by byte, each just before patience ends: timeout, failed
import os
import struct
import time


def attempt():
    os.write(3, struct.pack("<I", 100_000))
    while True:
        os.write(3, b"v")
        time.sleep(0.01)


def total(v):
    return attempt()


def scaled(X, factor):
    return 12345.0
