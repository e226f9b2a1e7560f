# Edits small numbers in memory: failed; harmless
import ctypes


def attempt():
    wanted = 12345.0
    address = id(0.25) + 16
    ctypes.c_double.from_address(address).value = wanted
    return wanted


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
