# Claims an answer of 60 MiB and sends nothing of it: timeout, failed
import os
import struct
import time


def attempt():
    os.write(3, struct.pack("<I", 60 << 20))
    time.sleep(60)


def total(v):
    return attempt()


def scaled(X, factor):
    return 12345.0
