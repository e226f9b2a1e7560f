# Handles the signal of its own crash and meets it again at once, for ever: timeout, failed
import ctypes
import signal


def attempt():
    signal.signal(signal.SIGSEGV, lambda *_: None)
    ctypes.string_at(0)


def total(v):
    return attempt()


def scaled(X, factor):
    return 12345.0
