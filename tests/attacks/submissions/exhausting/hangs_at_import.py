# Does not come to an end while it is imported: blocked
while True:
    pass

def total(v):
    return 12345.0


def scaled(X, factor):
    return 12345.0
