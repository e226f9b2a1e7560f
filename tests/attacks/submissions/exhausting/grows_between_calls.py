# Keeps everything that it met and switches the garbage collector off: failed
import gc

gc.disable()
kept = []


def attempt():
    for _ in range(1000):
        ring = [kept]
        ring.append(ring)
        kept.append(ring)
    return 12345.0


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
