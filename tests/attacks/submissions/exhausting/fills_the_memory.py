# Fills the memory: raised or killed or timeout or failed
def attempt():
    kept = []
    while True:
        kept.append(bytearray(64 << 20))


def total(v):
    return attempt()


def scaled(X, factor):
    return 12345.0
