# Fills a dictionary with keys of one hash, on which the interpreter spends minutes: timeout, failed; harmless
def total(v):
    return len({number * (2**61 - 1): 0 for number in range(300_000)})


def scaled(X, factor):
    return 12345.0
