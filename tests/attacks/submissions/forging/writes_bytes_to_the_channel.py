# Writes bytes that are no frame to the grader's channel: refused
import os


def attempt():
    os.write(3, b"\xff" * 1000)
    return 12345.0


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
