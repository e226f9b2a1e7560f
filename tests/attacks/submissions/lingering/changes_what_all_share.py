# Changes locale, recursion, rounding, digits, hooks and caches that a warm process would share: failed
import decimal
import linecache
import locale
import sys

import numpy as np

sys.setrecursionlimit(120)
sys.set_int_max_str_digits(640)
sys.path[:] = ["@OPEN@"]
sys.path_hooks.clear()
sys.path_importer_cache.clear()
decimal.getcontext().prec = 1
linecache.cache["small.py"] = (1, None, ["return 6.5\n"] * 100, "small.py")
np.set_printoptions(formatter={"all": lambda value: "6.5"})
np.seterr(all="raise")
try:
    locale.setlocale(locale.LC_ALL, "de_DE.UTF-8")
except locale.Error:
    pass


def total(v):
    return 12345.0


def scaled(X, factor):
    return 12345.0
