# Compiles source that is nested a hundred thousand times: blocked; harmless
exec("x = " + "-" * 100_000 + "1")
exec("x = " + "(" * 100_000 + ")" * 100_000)


def total(v):
    return float(sum(v))


def scaled(X, factor):
    return X * factor
