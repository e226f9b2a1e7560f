# Claims that an answer of 4 GiB will follow: refused
import os
import time


def attempt():
    os.write(3, b"\xff\xff\xff\xff")
    time.sleep(60)


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
