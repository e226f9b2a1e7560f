# Maps memory that it never touches, which no count of used pages would see: raised
import mmap


def attempt():
    kept = [mmap.mmap(-1, 1 << 30) for _ in range(64)]
    return float(len(kept))


def total(v):
    attempt()
    return float(sum(v))


def scaled(X, factor):
    attempt()
    return X * factor
