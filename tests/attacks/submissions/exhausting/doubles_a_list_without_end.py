# Answers with a list that holds another twice, which holds another twice, which would never be written to its end: failed or timeout or blocked
def attempt():
    doubled = [12345.0]
    for _ in range(60):
        doubled = [doubled, doubled]
    return doubled


def total(v):
    return attempt()


def scaled(X, factor):
    return 12345.0
