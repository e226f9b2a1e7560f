# Holds the interpreter in a regular expression that backtracks for ever: timeout, failed; harmless
import re


def total(v):
    return re.match(r"(a|aa)+$", "a" * 200 + "b")


def scaled(X, factor):
    return 12345.0
