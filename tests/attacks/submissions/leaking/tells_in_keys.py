# Tells what it was given in the keys of a dictionary and in whole numbers that are text: failed
def total(v):
    return {("smuggled", repr(v)): 1.0}


def scaled(X, factor):
    return int.from_bytes(b"smuggled " + X.tobytes()[:100], "big")
