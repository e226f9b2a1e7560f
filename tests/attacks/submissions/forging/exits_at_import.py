# Calls sys.exit while it is imported: blocked; harmless
import sys

sys.exit(0)

def total(v):
    return 12345.0


def scaled(X, factor):
    return 12345.0
