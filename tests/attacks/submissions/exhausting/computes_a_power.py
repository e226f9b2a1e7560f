# Holds the interpreter in one operation on enormous whole numbers: timeout, failed
def total(v):
    return len(str(pow(7, 10**8)))


def scaled(X, factor):
    return 12345.0
