# Lifts the limit on digits and reads a number of millions of them: timeout, failed
import sys


def total(v):
    sys.set_int_max_str_digits(0)
    return int("9" * 5_000_000)


def scaled(X, factor):
    return 12345.0
