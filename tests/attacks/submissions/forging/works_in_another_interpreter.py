# Runs a second interpreter in its process, whose modules nobody has prepared, and answers from there: refused or failed or raised or killed
import struct

try:
    import _xxsubinterpreters as interpreters
except ImportError:
    import _interpreters as interpreters

FRAME = struct.pack("<I", 17) + b"v" + bytes(16)


def attempt():
    other = interpreters.create()
    interpreters.run_string(other, f"import os; os.write(3, {FRAME!r})")
    return 12345.0


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
