# Starts a pool of processes: raised
import multiprocessing


def attempt():
    with multiprocessing.get_context("fork").Pool(2) as pool:
        return pool.map(abs, [12345.0])[0]


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
