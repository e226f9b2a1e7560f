# Ends its process while it is imported: blocked; harmless
import os

os._exit(0)

def total(v):
    return 12345.0


def scaled(X, factor):
    return 12345.0
