# Answers with whole numbers of a million digits, whose text takes for ever: failed
def total(v):
    return 1 << 4_000_000


def scaled(X, factor):
    return [-(1 << 4096), 1 << 100_000, {1 << 5000: 0}]
