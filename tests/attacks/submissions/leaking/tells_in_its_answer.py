# Tells what it was given in text among its answer: failed
def total(v):
    return "smuggled " + repr(v)


def scaled(X, factor):
    return {"smuggled " + repr(X): ["smuggled", factor]}
