# Makes the clock by which its worker says how long each call took run backwards, stand still and show nonsense: failed
import itertools
import sys

TIMES = itertools.cycle((float("nan"), -1e308, 1e308, float("inf"), "soon", None, 0.0))


def attempt():
    frame = sys._getframe()
    while frame is not None:
        if "_now" in frame.f_globals:
            frame.f_globals["_now"] = lambda: next(TIMES)
        frame = frame.f_back
    return 12345.0


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
