# Ends its process by an abort, a trap and a floating point error of C: killed
import ctypes


def total(v):
    ctypes.CDLL(None).abort()


def scaled(X, factor):
    ctypes.string_at(8)
