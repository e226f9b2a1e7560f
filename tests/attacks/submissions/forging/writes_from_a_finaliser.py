# Answers with an object whose finaliser writes another answer into the channel: refused or failed or killed
import os
import struct
import time


class Late:
    def __del__(self):
        os.write(3, struct.pack("<I", 9) + b"v" + bytes(8))


def total(v):
    return Late()


def scaled(X, factor):
    Late()
    return 12345.0
