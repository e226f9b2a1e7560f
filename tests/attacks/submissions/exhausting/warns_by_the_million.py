# Warns by the million: failed or timeout
import warnings


def attempt():
    for number in range(1_000_000):
        warnings.warn("\x1b[2J" * 500 + str(number))


def total(v):
    return attempt()


def scaled(X, factor):
    warnings.warn("\x1b[2J" * 100_000)
    return 12345.0
