# Calls itself without end: raised; harmless
def attempt():
    return attempt()


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
