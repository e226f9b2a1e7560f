# Calls itself without end: raised
def attempt():
    return attempt()


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
