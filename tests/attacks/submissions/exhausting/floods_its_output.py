# Prints without measure: failed
import os


def attempt():
    for _ in range(200):
        os.write(1, b"x" * 4096)
    print("x" * 200_000)
    return 12345.0


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
