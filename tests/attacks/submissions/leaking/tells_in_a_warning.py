# Tells what it was given in warnings and in the names of their categories: failed
import warnings


def attempt(*values):
    warnings.warn("smuggled " + repr(values))
    warnings.warn("no", type("smuggled" + repr(values), (UserWarning,), {}))
    return 12345.0


def total(v):
    return attempt(v)


def scaled(X, factor):
    return attempt(X, factor)
