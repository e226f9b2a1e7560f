# Raises an exception whose text no file can hold: raised; harmless
def attempt():
    raise ValueError("\ud800 \0 \x1b[2J =1+1")


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
