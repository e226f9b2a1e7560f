# Crashes its process: killed
import ctypes


def attempt():
    ctypes.string_at(0)


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
