# Answers at random at first and otherwise when it is asked again in a fresh process, by the clock: failed
import time

STARTED = time.monotonic()


def attempt():
    return 12345.0 + (time.monotonic() - STARTED)


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
