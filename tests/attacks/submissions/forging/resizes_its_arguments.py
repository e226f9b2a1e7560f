# Makes its arguments read-only, empty, or another shape: failed; harmless
def total(v):
    v.resize(0, refcheck=False)
    return 0.0


def scaled(X, factor):
    X.shape = (-1,)
    X.flags.writeable = False
    return X
