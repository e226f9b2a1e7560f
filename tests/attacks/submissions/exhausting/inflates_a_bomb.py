# Inflates a few bytes to gigabytes: raised or killed or timeout or failed
import zlib

packer = zlib.compressobj(9)
block = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)


def total(v):
    return float(len(zlib.decompressobj().decompress(block * 20_000)))


def scaled(X, factor):
    return 12345.0
